package io.faradaybridge.template;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.faradaybridge.jinja2.Environment;
import io.faradaybridge.jinja2.JinjaTemplate;
import io.faradaybridge.jinja2.Limits;
import io.faradaybridge.jinja2.TemplateException;
import io.faradaybridge.jinja2.TemplateSyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The templates that people type into a project's Summary and Description: Jinja2, as in Faraday. */
@Component
public class JinjaTexts {

    static final long KEPT_BYTES = 4L << 20;

    /** Of the tree of a parsed template, for each part of its source; measured, and rounded up. */
    private static final int BYTES_A_PART = 250;

    private static final int BYTES_A_TEMPLATE = 1_000;

    /** Two thousand values to print; a parsed template takes 2.5 MB then. */
    private static final int PARTS = 10_000;

    private static final Environment RAW = Environment.DEFAULT.withLimits(Limits.DEFAULT.withParts(PARTS));
    private static final Environment HARMLESS = RAW.withEscaping(WikiPlace::new);

    private record Known(String source, boolean rawMarkup) {}

    /** Parsed ones, as many as have room. */
    private final Cache<Known, JinjaTemplate> parsed = Caffeine.newBuilder()
            .maximumWeight(KEPT_BYTES)
            .weigher((Known known, JinjaTemplate template) -> weight(known, template))
            .executor(Runnable::run)
            .build();

    private static int weight(Known known, JinjaTemplate template) {
        // The tree holds the text between the tags once more.
        return BYTES_A_TEMPLATE + 4 * known.source().length() + BYTES_A_PART * template.parts();
    }

    /**
     * @param model only maps, lists, texts, numbers and booleans
     * @param rawMarkup false: what is printed is made harmless for Jira's wiki markup, and shown as it is inside a block
     *     of the template's own; the template's own text stays markup
     * @throws TemplateException where the template is none, fails on these data, or would take too much
     */
    public String render(String source, Map<String, ? extends @Nullable Object> model, boolean rawMarkup) {
        Known known = new Known(source, rawMarkup);
        JinjaTemplate template = parsed.getIfPresent(known);
        if (template == null) {
            template = parse(source, rawMarkup); // twice by two threads rather than in a lock that others wait for
            parsed.put(known, template);
        }
        return render(template, model, rawMarkup);
    }

    /** As {@link #render}, for a template that somebody is trying and that may never be seen again: nothing is kept. */
    public String tryOut(String source, Map<String, ? extends @Nullable Object> model, boolean rawMarkup) {
        JinjaTemplate known = parsed.getIfPresent(new Known(source, rawMarkup));
        return render(known == null ? parse(source, rawMarkup) : known, model, rawMarkup);
    }

    private static JinjaTemplate parse(String source, boolean rawMarkup) {
        return JinjaTemplate.parse(source, rawMarkup ? RAW : HARMLESS);
    }

    private static String render(
            JinjaTemplate template, Map<String, ? extends @Nullable Object> model, boolean rawMarkup) {
        String text = template.render(model);
        return rawMarkup ? text : WikiBlocks.closed(text);
    }

    /** What is wrong with a text that somebody wants to save as a template: where, and what; empty: nothing. */
    public Optional<TemplateSyntaxException> problem(String source) {
        try {
            parse(source, true);
            return Optional.empty();
        } catch (TemplateSyntaxException wrong) {
            return Optional.of(wrong);
        }
    }

    /**
     * The names that a template expects of its data.
     *
     * @throws TemplateSyntaxException where it is none
     */
    public Set<String> names(String source) {
        return parse(source, true).names();
    }

    /** The weight of what is kept, at most {@link #KEPT_BYTES}. */
    long keptBytes() {
        return parsed.policy()
                .eviction()
                .map(kept -> kept.weightedSize().orElse(0))
                .orElse(0L);
    }
}
