package io.faradaybridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeptCountsTest {

    private long millis;
    private int counts;
    private final KeptCounts<String, Integer> kept =
            new KeptCounts<>(() -> Duration.ofMillis(millis).toNanos());

    private int ask(String key, long takes) {
        return kept.get(key, () -> {
            millis += takes;
            return ++counts;
        });
    }

    @Test
    void what_took_long_is_answered_again_for_twenty_times_as_long() {
        assertThat(ask("all", 1000)).isEqualTo(1);
        millis += 19_999;
        assertThat(ask("all", 1000)).isEqualTo(1);

        millis += 1;
        assertThat(ask("all", 1000)).isEqualTo(2);
    }

    @Test
    void what_is_quick_is_counted_each_time() {
        assertThat(ask("all", 5)).isEqualTo(1);
        assertThat(ask("all", 5)).isEqualTo(2);
    }

    @Test
    void every_question_has_an_answer_of_its_own() {
        assertThat(ask("all", 1000)).isEqualTo(1);
        assertThat(ask("open", 1000)).isEqualTo(2);
        assertThat(ask("all", 1000)).isEqualTo(1);
    }
}
