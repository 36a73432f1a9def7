package io.faradaybridge.template;

import io.faradaybridge.template.jinja.Environment;
import io.faradaybridge.template.jinja.JinjaTemplate;
import io.faradaybridge.template.jinja.TemplateException;
import io.faradaybridge.template.jinja.TemplateSyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The templates that people type into a project's Summary and Description: Jinja2, as in Faraday. */
@Component
public class JinjaTexts {

    private static final int KEPT = 200;
    private static final Environment RAW = Environment.DEFAULT;
    private static final Environment HARMLESS = RAW.withEscaping(WikiPlace::new);

    private record Known(String source, boolean rawMarkup) {}

    /** Parsed ones; the one that was not used for longest goes first. */
    private final Map<Known, JinjaTemplate> parsed = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Known, JinjaTemplate> eldest) {
            return size() > KEPT;
        }
    });

    /**
     * @param model only maps, lists, texts, numbers and booleans
     * @param rawMarkup false: what is printed is made harmless for Jira's wiki markup, and shown as it is inside a block
     *     of the template's own; the template's own text stays markup
     * @throws TemplateException where the template is none, fails on these data, or would take too much
     */
    public String render(String source, Map<String, ? extends @Nullable Object> model, boolean rawMarkup) {
        String text = parsed.computeIfAbsent(
                        new Known(source, rawMarkup), known -> JinjaTemplate.parse(source, rawMarkup ? RAW : HARMLESS))
                .render(model);
        return rawMarkup ? text : WikiBlocks.closed(text);
    }

    /** What is wrong with a text that somebody wants to save as a template: where, and what; empty: nothing. */
    public Optional<TemplateSyntaxException> problem(String source) {
        try {
            JinjaTemplate.parse(source);
            return Optional.empty();
        } catch (TemplateSyntaxException wrong) {
            return Optional.of(wrong);
        }
    }
}
