package io.faradaybridge.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.jinja2.JinjaTemplate;
import io.faradaybridge.jinja2.api.TemplateSyntaxException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates are kept parsed, within a few megabytes whoever sends them. */
class ParsedTemplatesTest {

    private static final int LONGEST = 98_000;
    private static final long MEGABYTE = 1 << 20;

    private final JinjaTexts texts = new JinjaTexts(new TemplateSettings(Duration.ofSeconds(1)));

    /** As many parts as a template may have, and text up to the longest. */
    private static String large(String part, int number) {
        String begin = "{% if false %}" + number + part.repeat(1 + 9_900 / parts(part)) + "{% endif %}";
        return begin + "x".repeat(Math.max(0, LONGEST - begin.length()));
    }

    private static int parts(String part) {
        return JinjaTemplate.parse(part).parts() - 1;
    }

    @Test
    void what_somebody_tries_is_not_kept() {
        long before = settledHeap();
        for (int i = 0; i < 35; i++) {
            assertThat(texts.tryOut(large("{{ a.b|upper }}", i), Map.of(), i % 2 == 0))
                    .startsWith("x");
        }

        assertThat(texts.keptBytes()).isZero();
        await().untilAsserted(() -> assertThat(settledHeap() - before).isLessThan(4 * MEGABYTE));
    }

    @Test
    void what_projects_use_is_kept_within_its_weight() {
        long before = settledHeap();
        for (int i = 0; i < 35; i++) {
            texts.render(large("{{ a.b|upper }}", i), Map.of(), i % 2 == 0);
        }

        assertThat(texts.keptBytes()).isBetween(MEGABYTE, JinjaTexts.KEPT_BYTES);
        await().untilAsserted(() -> assertThat(settledHeap() - before).isLessThan(JinjaTexts.KEPT_BYTES + MEGABYTE));
    }

    @Test
    void ordinary_templates_stay_known() {
        texts.render("{{ vuln }}", Map.of("vuln", 1), false);
        long one = texts.keptBytes();
        IntStream.range(0, 500).forEach(i -> texts.render(i + "{{ a }}\n{{ b }}", Map.of(), false));

        assertThat(texts.keptBytes()).isGreaterThan(500 * one);
    }

    @ParameterizedTest
    @Tag("long")
    @ValueSource(
            strings = {
                "{{ [a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a] }}",
                "{{ a.b|upper }}",
                "{% with %}{% endwith %}",
                "{% for a in b %}{% endfor %}",
                "{% macro m(a, b=1) %}{{ a }}{% endmacro %}",
                "{% set a = b %}",
                "{{ 'a' ~ 1.5 ~ a[1:2] }}",
                "{% if a %}{% set b = 1 %}{% else %}{% set b = 2 %}{% endif %}",
                "{% call m() %}{% endcall %}",
            })
    void its_weight_is_what_a_template_takes(String part) {
        String source = large(part, 1);
        List<JinjaTemplate> kept = new ArrayList<>(List.of(JinjaTemplate.parse(source)));
        long before = settledHeap();
        for (int i = 0; i < 5; i++) {
            kept.add(JinjaTemplate.parse(source));
        }

        long each = (settledHeap() - before) / 5;

        assertThat(kept).hasSize(6);
        assertThat(each)
                .isLessThan(1_000 + 4L * source.length() + 250L * kept.get(0).parts());
    }

    @Test
    void a_template_of_too_many_parts_is_refused_with_its_line() {
        String source = "one\n{% if false %}{{ [" + "a,".repeat(49_000) + "] }}{% endif %}";

        assertThat(texts.problem(source)).hasValueSatisfying(problem -> assertThat(problem)
                .hasMessageContaining("line 2")
                .hasMessageContaining("more than 10000 parts"));
        assertThatThrownBy(() -> texts.tryOut(source, Map.of(), false)).isInstanceOf(TemplateSyntaxException.class);
    }

    private static long settledHeap() {
        long[] least = {Long.MAX_VALUE};
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).until(() -> {
            ManagementFactory.getMemoryMXBean().gc();
            long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            boolean settled = now > least[0] - 10_000;
            least[0] = Math.min(least[0], now);
            return settled;
        });
        return least[0];
    }
}
