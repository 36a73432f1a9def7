package io.faradaybridge.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps counts over whole tables. A slow count is reused for twenty times as long as it took, so that counting takes at
 * most a twentieth of the time, however often it is requested. Callers during a count wait for it. Quick counts are not
 * kept.
 */
public final class KeptCounts<K, V> {

    private static final long LONG_NANOS = Duration.ofMillis(200).toNanos();
    private static final int KEPT_TIMES = 20;

    private record Kept<V>(V value, long takenAt, long keptNanos) {}

    private final LongSupplier nanos;
    private final Map<K, Kept<V>> kept = new ConcurrentHashMap<>();

    public KeptCounts() {
        this(System::nanoTime);
    }

    KeptCounts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    public V get(K asked, Supplier<V> count) {
        long now = nanos.getAsLong();
        kept.values().removeIf(old -> now - old.takenAt() >= old.keptNanos());
        return kept.computeIfAbsent(asked, key -> {
                    long started = nanos.getAsLong();
                    V value = count.get();
                    long ended = nanos.getAsLong();
                    long took = ended - started;
                    return new Kept<>(value, ended, took < LONG_NANOS ? 0 : took * KEPT_TIMES);
                })
                .value();
    }
}
