package io.faradaybridge.template;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What it costs to render Summary and Description of a vulnerability with 10,000 characters, warm, the way an export
 * does it. Ends with an error where the two take a millisecond or more, or create more than five times what they give.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RenderingBenchmark {

    private static final int TIMES_THE_OUTPUT = 5;

    private static final String SUMMARY =
            "[{{ vuln.severity_name|capitalize }}] {{ vuln.name }}{% if vuln.target %} ({{ vuln.target }}{% if vuln.service %}:{{ vuln.service.ports|join(',') }}{% endif %}){% endif %}";

    private static final String DESCRIPTION = """
            ||Severity|{{ vuln.severity_name|capitalize }}{% if vuln.confirmed %} (confirmed){% endif %}|
            {%- for name, cvss in [('CVSS 4', cvss4), ('CVSS 3', cvss3), ('CVSS 2', cvss2)] if cvss.vector_string %}
            ||{{ name }}|{{ cvss.base_score }} {{ cvss.vector_string }}|
            {%- endfor %}
            ||Host|{{ target }}{% if hostnames %} ({{ hostnames|join(', ') }}){% endif %}|
            {%- if service %}
            ||Service|{{ service.summary }}|
            {%- endif %}
            {%- for label, values in [('CVE', cve), ('CWE', cwe), ('Tags', tags)] if values %}
            ||{{ label }}|{{ values|join(', ') }}|
            {%- endfor %}
            ||Found|{{ date|datetimeformat('%d %B %Y') }}|
            ||Faraday|[vulnerability {{ id }}|{{ faraday_url }}]|

            h3. Description
            {{ description }}

            h3. Resolution
            {{ resolution|default('none yet', true) }}

            h3. Data
            {noformat}
            {{ data }}
            {noformat}

            h3. Request
            {noformat}
            {{ request }}
            {noformat}

            h3. References
            {% for ref in refs %}
            * [{{ ref.name }}]
            {%- endfor %}
            {% for key, value in custom_fields.items() %}
            * {{ key|title }}: {{ value }}
            {%- endfor %}
            """;

    private final JinjaTexts texts = new JinjaTexts(new TemplateSettings(Duration.ofSeconds(1)));
    private final Map<String, Object> model = model();

    @Param({"false", "true"})
    private boolean rawMarkup;

    @Benchmark
    public int summaryAndDescription() {
        return summary().length() + description().length();
    }

    private String summary() {
        return texts.render(SUMMARY, model, rawMarkup);
    }

    private String description() {
        return texts.render(DESCRIPTION, model, rawMarkup);
    }

    private static Map<String, Object> model() {
        Map<String, Object> vulnerability = new LinkedHashMap<>();
        vulnerability.put("id", 42);
        vulnerability.put("name", "SQL injection in the search of the shop (time-based)");
        vulnerability.put("severity_name", "critical");
        vulnerability.put("confirmed", true);
        vulnerability.put("target", "198.51.100.10");
        vulnerability.put("hostnames", List.of("shop.example.com", "www.example.com"));
        vulnerability.put(
                "service",
                Map.of("ports", List.of(443), "protocol", "tcp", "name", "https", "summary", "(443/tcp) https"));
        vulnerability.put("cve", List.of("CVE-2021-44228", "CVE-2021-45046"));
        vulnerability.put("cwe", List.of("CWE-89"));
        vulnerability.put("tags", List.of("web", "urgent"));
        vulnerability.put("cvss2", Map.of());
        vulnerability.put(
                "cvss3", Map.of("vector_string", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", "base_score", 9.8));
        vulnerability.put("cvss4", Map.of());
        vulnerability.put("date", "2026-11-22T14:39:00.000000+00:00");
        vulnerability.put("faraday_url", "https://faraday.example.com/#/vulns/42");
        vulnerability.put(
                "description",
                of(
                        4_500,
                        "The parameter 'q' of /search is put into a statement as it is, so user_id [1] can be read.\n"
                                + "- Steps: open {base}/search?q=1 & wait; it \"sleeps\" (10 s).\n"));
        vulnerability.put(
                "resolution", of(1_500, "Use prepared statements everywhere - see the guide of *your* framework.\n"));
        vulnerability.put(
                "data",
                of(2_000, "sqlmap: parameter 'q' appears to be 'MySQL >= 5.0.12 AND time-based blind' injectable\n"));
        vulnerability.put(
                "request", of(1_500, "GET /search?q=x%27%20AND%20SLEEP(10) HTTP/1.1\r\nHost: shop.example.com\r\n"));
        vulnerability.put(
                "refs",
                List.of(
                        Map.of("name", "https://nvd.nist.gov/vuln/detail/CVE-2021-44228", "type", "other"),
                        Map.of("name", "https://owasp.org/www-community/attacks/SQL_Injection", "type", "other"),
                        Map.of("name", "EDB-50592", "type", "exploit")));
        vulnerability.put("custom_fields", Map.of("team", "blue", "points", 5));
        Map<String, Object> model = new LinkedHashMap<>(vulnerability);
        model.put("vuln", vulnerability);
        model.put("vulnerability", vulnerability);
        return model;
    }

    private static String of(int characters, String text) {
        return text.repeat(characters / text.length() + 1).substring(0, characters);
    }

    public static void main(String[] arguments) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(RenderingBenchmark.class.getName())
                        .forks(1)
                        .warmupIterations(5)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(7)
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        boolean held = true;
        for (RunResult result : results) {
            boolean raw = Boolean.parseBoolean(result.getParams().getParam("rawMarkup"));
            double micros = result.getPrimaryResult().getStatistics().getPercentile(50);
            double bytes = result.getSecondaryResults()
                    .get("gc.alloc.rate.norm")
                    .getStatistics()
                    .getPercentile(50);
            int output = outputBytes(raw);
            held &= micros < 1_000 && bytes <= (double) TIMES_THE_OUTPUT * output;
            System.out.printf(
                    Locale.ROOT,
                    "%s: %.0f µs, %.0f bytes created for %d of output: %.1f times%n",
                    raw ? "as it is" : "made harmless",
                    micros,
                    bytes,
                    output,
                    bytes / output);
        }
        if (!held) {
            throw new IllegalStateException("1 ms and " + TIMES_THE_OUTPUT + " times the output were exceeded");
        }
    }

    /** As the JVM keeps them: one byte a character, for a text of Latin letters. */
    private static int outputBytes(boolean raw) {
        RenderingBenchmark once = new RenderingBenchmark();
        once.rawMarkup = raw;
        return (once.summary() + once.description()).getBytes(StandardCharsets.ISO_8859_1).length;
    }
}
