package io.faradaybridge.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExportEventsTest {

    private final ExportEvents events = new ExportEvents();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void stop() {
        never.countDown();
        events.stop();
    }

    private static ExportProgress.Batch batch(int step) {
        return new ExportProgress.Batch(
                1, "SEC", "Bug", "faraday", "api", Instant.EPOCH, false, Map.of("reserved", step), Map.of(), List.of());
    }

    private void awaitEnd() {
        try {
            assertThat(never.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_reader_who_takes_for_ever_delays_no_other() throws InterruptedException {
        for (int reader = 0; reader < 5; reader++) {
            events.follow(1, () -> Map.of("reserved", 1), () -> {
                awaitEnd();
                return Optional.empty();
            });
        }
        CountDownLatch three = new CountDownLatch(3);
        AtomicInteger step = new AtomicInteger();

        events.follow(1, () -> Map.of("reserved", step.incrementAndGet()), () -> {
            three.countDown();
            return Optional.of(batch(0));
        });

        assertThat(three.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nothing_is_asked_for_a_batch_that_does_not_move() throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();
        CountDownLatch looked = new CountDownLatch(6);

        events.follow(
                1,
                () -> {
                    looked.countDown();
                    return Map.of("reserved", 1);
                },
                () -> {
                    looks.incrementAndGet();
                    return Optional.of(batch(1));
                });

        assertThat(looked.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(looks).hasValue(1);
    }
}
