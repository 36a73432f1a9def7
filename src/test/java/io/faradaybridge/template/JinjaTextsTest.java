package io.faradaybridge.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.faradaybridge.jinja2.api.TemplateLimitException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type as a description, with what scanners found in it. */
class JinjaTextsTest {

    private static final String PAYLOAD = "[~admin] !http://x/a.png! {color:red}";
    private static final String IN_BLOCK = "[~admin] !http://x/a.png! { color:red}";
    private static final String HARMLESS = "\\[\\~admin\\] \\!http://x/a.png\\! \\{color:red\\}";

    private final JinjaTexts texts = new JinjaTexts(new TemplateSettings(Duration.ofSeconds(1)));

    @Test
    void the_time_of_a_rendering_is_a_setting() {
        String template = "{% for i in range(50000) %}{{ i }} {% endfor %}";

        assertThat(texts.render(template, Map.of(), true)).startsWith("0 1 2");
        assertThatThrownBy(() ->
                        new JinjaTexts(new TemplateSettings(Duration.ofMillis(1))).render(template, Map.of(), true))
                .isInstanceOf(TemplateLimitException.class);
    }

    private String harmless(String template) {
        return texts.render(template, Map.of("x", PAYLOAD, "xs", List.of(PAYLOAD, "b"), "n", -5), false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ x }}",
                "{{ x|string }}",
                "{{ x|e }}",
                "{{ xs|first }}",
                "{% for v in xs[:1] %}{{ v }}{% endfor %}",
                "{% set y %}{{ x }}{% endset %}{{ y }}",
                "{% macro m(v) %}{{ v }}{% endmacro %}{{ m(x) }}",
                "{% macro m(v) %}{% endmacro %}{{ m(x) ~ x }}",
                "{% macro m(v) %}{% endmacro %}{{ m(x) + x }}",
                "{{ ''|safe ~ x }}",
                "{{ ''|safe + x }}",
                "{{ '%s'|safe|format(x) }}",
                "{{ '{}'|safe.format(x) if false else x }}",
                "{{ [x]|join(', '|safe) }}",
                "{% filter trim %}{{ x }}{% endfilter %}",
                "{% with y = x %}{{ y }}{% endwith %}",
                "{% block b %}{{ x }}{% endblock %}",
                "{% call(v) identity(x) %}{{ v }}{% endcall %}"
            })
    void a_scanners_text_is_harmless_whichever_way_it_is_printed(String template) {
        String macros = "{% macro identity(v) %}{{ caller(v) }}{% endmacro %}";

        assertThat(harmless(macros + template)).isEqualTo(HARMLESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{ xs }}", "{{ xs|tojson }}", "{{ xs|pprint }}", "{{ {'k': x} }}", "{{ x|urlize }}"})
    void nor_does_a_way_of_writing_lists_or_links_let_it_through(String template) {
        assertThat(harmless(template)).doesNotContain("[~admin").doesNotContainPattern("(?<!\\\\)!http");
    }

    @Test
    void the_templates_own_markup_stays() {
        assertThat(harmless("h3. *Data* [a|http://b]\n{panel}{{ n }}{panel}"))
                .isEqualTo("h3. *Data* [a|http://b]\n{panel}\\-5{panel}");
    }

    static Stream<Arguments> blocks() {
        return Stream.of(
                arguments("{noformat}{{ x }}{noformat}", "{noformat}" + IN_BLOCK + "{noformat}"),
                arguments("{code:java}\n{{ x }}{code}\n{{ 'a*' }}", "{code:java}\n" + IN_BLOCK + "{code}\na\\*"),
                arguments(
                        "{a}{noformat:title={{ 'b' }}}{{ x }}{noformat}",
                        "{a}{noformat:title=b}" + IN_BLOCK + "{noformat}"),
                arguments("\\{code}{ {code\n}{{ 'a*' }}", "\\{code}{ {code\n}a\\*"),
                arguments("{noformat}{{ '{noformat}[~a]' }}{noformat}", "{noformat}{ noformat}[~a]{noformat}"));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void in_a_block_of_the_template_it_is_shown_as_it_is_and_cannot_end_it(String template, String rendered) {
        assertThat(harmless(template)).isEqualTo(rendered);
    }

    @Test
    void what_is_kept_in_a_block_to_be_printed_elsewhere_is_escaped_for_elsewhere() {
        assertThat(harmless("{noformat}{% set y %}{{ x }}{% endset %}{noformat}{{ y }}"))
                .isEqualTo("{noformat}{noformat}" + HARMLESS);
    }

    @Test
    void an_address_stays_one_inside_a_link() {
        assertThat(texts.render("[page|{{ url }}]", Map.of("url", "https://f.example.org/#/vulns/1?a=[b]|c"), false))
                .isEqualTo("[page|https://f.example.org/#/vulns/1?a=%5Bb%5D%7Cc]");
    }

    @Test
    void who_trusts_a_value_or_a_field_prints_it_as_it_is() {
        assertThat(harmless("{{ x|safe }}")).isEqualTo(PAYLOAD);
        assertThat(texts.render("{{ x }}", Map.of("x", PAYLOAD), true)).isEqualTo(PAYLOAD);
    }

    @Test
    void a_text_that_is_no_template_is_reported_with_its_place() {
        assertThat(texts.problem("Hello {{ name }}")).isEmpty();
        assertThat(texts.problem("Hello\n {% if %}"))
                .hasValueSatisfying(problem -> assertThat(problem).hasMessageContaining("line 2"));
    }
}
