package io.faradaybridge.jinja2;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.faradaybridge.jinja2.api.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random and broken templates: whatever they are, only documented exceptions. {@code mvn test -Pfuzz} for many. */
@Tag("rounds")
class FuzzTest {

    private static final int COUNT = Integer.getInteger("jinja.fuzz.count", 5_000);
    private static final long SEED = Long.getLong("jinja.fuzz.seed", 7L);

    private static final String[] PIECES = {
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "-%}",
        "{%-",
        "{{-",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "|",
        "~",
        "**",
        "//",
        "'",
        "\"",
        "\\",
        "\\x",
        "\\N{",
        " if ",
        " else ",
        " in ",
        " not ",
        " is ",
        "for ",
        "endfor",
        "endif",
        "macro ",
        "set ",
        "raw",
        "endraw",
        " recursive",
        "loop(x)",
        "caller()",
        "*args",
        "**d",
        "0x",
        "1e",
        "9".repeat(30),
        "%s",
        "{:>99999}",
        "\ud83d",
        "\u0000",
        "é",
        "\u2028",
        ":",
        ",",
        ".",
        "=",
        "a".repeat(50),
        "block b",
        "endblock",
        "self.b()",
        "varargs",
        "range(9**9)",
        "x",
        "|map('center', 99)",
        "|batch(2)",
        "|wordwrap(1)",
        "|urlize",
        "|striptags",
        "<!--",
        "&#x",
        "&amp",
        "http://a.b"
    };

    @Test
    void ends_every_template_with_its_text_or_a_documented_exception() {
        // The clock must not decide on a machine that is busy.
        Limits limits = new Limits(100_000, 100_000, 100_000, 20_000, 4L << 20, 150, 1_000, Duration.ofMinutes(5));
        Environment environment = Environment.DEFAULT.withLimits(limits);
        Map<String, Object> data = RandomTemplates.data();
        Random random = new Random(SEED);
        RandomTemplates grammar = new RandomTemplates(SEED);
        List<String> pool = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            String template = i % 3 == 0 ? grammar.next() : mutated(pool, random);
            if (pool.size() < 2_000) {
                pool.add(template);
            } else {
                pool.set(random.nextInt(pool.size()), i % 3 == 0 ? template : grammar.next());
            }
            assertThatCode(() -> Outcome.of(template, data, environment))
                    .as(template)
                    .doesNotThrowAnyException();
        }
    }

    private static String mutated(List<String> pool, Random random) {
        StringBuilder text = new StringBuilder(pool.get(random.nextInt(pool.size())));
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(8));
            switch (random.nextInt(5)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 2 -> text.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
                case 3 -> text.insert(at, text.substring(at, end));
                default -> {
                    String other = pool.get(random.nextInt(pool.size()));
                    int from = random.nextInt(other.length() + 1);
                    text.insert(at, other, from, Math.min(other.length(), from + 30));
                }
            }
        }
        return text.length() > 3_000 ? text.substring(0, 3_000) : text.toString();
    }
}
