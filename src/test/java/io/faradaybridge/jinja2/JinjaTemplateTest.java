package io.faradaybridge.jinja2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faradaybridge.jinja2.api.Limits;
import io.faradaybridge.jinja2.api.TemplateLimitException;
import io.faradaybridge.jinja2.api.TemplateRenderException;
import io.faradaybridge.jinja2.api.TemplateSyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JinjaTemplateTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "a|{{ x|nope }}        => 1 => 8 => No filter named 'nope'.",
                "a|{{ x is nope }}     => 1 => 11 => No test named 'nope'.",
                "a|{% nope %}          => 1 => 6 => Encountered unknown tag 'nope'.",
                "a|b|{% if x %}        => 3 => 11 => Unexpected end of template.",
                "{{ 'é😀' + ? }}         => 1 => 11 => unexpected char '?'",
                "a|{% include 'x' %}   => 2 => 4 => the tag 'include' needs another template",
            })
    void says_where_a_template_is_wrong(String source, int line, int column, String reason) {
        String text = line > 1 ? source.replace('|', '\n') : source;

        assertThatThrownBy(() -> JinjaTemplate.parse(text)).isInstanceOfSatisfying(TemplateSyntaxException.class, e -> {
            assertThat(e.line()).isEqualTo(line);
            assertThat(e.column()).isEqualTo(column);
            assertThat(e.reason()).startsWith(reason);
        });
    }

    @Test
    void says_in_which_line_a_rendering_failed() {
        JinjaTemplate template = JinjaTemplate.parse("a\n{{ missing.x }}\n");

        assertThatThrownBy(() -> template.render(Map.of()))
                .isInstanceOf(TemplateRenderException.class)
                .hasMessage("line 2: 'missing' is undefined");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "{{ vuln.name }} {{ severty }}                                                => severty vuln",
                "{% for ref in refs %}{{ loop.index }}{{ ref }}{% endfor %}                   => refs",
                "{% set a = 1 %}{{ a }}{% set b %}{{ c }}{% endset %}{{ b }}                  => c",
                "{% if x %}{% set y = 1 %}{% endif %}{{ y }}                                  => x",
                "{% macro m(p, q=r) %}{{ p }}{{ q }}{{ varargs }}{{ kwargs }}{{ caller() }}{% endmacro %}{{ m(1) }} =>"
                        + " r",
                "{% call(u) m() %}{{ u }}{{ v }}{% endcall %}                                 => m v",
                "{% with w = z %}{{ w }}{% endwith %}                                         => z",
                "{{ range(3) }}{{ namespace(a=1) }}{{ dict() }}{{ lipsum }}{{ cycler }}{{ joiner() }} => ``",
                "{% block title %}{{ self.title() }}{{ super() }}{% endblock %}               => ``",
                "{% for a, (b, c) in d recursive %}{{ loop(a) }}{{ b }}{{ c }}{% else %}{{ e }}{% endfor %} => d e",
                "{{ xs|map(attribute='name')|select('eq', f)|list }}                          => f xs",
            })
    void knows_the_names_that_it_expects_of_its_data(String source, String names) {
        assertThat(String.join(" ", new TreeSet<>(JinjaTemplate.parse(source).names())))
                .isEqualTo(names);
    }

    @Test
    void does_not_change_the_data() {
        List<Object> list = new ArrayList<>(List.of(1));

        String text =
                JinjaTemplate.parse("{% if l.append(2) %}{% endif %}{{ l }}").render(Map.of("l", list));

        assertThat(text).isEqualTo("[1, 2]");
        assertThat(list).containsExactly(1);
    }

    @Test
    void reaches_no_java_object() {
        assertThat(JinjaTemplate.parse("{{ ''.__class__ }}{{ s.getClass }}{{ s.class }}")
                        .render(Map.of("s", "x")))
                .isEmpty();
        assertThatThrownBy(() -> JinjaTemplate.parse("{{ o }}").render(Map.of("o", new Object())))
                .isInstanceOf(TemplateRenderException.class)
                .hasMessageContaining("java.lang.Object");
    }

    @Test
    void takes_filters_and_functions_of_the_program() {
        Environment environment = Environment.DEFAULT
                .withFilter("wiki", (positional, named) -> "{" + positional.get(0) + "}")
                .withFunction("sum_of", (positional, named) -> ((List<?>) positional.get(0)).size() + 1L);

        assertThat(JinjaTemplate.parse("{{ 'a'|wiki }}{{ sum_of([1, 2]) }}{{ ['x']|map('wiki')|list }}", environment)
                        .render(Map.of()))
                .isEqualTo("{a}3['{x}']");
    }

    @Test
    void renders_in_many_threads_at_once() {
        JinjaTemplate template = JinjaTemplate.parse(
                "{% macro m(x) %}{% for i in range(x) %}{{ loop.index }},{% endfor %}{% endmacro %}{{ m(n) }}");

        List<String> texts = IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(i -> template.render(Map.of("n", i % 7)))
                .toList();

        for (int i = 0; i < texts.size(); i++) {
            assertThat(texts.get(i)).hasSize(i % 7 * 2);
        }
    }

    /** As Python 3.12 has them. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "{{ '{:5c}|{:^5c}'.format(65, 65) }} => `    A|  A  `",
                "{{ '{:#}|{:+#}'.format(1e16, 1e-7) }} => 1.e+16|+1.e-07",
                "{{ '%5.1f|%-6d|%+05d|%#x|%.3s'|format(2.25, 42, 7, 255, 'abcd') }} => `  2.2|42    |+0007|0xff|abc`",
                "{{ '{:,}|{:_x}|{:>8.2e}'.format(1234567, 65536, 12345.678) }} => 1,234,567|1_0000|1.23e+04",
            })
    void formats_numbers_as_python_does(String template, String text) {
        assertThat(JinjaTemplate.parse(template).render(Map.of())).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"',n'", "'+c'", "'#c'", "',c'", "'-s'"})
    void refuses_the_formats_that_python_refuses(String format) {
        String value = format.endsWith("s") ? "'x'" : "65";

        assertThatThrownBy(() -> JinjaTemplate.parse("{{ '{:" + format + "}'.format(" + value + ") }}")
                        .render(Map.of()))
                .isInstanceOfSatisfying(
                        TemplateRenderException.class,
                        e -> assertThat(e.kind().pythonName()).isEqualTo("ValueError"));
    }

    @Test
    void keeps_to_the_limits_it_is_given() {
        Limits small = new Limits(100, 20, 10, 1_000, 10_000, 20, 100, Duration.ofMinutes(1));

        assertThatThrownBy(() -> JinjaTemplate.parse("{{ 'x' * 11 }}", Environment.DEFAULT.withLimits(small))
                        .render(Map.of()))
                .isInstanceOf(TemplateLimitException.class)
                .hasMessageContaining("more than 10 characters");
    }
}
