package io.faradaybridge.fields;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks whether a Jinja2 template of Summary or Description can be rendered. */
public interface TemplateCheck {

    /** Checks nothing: problems are reported when the template is rendered. */
    TemplateCheck NONE = (system, template) -> Optional.empty();

    /**
     * What is wrong with a template.
     *
     * @param line counted from 1; null for the template as a whole
     */
    record Problem(@Nullable Integer line, String message) {

        @Override
        public String toString() {
            return line == null ? message : "line " + line + ": " + message;
        }
    }

    /**
     * @param system {@code summary} or {@code description}
     * @return empty if it can be rendered
     */
    Optional<Problem> problem(String system, String template);

    /** Probable mistakes in a template that can be rendered. */
    default List<String> warnings(String system, String template) {
        return List.of();
    }
}
