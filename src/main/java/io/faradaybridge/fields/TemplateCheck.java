package io.faradaybridge.fields;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a Jinja2 template of Summary or Description can be rendered; the one place where that is decided. */
public interface TemplateCheck {

    /** Whatever is wrong is told when it is rendered. */
    TemplateCheck NONE = (system, template) -> Optional.empty();

    /**
     * What is wrong with a template.
     *
     * @param line counted from 1; null: the template as a whole
     */
    record Problem(@Nullable Integer line, String message) {

        @Override
        public String toString() {
            return line == null ? message : "line " + line + ": " + message;
        }
    }

    /**
     * @param system {@code summary} or {@code description}
     * @return empty: it can be rendered
     */
    Optional<Problem> problem(String system, String template);

    /** What is probably not meant in a template that can be rendered, in words. */
    default List<String> warnings(String system, String template) {
        return List.of();
    }
}
