package io.faradaybridge.template;

import static org.assertj.core.api.Assertions.assertThat;

import freemarker.template.Template;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a scanner found, and wherever a template prints it: none of it counts as Jira's markup. */
class HarmlessMarkupTest {

    private static final int TEXTS = Integer.getInteger("markup.texts", 5_000);

    private static final String[] OF_TEMPLATES = {
        raw("{noformat}"),
        raw("{noformat}"),
        raw("{code}"),
        raw("{code}"),
        raw("{code:java|title="),
        raw("{code:java}"),
        raw("{NoFormat}"),
        raw("{quote}"),
        raw("{panel:title=a}"),
        raw("{panel}"),
        raw("\\{noformat\\}"),
        raw("{"),
        raw("}"),
        raw("}}"),
        raw("\\"),
        raw("\n"),
        raw("h3. Data "),
        "{{ x }}",
        "{{ x }}",
        "{{ x }}",
        "{{ y }}",
        "{{ '' }}",
        "{{ x|trim }}",
        "{{ x|string }}",
        "{{ x|e }}",
        "{{ x|upper|lower }}",
        "{{ x|replace('a', '{') }}",
        "{{ x|center(9) }}",
        "{{ x|indent }}",
        "{{ x|wordwrap(5) }}",
        "{{ x|reverse }}",
        "{{ x|urlize }}",
        "{{ x|tojson }}",
        "{{ x|pprint }}",
        "{{ x|truncate(9) }}",
        "{{ x ~ y }}",
        "{{ [x, y]|join('') }}",
        "{{ [x, y] }}",
        "{{ '%s'|format(x) }}",
        "{% set z %}{{ x }}{% endset %}{{ z }}",
        "{% filter trim %}{{ x }}{% endfilter %}",
        "{{ m(x) }}",
        "{% call m(y) %}{{ x }}{% endcall %}",
        "{% for v in [x, y] %}{{ v }}{% endfor %}",
    };

    private static final String MACRO =
            "{% macro m(v) %}{% raw %}\\{% endraw %}{{ v }}{{ caller() if caller }}{% endmacro %}";

    private final JinjaTexts texts = new JinjaTexts(new TemplateSettings(Duration.ofSeconds(1)));

    private static String raw(String text) {
        return "{% raw %}" + text + "{% endraw %}";
    }

    @Test
    @Tag("rounds")
    void nothing_counts_in_a_block_of_a_jinja2_template_and_it_reads_as_it_was() {
        ScannerTexts scanner = new ScannerTexts(1);
        for (int i = 0; i < TEXTS; i++) {
            String text = scanner.next();
            String name = i % 2 == 0 ? "noformat" : "code";
            String template = "{" + name + "}{{ x }}{" + name + "}{{ x }}";

            String rendered = texts.render(template, Map.of("x", text), false);

            JiraMarkup markup = JiraMarkup.of(rendered);
            assertThat(markup.effects()).as("%s%n%s", text, rendered).isEmpty();
            assertThat(markup.blocks()).as(text).hasSize(1);
            assertThat(bare(markup.blocks().get(0))).isEqualTo(bare(WikiText.plain(text)));
        }
    }

    private static String bare(String text) {
        return text.replace(" ", "");
    }

    @Test
    @Tag("rounds")
    void nothing_counts_wherever_a_jinja2_template_prints_it() {
        ScannerTexts scanner = new ScannerTexts(2);
        for (int i = 0; i < TEXTS; i++) {
            StringBuilder template = new StringBuilder(MACRO);
            for (int parts = 1 + scanner.number(9); parts > 0; parts--) {
                template.append(scanner.one(OF_TEMPLATES));
            }
            Map<String, String> data = Map.of("x", scanner.next(), "y", scanner.next());

            String rendered = texts.render(template.toString(), data, false);

            assertThat(JiraMarkup.of(rendered).effects())
                    .as("%s%n%s%n%s", template, data, rendered)
                    .isEmpty();
        }
    }

    @Test
    @Tag("rounds")
    void nothing_counts_in_the_shipped_description() throws Exception {
        Template description = FreemarkerSettings.sandbox(Path.of("nowhere"), Duration.ofSeconds(5), 200_000)
                .getTemplate("description.ftl");
        ScannerTexts scanner = new ScannerTexts(3);
        for (int i = 0; i < TEXTS; i++) {
            Map<String, Object> vulnerability = vulnerability(scanner);
            StringWriter written = new StringWriter();

            description.process(Map.of("vuln", vulnerability), written);

            JiraMarkup markup = JiraMarkup.of(written.toString().replace("* [https://", "* https://"));
            assertThat(markup.effects()).as("%s%n%s", vulnerability, written).isEmpty();
        }
    }

    private static Map<String, Object> vulnerability(ScannerTexts scanner) {
        Map<String, Object> vulnerability = new HashMap<>(Map.of(
                "id",
                1,
                "severity_name",
                "high",
                "confirmed",
                true,
                "workspace_name",
                scanner.next(),
                "faraday_url",
                ""));
        for (String name : List.of("target", "website", "path", "method", "pname", "description", "resolution")) {
            vulnerability.put(name, scanner.next());
        }
        for (String name : List.of("data", "request", "response")) {
            vulnerability.put(name, scanner.next());
        }
        for (String name : List.of("hostnames", "cve", "cwe", "tags")) {
            vulnerability.put(name, List.of(scanner.next(), scanner.next()));
        }
        vulnerability.put("service", Map.of("summary", scanner.next()));
        vulnerability.put("refs", List.of(Map.of("name", scanner.next())));
        return vulnerability;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x {\\noformat} [~admin]",
                "x {no\\format} [~admin]",
                "x {no\nformat} [~admin]",
                "x {no\r\nformat} [~admin]",
                "x {\\code} {\\noformat} [click|http://evil.example]",
                "C:\\dir\\",
                "C:\\dir\\\\\\",
                "} [~admin]",
                "}} {noformat} !http://evil.example/a.png!",
                "\\{noformat\\} [~admin]",
                "{",
                "{noformat:title=x} [~admin]",
            })
    void no_known_way_out_of_a_block_is_open(String text) {
        String block = WikiText.block(text) + "[page]";

        for (String rendered : List.of(
                block,
                texts.render("{noformat}{{ x }}{noformat}[page]", Map.of("x", text), false),
                texts.render("{code:java}{{ x }}{code}[page]", Map.of("x", text), false),
                texts.render("{panel}{noformat}{{ x }}{noformat}{panel}[page]", Map.of("x", text), false))) {
            assertThat(JiraMarkup.of(rendered).effects()).as(rendered).containsExactly("[page]");
        }
    }

    @Test
    void in_a_block_only_blanks_are_added() {
        assertThat(texts.render("{noformat}{{ x }}{noformat}", Map.of("x", "}{a} C:\\\\ {\\noformat} \\"), false))
                .isEqualTo("{noformat} }{ a} C:\\\\ { \\noformat} \\ {noformat}");
    }

    @Test
    void a_block_that_the_template_does_not_end_is_ended() {
        assertThat(texts.render("{code:sql}{{ x }}", Map.of("x", "[~admin]"), false))
                .isEqualTo("{code:sql}[~admin]\n{code}");
        assertThat(texts.render("{quote}{noformat}{{ x }}{quote}", Map.of("x", "[~admin]"), false))
                .isEqualTo("{quote}{noformat}[~admin]{noformat}{quote}");
        assertThat(texts.render("{NoFormat}{{ x }}{noformat}", Map.of("x", "[~admin]"), false))
                .isEqualTo("{NoFormat}[~admin]{noformat}\n{NoFormat}");
    }

    @Test
    void brackets_of_the_template_around_a_value_make_no_end_tag_of_it() {
        assertThat(texts.render("{code}{% raw %}{{% endraw %}{{ x }}}{code}", Map.of("x", "code} [~admin]"), false))
                .isEqualTo("{code}{ code} [~admin]}{code}");
        assertThat(texts.render("{code}{% raw %}{{% endraw %} \"a\": \"{{ x }}\"}{code}", Map.of("x", "b"), false))
                .isEqualTo("{code}{ \"a\": \"b\"}{code}");
    }

    @Test
    void a_backslash_of_the_template_does_not_undo_an_escape() {
        assertThat(texts.render("C:\\{{ x }} {% set y %}{{ x }}{% endset %}\\{{ y }}", Map.of("x", "{evil}"), false))
                .isEqualTo("C:\\ \\{evil\\} \\ \\{evil\\}");
    }

    @Test
    void only_letters_and_digits_make_a_markup_character_harmless() {
        assertThat(WikiText.escape("ⅷ*bold*ⅷ ½_it_½ 3*4 a_b_c")).isEqualTo("ⅷ\\*bold\\*ⅷ ½\\_it\\_½ 3*4 a_b_c");
    }
}
