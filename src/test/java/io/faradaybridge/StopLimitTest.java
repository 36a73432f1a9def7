package io.faradaybridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StopLimitTest {

    @Test
    void a_process_that_does_not_stop_is_ended_by_force() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);

        new StopLimit(Duration.ofMillis(200), ended::countDown).begin();

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_process_that_stops_waits_for_nothing() {
        CountDownLatch ended = new CountDownLatch(1);

        new StopLimit(Duration.ofMinutes(1), ended::countDown).begin();

        assertThat(ended.getCount()).isOne();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("stop-limit-wait"))
                .isNotEmpty()
                .allMatch(Thread::isDaemon);
    }
}
