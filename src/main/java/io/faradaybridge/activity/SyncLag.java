package io.faradaybridge.activity;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How long it took from the hint of a change until the other side had it, as a metric. */
@Component
public class SyncLag {

    private static final Duration[] BUCKETS = Stream.of(1, 2, 5, 10, 30, 60, 300, 1_800, 7_200)
            .map(Duration::ofSeconds)
            .toArray(Duration[]::new);

    private final Timer toFaraday;
    private final Timer toJira;

    public SyncLag(MeterRegistry metrics) {
        toFaraday = timer("to-faraday", metrics);
        toJira = timer("to-jira", metrics);
    }

    private static Timer timer(String direction, MeterRegistry metrics) {
        return Timer.builder("bridge.sync.lag")
                .description("From the hint of a change (webhook, sweep, message) until the other side had it")
                .tag("direction", direction)
                .serviceLevelObjectives(BUCKETS)
                .register(metrics);
    }

    /** @param hintedAt when the oldest hint came; null if there was none, so that nobody knows since when */
    public void applied(@Nullable Instant hintedAt) {
        record(toFaraday, hintedAt);
    }

    /** @param hintedAt as in {@link #applied} */
    public void driven(@Nullable Instant hintedAt) {
        record(toJira, hintedAt);
    }

    /** The hint's time is the database's; a clock that is behind it makes the lag zero. */
    private static void record(Timer timer, @Nullable Instant hintedAt) {
        if (hintedAt != null) {
            Duration lag = Duration.between(hintedAt, Instant.now());
            timer.record(lag.isNegative() ? Duration.ZERO : lag);
        }
    }
}
