package io.faradaybridge.jinja2;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a vulnerability with a description of 10,000 characters costs. */
class RenderingCostTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 2_000;

    private static final String SUMMARY =
            "[{{ vuln.severity|upper }}] {{ vuln.name }}{% if vuln.target %} on {{ vuln.target }}{% endif %}";

    private static final String DESCRIPTION = """
            h3. {{ vuln.name }}

            ||Field||Value||
            {% for f in ['severity', 'status', 'target', 'path', 'method'] %}
            |{{ f|capitalize }}|{{ vuln[f] or '---' }}|
            {% endfor %}

            {{ vuln.desc }}

            {% if vuln.resolution %}*Resolution*
            {{ vuln.resolution }}
            {% endif %}
            {% for ref in vuln.refs %}
            * {{ ref.name }}
            {% endfor %}
            {% for k, v in vuln.impact.items() if v %}{{ k|capitalize }}{{ ', ' if not loop.last }}{% endfor %}
            {{ vuln.date|datetimeformat('%d %B %Y') }}
            """;

    /** The output counts two bytes a character, as Java may store it. */
    @Test
    void allocates_at_most_five_times_the_output() {
        Map<String, Object> data = data();
        JinjaTemplate summary = JinjaTemplate.parse(SUMMARY);
        JinjaTemplate description = JinjaTemplate.parse(DESCRIPTION);
        long output =
                2L * (summary.render(data).length() + description.render(data).length());
        render(summary, description, data);

        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        render(summary, description, data);
        long each = (THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before) / ROUNDS;

        assertThat(output).isGreaterThan(20_000);
        assertThat(each).isLessThanOrEqualTo(5 * output);
    }

    private static void render(JinjaTemplate summary, JinjaTemplate description, Map<String, Object> data) {
        int characters = 0;
        for (int i = 0; i < ROUNDS; i++) {
            characters +=
                    summary.render(data).length() + description.render(data).length();
        }
        assertThat(characters).isPositive();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> data() {
        Map<String, Object> data = Corpus.cases().stream()
                .filter(each -> each.name().startsWith("faraday"))
                .findFirst()
                .orElseThrow()
                .data();
        Map<String, Object> vuln = new LinkedHashMap<>((Map<String, Object>) data.get("vuln"));
        vuln.put("desc", "The parameter id is injectable, so anybody can read it.\n".repeat(180));
        data.put("vuln", vuln);
        return data;
    }
}
