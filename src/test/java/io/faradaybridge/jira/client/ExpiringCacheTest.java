package io.faradaybridge.jira.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExpiringCacheTest {

    private Instant now = Instant.EPOCH;

    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    @Test
    void asks_again_after_the_validity_is_over() {
        ExpiringCache<String, Integer> remembered = new ExpiringCache<>(Duration.ofMinutes(10), clock);
        AtomicInteger asked = new AtomicInteger();

        int first = remembered.get("P", asked::incrementAndGet);
        now = now.plus(Duration.ofMinutes(10));
        int still = remembered.get("P", asked::incrementAndGet);
        now = now.plusMillis(1);
        int later = remembered.get("P", asked::incrementAndGet);

        assertThat(new int[] {first, still, later}).containsExactly(1, 1, 2);
    }
}
