package io.faradaybridge.jinja2.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Long parts are looked for by hand; they are found where Java finds them. */
class SearchTest {

    private final Random random = new Random(20261123);

    @Test
    void finds_a_long_part_where_java_finds_it_from_either_end() {
        int found = 0;
        for (int round = 0; round < 300; round++) {
            String text = letters(400 + random.nextInt(200), 1 + round % 3);
            int length = 65 + random.nextInt(60);
            int at = random.nextInt(text.length() - length);
            String part = round % 4 == 0 ? letters(length, 2) : text.substring(at, at + length);
            for (int from = 0; from <= text.length(); from += 1 + random.nextInt(40)) {
                assertThat(Search.indexOf(text, part, from)).isEqualTo(text.indexOf(part, from));
                assertThat(Search.lastIndexOf(text, part, from)).isEqualTo(text.lastIndexOf(part, from));
                found += text.indexOf(part, from) >= 0 ? 1 : 0;
            }
        }
        assertThat(found).isPositive();
    }

    /** Of few letters, so that much of the part stands at many places. */
    private String letters(int length, int kinds) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(kinds)));
        }
        return text.toString();
    }
}
