package io.faradaybridge.template;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.faradaybridge.jinja2.Environment;
import io.faradaybridge.jinja2.JinjaTemplate;
import io.faradaybridge.jinja2.api.Limits;
import io.faradaybridge.jinja2.api.TemplateException;
import io.faradaybridge.jinja2.api.TemplateSyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The Jinja2 templates of a project's fields: Python's Jinja2, as in Faraday, and {@link DateFilters}. */
@Component
public class JinjaTexts {

    static final long KEPT_BYTES = 4L << 20;

    /** The size of a parsed template for each part of its source; measured and rounded up. */
    private static final int BYTES_A_PART = 250;

    private static final int BYTES_A_TEMPLATE = 1_000;

    /** Enough to print two thousand values; such a template takes 2.5 MB when parsed. */
    private static final int PARTS = 10_000;

    private static final Environment RAW = Environment.DEFAULT
            .withLimits(Limits.DEFAULT.withParts(PARTS))
            .withFilter("plusdays", DateFilters::plusDays);
    private static final Environment HARMLESS = RAW.withEscaping(WikiPlace::new);

    private record Key(String source, boolean rawMarkup) {}

    /** Parsed templates, up to {@link #KEPT_BYTES}. */
    private final Cache<Key, JinjaTemplate> parsed = Caffeine.newBuilder()
            .maximumWeight(KEPT_BYTES)
            .weigher((Key key, JinjaTemplate template) -> weight(key, template))
            .executor(Runnable::run)
            .build();

    private final Environment raw;
    private final Environment harmless;

    public JinjaTexts(TemplateSettings settings) {
        Limits limits = RAW.limits().withTime(settings.renderingTime());
        raw = RAW.withLimits(limits);
        harmless = HARMLESS.withLimits(limits);
    }

    private static int weight(Key key, JinjaTemplate template) {
        // the parsed template holds a second copy of the text between the tags
        return BYTES_A_TEMPLATE + 4 * key.source().length() + BYTES_A_PART * template.parts();
    }

    /**
     * @param model only maps, lists, texts, numbers and booleans
     * @param rawMarkup if false, printed values are made harmless for Jira's wiki markup, and shown unchanged inside a
     *     block that the template opens; the template's own text stays markup
     * @throws TemplateException if the source is no template, or rendering fails or exceeds a limit
     */
    public String render(String source, Map<String, ? extends @Nullable Object> model, boolean rawMarkup) {
        Key key = new Key(source, rawMarkup);
        JinjaTemplate template = parsed.getIfPresent(key);
        if (template == null) {
            template =
                    parse(source, rawMarkup); // without a lock: two threads may parse the same template, but none waits
            parsed.put(key, template);
        }
        return render(template, model, rawMarkup);
    }

    /** Like {@link #render}, but does not keep the parsed template. For a template that is only being tried. */
    public String tryOut(String source, Map<String, ? extends @Nullable Object> model, boolean rawMarkup) {
        JinjaTemplate known = parsed.getIfPresent(new Key(source, rawMarkup));
        return render(known == null ? parse(source, rawMarkup) : known, model, rawMarkup);
    }

    private JinjaTemplate parse(String source, boolean rawMarkup) {
        return JinjaTemplate.parse(source, rawMarkup ? raw : harmless);
    }

    private static String render(
            JinjaTemplate template, Map<String, ? extends @Nullable Object> model, boolean rawMarkup) {
        String text = template.render(model);
        return rawMarkup ? text : WikiBlocks.closed(text);
    }

    /** The first syntax error of a text that is to be saved as a template; empty if it has none. */
    public Optional<TemplateSyntaxException> problem(String source) {
        try {
            parse(source, true);
            return Optional.empty();
        } catch (TemplateSyntaxException wrong) {
            return Optional.of(wrong);
        }
    }

    /**
     * The names that a template reads from its data.
     *
     * @throws TemplateSyntaxException if the source is no template
     */
    public Set<String> names(String source) {
        return parse(source, true).names();
    }

    /** The names of all filters. */
    public static Set<String> filters() {
        return RAW.filters();
    }

    /** The weight of all kept templates, at most {@link #KEPT_BYTES}. */
    long keptBytes() {
        return parsed.policy()
                .eviction()
                .map(kept -> kept.weightedSize().orElse(0))
                .orElse(0L);
    }
}
