package io.faradaybridge.jinja2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random templates, rendered here and by Python. {@code -Djinja.differential.count=100000} for many. */
@Tag("rounds")
class DifferentialTest {

    private static final int COUNT = Integer.getInteger("jinja.differential.count", 1_000);
    private static final long SEED = Long.getLong("jinja.differential.seed", 20_240_501L);
    private static final int BATCH = 1_000;
    private static final Pattern ADDRESS = Pattern.compile("(?i)( |%20)(object|0x[0-9a-f]+)|bound method");

    /** Parts of templates that count the characters of such an address. */
    private static final List<String> COUNTED = List.of("(s).rstrip() ~ (('a', 'b'))|unique))|length");

    @Test
    void renders_random_templates_as_python_does() throws Exception {
        assumeTrue(PythonJinja.isHere(), "python3 has no jinja2 3.1 here: nothing to compare with");
        Map<String, Object> data = RandomTemplates.data();
        List<String> different = new ArrayList<>();
        for (int batch = 0; batch * BATCH < COUNT; batch++) {
            RandomTemplates random = new RandomTemplates(SEED + batch);
            List<String> templates = Stream.generate(random::next)
                    .limit(Math.min(BATCH, COUNT - batch * BATCH))
                    .toList();

            List<Outcome> python = PythonJinja.outcomes(templates, data);

            assertThat(python).hasSameSizeAs(templates);
            for (int i = 0; i < templates.size(); i++) {
                Outcome ours = Outcome.of(templates.get(i), data);
                if (COUNTED.stream().noneMatch(templates.get(i)::contains)
                        && isComparable(ours, python.get(i))
                        && !ours.equals(python.get(i))) {
                    different.add(templates.get(i) + "\n  python: " + python.get(i) + "\n  here: " + ours);
                }
            }
        }

        assertThat(different).isEmpty();
    }

    /** Python prints the addresses of objects, and has no limits but the machine's. */
    private static boolean isComparable(Outcome ours, Outcome python) {
        boolean address =
                python.text() != null && ADDRESS.matcher(python.text()).find();
        return !address
                && !Outcome.LIMIT.equals(ours.error())
                && !"time".equals(python.error())
                && !"MemoryError".equals(python.error())
                && !"RecursionError".equals(python.error());
    }
}
