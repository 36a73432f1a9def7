package io.faradaybridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureLimitTest {

    private long nanos;

    private final TimeMeter time = new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    };
    private final FailureLimit limit = new FailureLimit(3, time);

    private void fail(int times) {
        for (int n = 0; n < times; n++) {
            limit.failed("10.0.0.1");
        }
    }

    @Test
    void goes_on_until_there_were_too_many_failures() {
        fail(2);
        assertThat(limit.secondsToWait("10.0.0.1")).isEmpty();

        fail(1);
        assertThat(limit.secondsToWait("10.0.0.1")).hasValue(20);
    }

    @Test
    void who_waited_may_try_once_more() {
        fail(3);
        nanos += Duration.ofSeconds(19).toNanos();
        assertThat(limit.secondsToWait("10.0.0.1")).hasValue(1);

        nanos += Duration.ofSeconds(1).toNanos();
        assertThat(limit.secondsToWait("10.0.0.1")).isEmpty();

        fail(1);
        assertThat(limit.secondsToWait("10.0.0.1")).hasValue(20);
    }

    @Test
    void a_burst_beyond_the_limit_makes_nobody_wait_longer() {
        fail(600);

        assertThat(limit.secondsToWait("10.0.0.1")).hasValue(20);
    }

    @Test
    void attempts_count_while_they_are_judged_and_no_more_when_they_were_right() {
        for (int n = 0; n < 3; n++) {
            assertThat(limit.take("10.0.0.1")).isEmpty();
        }
        assertThat(limit.take("10.0.0.1")).hasValue(20);

        limit.giveBack("10.0.0.1");
        assertThat(limit.take("10.0.0.1")).isEmpty();
        assertThat(limit.take("10.0.0.1")).hasValue(20);
    }

    @Test
    void an_attempt_that_one_of_its_limits_refuses_is_counted_by_none() {
        FailureLimit wider = new FailureLimit(100, time);
        fail(3);

        Attempt refused =
                Attempt.at(List.of(new Attempt.Counted(wider, "all"), new Attempt.Counted(limit, "10.0.0.1")));

        assertThat(refused.secondsToWait()).isEqualTo(20);
        for (int n = 0; n < 100; n++) {
            assertThat(wider.take("all")).as("attempt %d", n).isEmpty();
        }
    }

    @Test
    void others_are_not_in_its_way() {
        fail(10);

        assertThat(limit.secondsToWait("10.0.0.2")).isEmpty();
    }

    @Test
    void names_of_any_length_are_distinguished_by_their_beginning() {
        String endless = "x".repeat(1_000_000);
        limit.failed(endless + "a");
        limit.failed(endless + "b");
        limit.failed(endless + "c");

        assertThat(limit.secondsToWait(endless)).isPresent();
    }
}
