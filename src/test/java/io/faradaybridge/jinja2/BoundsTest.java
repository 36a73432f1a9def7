package io.faradaybridge.jinja2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import io.faradaybridge.jinja2.api.Limits;
import io.faradaybridge.jinja2.api.TemplateException;
import io.faradaybridge.jinja2.api.TemplateLimitException;
import io.faradaybridge.jinja2.api.TemplateSyntaxException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No template takes the service down: a bomb ends as a documented exception, before it has used much. */
class BoundsTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MEGABYTES = 1024 * 1024L;

    /** The other limits have to end what takes long, so that it is the same on every machine. */
    private static final Environment PATIENT = Environment.DEFAULT.withLimits(patient(Limits.DEFAULT));

    private static Limits patient(Limits limits) {
        return new Limits(
                limits.sourceCharacters(),
                limits.parts(),
                limits.outputCharacters(),
                limits.steps(),
                limits.allocatedBytes(),
                limits.nesting(),
                limits.depth(),
                Duration.ofMinutes(5));
    }

    @BeforeAll
    static void load_the_classes() {
        Corpus.cases().forEach(each -> Outcome.of(each.template(), each.data()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for a in range(10**9) %}{% endfor %}",
                "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}",
                "{% for a in range(10**9) %}x{% endfor %}",
                "{{ range(10**9)|list }}",
                "{{ range(10**9)|map('string')|join }}",
                "{{ range(10**12)|sum }}",
                "{{ range(10**9)|select('odd')|list|length }}",
                "{{ 5 in range(10**9)|map('string') }}",
                "{{ range(10**9)|sort }}",
                "{{ range(10**9)|batch(10**9)|list }}",
                "{{ [1]|batch(10**9, 'x')|list }}",
                "{{ [1]|slice(10**9)|list }}",
                "{{ range(10**9)|groupby('x') }}",
                "{{ range(10**9)|unique|list }}",
                "{{ range(10**9)|reverse|list }}",
                "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
                "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s * 9 %}{% endfor %}",
                "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s.join([ns.s, ns.s]) %}{% endfor %}",
                "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s|replace('x', 'xxxx') %}{% endfor %}",
                "{% set ns = namespace(s=[1]) %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
                "{% set ns = namespace(s=[]) %}{% for i in range(99) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ ns.s }}",
                "{% set ns = namespace(s=[]) %}{% for i in range(99) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ ns.s|tojson }}",
                "{% set ns = namespace(s=[]) %}{% for i in range(99) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ ns.s|pprint }}",
                "{% set ns = namespace(s=[], t=[]) %}{% for i in range(99) %}{% set ns.s = [ns.s, ns.s] %}{% set ns.t = [ns.t, ns.t] %}{% endfor %}{{ ns.s == ns.t }}",
                "{% set ns = namespace(s=()) %}{% for i in range(40) %}{% set ns.s = (ns.s, ns.s) %}{% endfor %}{{ {ns.s: 1} }}",
                "{% set ns = namespace(s=[]) %}{% for i in range(99999) %}{% set ns.s = [ns.s] %}{% endfor %}{{ ns.s }}",
                "{% set ns = namespace(s=[]) %}{% for i in range(9999) %}{% set ns.s = [ns.s] %}{% endfor %}{{ ns.s|tojson }}",
                "{% set ns = namespace(s=[], t=[]) %}{% for i in range(9999) %}{% set ns.s = [ns.s] %}{% set ns.t = [ns.t] %}{% endfor %}{{ ns.s < ns.t }}",
                "{% set ns = namespace(s=()) %}{% for i in range(9999) %}{% set ns.s = (ns.s,) %}{% endfor %}{{ {ns.s: 1} }}",
                "{% set ns = namespace(s='a') %}{% for i in range(9999) %}{% set ns.s = ns.s|map('upper') %}{% endfor %}{{ ns.s|list }}",
                "{% set l = [1] %}{% for x in l %}{% if l.append(x) %}{% endif %}{% endfor %}",
                "{{ 'x' * 10**9 }}",
                "{{ ('\"' * 4000000)|e|length }}",
                "{{ ('\"' * 4000000)|e|e|length }}",
                "{{ 'x' * 10**18 }}",
                "{{ [0] * 10**9 }}",
                "{{ (0,) * 10**18 }}",
                "{{ '%999999999s' % 'x' }}",
                "{{ '%.999999999f' % 1.5 }}",
                "{{ '%*d' % (999999999, 1) }}",
                "{{ '{:>99999999}'.format('x') }}",
                "{{ '{:.99999999f}'.format(1.5) }}",
                "{{ '{:099999999,d}'.format(1) }}",
                "{{ '{:{}}'.format('x', 10**8) }}",
                "{{ 'x'|center(10**9) }}",
                "{{ 'x'.ljust(10**9) }}",
                "{{ 'x'.zfill(10**9) }}",
                "{{ 'x\\ty'.expandtabs(10**9) }}",
                "{{ 'x'|indent(10**9, true) }}",
                "{{ {'a': 1}|tojson(10**9) }}",
                "{{ ('x' * 99999)|wordwrap(1, wrapstring='x' * 99999) }}",
                "{{ ('ab ' * 9999)|replace(' ', 'x' * 99999) }}",
                "{{ ('x' * 9999).replace('', 'y' * 9999) }}",
                "{{ ('x' * 9999)|join('y' * 9999) }}",
                "{{ 9**(9**9) }}",
                "{{ 10**(10**10) }}",
                "{{ (2**60000) * (2**60000) }}",
                "{% set ns = namespace(n=9) %}{% for i in range(99) %}{% set ns.n = ns.n * ns.n %}{% endfor %}{{ ns.n }}",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% macro m(x) %}{{ m(x ~ x) }}{% endmacro %}{{ m('x') }}",
                "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{% for i in [1] %}{% if true %}{{ a() }}{% endif %}{% endfor %}{% endmacro %}{{ a() }}",
                "{% macro m() %}{% call m() %}{{ caller() }}{% endcall %}{% endmacro %}{{ m() }}",
                "{% macro m() %}{{ caller() }}{% endmacro %}{% macro n() %}{% call m() %}{{ n() }}{% endcall %}{% endmacro %}{{ n() }}",
                "{% macro m(x=m()) %}{% endmacro %}{{ m() }}",
                "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
                "{% block b %}{{ self.b() }}{% endblock %}",
                "{% macro m() %}{{ ['a']|map('upper')|list }}{{ [1]|map(attribute='x')|list }}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
                "{% set ns = namespace(x=('a' * 99999) ~ 'b') %}{% for i in range(9**9) %}{{ ns.x is eq ns.x }}{{ ns.x|upper|length }}{% endfor %}",
                "{% for i in range(9**9) %}{% if ('a' * 99999).find('a' * 9999 ~ 'b') %}{% endif %}{% endfor %}",
                "{% for i in range(10**9) %}{{ 'x'|pprint|wordwrap(1)|urlize|striptags|length }}{% endfor %}",
                "{% set d = {} %}{% for i in range(10**9) %}{% if d.update({i: i}) %}{% endif %}{% endfor %}",
                "{% filter upper %}{% for i in range(10**9) %}x{% endfor %}{% endfilter %}",
                "{% set x %}{% for i in range(10**9) %}x{% endfor %}{% endset %}",
            })
    void ends_a_bomb(String bomb) {
        assertEndsWithin(bomb, Map.of(), TemplateLimitException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "[",
                "{1:",
                "-",
                "not ",
                "x[",
                "x(",
                "x|f(",
                "x is eq ",
                "1 if 1 else ",
                "+ -",
                "(x,(",
                "x.y(*[",
                "'a' ~ ("
            })
    void refuses_what_is_nested_too_deeply(String opening) {
        assertEndsWithin("{{ " + opening.repeat(20_000), Map.of(), TemplateSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1",
                "|upper",
                ".x",
                "[0]",
                "()",
                " and x",
                " or x",
                " ** 2",
                " - x",
                " * x",
                "|map('x')",
                " if x"
            })
    void refuses_a_chain_that_is_too_long(String link) {
        assertEndsWithin("{{ x" + link.repeat(9_000) + " }}", Map.of(), TemplateSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% if x %}",
                "{% for x in y %}",
                "{% with %}",
                "{% macro m() %}",
                "{% filter upper %}",
                "{% set x %}",
                "{% call m() %}",
                "{% autoescape true %}"
            })
    void refuses_tags_nested_too_deeply(String tag) {
        assertEndsWithin(tag.repeat(5_000), Map.of(), TemplateSyntaxException.class);
    }

    @Test
    void refuses_a_huge_template() {
        assertEndsWithin("x".repeat(1_000_000), Map.of(), TemplateSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{%if a@%}{{b@}}{%endif%}",
                "{{a@}}",
                "{%set a@=1%}",
                "{%for a@ in b%}{%set c@=a@%}{%endfor%}",
                "{%macro a@(b@)%}{{c@}}{%endmacro%}",
                "{#c#}",
                "{%raw%}x{%endraw%}",
                "{{[1,2,3]}}",
                "{{'\\n'}}",
                "{%block b@%}{{a@}}{%endblock%}",
                "\n{{a}}"
            })
    void reads_a_large_template_in_little_memory(String part) {
        StringBuilder template = new StringBuilder();
        for (int i = 0; template.length() + part.length() + 20 < 100_000; i++) {
            template.append(part.replace("@", String.valueOf(i)));
        }

        assertEndsWithin(template.toString(), Map.of(), null);
    }

    @Test
    void ends_with_data_that_contain_themselves() {
        Map<String, Object> circle = new HashMap<>();
        circle.put("self", circle);
        Map<String, Object> deep = new HashMap<>();
        Map<String, Object> level = deep;
        for (int i = 0; i < 10_000; i++) {
            Map<String, Object> next = new HashMap<>();
            level.put("x", next);
            level = next;
        }

        assertThat(JinjaTemplate.parse("{{ c }}").render(Map.of("c", circle))).isEqualTo("{'self': {...}}");
        assertEndsWithin("{{ d }}", Map.of("d", deep), TemplateLimitException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://",
                "a@a.a",
                "www.a.",
                "(((",
                "&lt;",
                "<!--",
                "<a",
                "-a",
                "a-",
                "--",
                "&#",
                "&amp",
                "{",
                "%",
                "a.b:",
                "[:",
                "\u00e9 ",
                "\t",
                "mailto:a@"
            })
    void takes_no_time_for_any_text(String part) {
        String text = part.repeat(60_000 / part.length());
        assertEndsOrIsLimited(
                "{{ s|urlize|length }}{{ s|striptags|length }}{{ s|wordwrap(40)|length }}{{ s|wordcount }}{{ s|title|length }}"
                        + "{{ s|truncate(9) }}{{ s|e|length }}{{ s|tojson|length }}{{ s|indent|length }}{{ s.split('a')|length }}",
                Map.of("s", text));
    }

    @Test
    void ends_what_computes_too_long_whatever_the_other_limits_allow() {
        Limits onlyTime = new Limits(
                1_000, 1_000, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 150, 1_000, Duration.ofMillis(50));
        String template = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}";

        assertThatThrownBy(() -> JinjaTemplate.parse(template, Environment.DEFAULT.withLimits(onlyTime))
                        .render(Map.of()))
                .isInstanceOf(TemplateLimitException.class)
                .hasMessageContaining("computes longer than 50 ms");
    }

    @Test
    void ends_what_creates_much_in_small_parts() {
        Limits littleMemory = new Limits(1_000, 1_000, 1_000, 300_000, MEGABYTES, 150, 1_000, Duration.ofMinutes(5));
        String template = "{% for i in range(60000) %}{% set x = [i, [i]] %}{% endfor %}";

        assertThatThrownBy(() -> JinjaTemplate.parse(template, Environment.DEFAULT.withLimits(littleMemory))
                        .render(Map.of()))
                .isInstanceOf(TemplateLimitException.class)
                .hasMessageContaining("more than 1048576 bytes");
    }

    @Test
    void waits_for_a_template_that_had_no_processor_for_longer_than_its_time() {
        Environment busy = Environment.DEFAULT.withFunction("wait", (positional, named) -> {
            LockSupport.parkNanos(Limits.DEFAULT.time().plusMillis(200).toNanos());
            return "";
        });
        String template = "{{ wait() }}{% for a in range(100) %}{{ a if a is odd }}{% endfor %}{{ wait() }}{{ 1 + 1 }}";

        assertThat(JinjaTemplate.parse(template, busy).render(Map.of())).endsWith("992");
    }

    /** The square of a length, and what Java makes on its way for each character. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ ('a' * 1500000).strip('b' * 1500000 ~ 'a') }}",
                "{{ ('a' * 1500000)|trim('b' * 1500000 ~ 'a') }}",
                "{{ ('a' * 1500000).find('a' * 700000 ~ 'b') }}",
                "{{ ('a' * 1500000).rfind('b' ~ 'a' * 700000) }}",
                "{{ ('a' * 1500000).rsplit('b' ~ 'a' * 700000)|length }}",
                "{{ ('a' * 1500000).rpartition('b' ~ 'a' * 700000)|length }}",
                "{{ ('\u00df' * 800000)|upper|length }}",
                "{{ ('\u0390' * 800000).upper()|length }}",
                "{{ ('\u0390' * 800000)|title|length }}",
                "{{ ('\u0130' * 800000)|lower|length }}",
                "{{ ('\u00df a' * 300000).swapcase()|length }}",
                "{{ ('a ' * 800000)|title|length }}",
                "{{ ('a ' * 800000).title()|length }}",
                "{{ ('\n' * 800000)|wordwrap(1)|length }}",
                "{{ ('1 ' * 800000).split()|length }}",
                "{{ ('a\n' * 500000)|pprint|length }}",
                "{{ [{}]|map(attribute='.' * 1000000)|list }}",
                "{{ ('\u0001' * 800000)|tojson|length }}",
                "{{ ['\u0001' * 800000]|string|length }}",
                "{{ '2024-01-01'|datetimeformat('%c' * 40000)|length }}",
                "{{ '%.400000f' % 1e300 }}",
                "{{ ('\"' * 1500000)|e|length }}"
            })
    void takes_little_for_a_long_text(String template) {
        assertEndsOrIsLimited(template, Map.of());
    }

    private static void assertEndsOrIsLimited(String template, Map<String, ?> data) {
        assertThat(thrownWithin(template, data)).allMatch(TemplateLimitException.class::isInstance);
    }

    private static void assertEndsWithin(
            String template, Map<String, ?> data, Class<? extends TemplateException> expected) {
        List<Throwable> thrown = thrownWithin(template, data);
        if (expected == null) {
            assertThat(thrown).isEmpty();
        } else {
            assertThat(thrown).hasSize(1).first().isInstanceOf(expected);
        }
    }

    private static List<Throwable> thrownWithin(String template, Map<String, ?> data) {
        List<Throwable> thrown = new ArrayList<>();
        long[] allocated = new long[1];
        // Far more than the second it takes, for machines that are busy.
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            try {
                JinjaTemplate.parse(template, PATIENT).render(data);
            } catch (RuntimeException | Error e) {
                thrown.add(e);
            }
            allocated[0] =
                    THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        });
        assertThat(allocated[0]).isLessThan(50 * MEGABYTES);
        return thrown;
    }
}
