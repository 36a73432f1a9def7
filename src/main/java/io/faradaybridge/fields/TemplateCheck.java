package io.faradaybridge.fields;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks whether a Jinja2 template of a field can be rendered, and tries it. */
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
     * What a template gives for an example of a vulnerability.
     *
     * @param text empty if it could not be rendered
     * @param failure why it could not be rendered; otherwise empty
     * @param certain whether every vulnerability of that severity gives the same, except for its dates
     */
    record Example(String severity, String text, String failure, boolean certain) {}

    /**
     * @param system the name of a system field, such as {@code summary}; empty for others
     * @return empty if it can be rendered
     */
    Optional<Problem> problem(String system, String template);

    /** Probable mistakes in a template that can be rendered. */
    default List<String> warnings(String system, String template) {
        return List.of();
    }

    /** One for each severity; none if there are no examples now. */
    default List<Example> examples(String template) {
        return List.of();
    }
}
