package io.faradaybridge.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * So many failures a minute, then whoever caused them waits. Failures are counted when they are known, so that many right
 * attempts at once are never in each other's way; those that failed at once beyond the limit make the wait longer. Kept in
 * this process's memory, bounded: with replicas the limit is each replica's.
 */
public final class FailureLimit {

    private static final int MOST_KEYS = 10_000;
    private static final Duration FORGOTTEN = Duration.ofMinutes(30);
    private static final int LONGEST_KEY = 255;

    private final int perMinute;
    private final TimeMeter time;
    private final Cache<String, Bucket> buckets;

    public FailureLimit(int perMinute) {
        this(perMinute, TimeMeter.SYSTEM_NANOTIME);
    }

    FailureLimit(int perMinute, TimeMeter time) {
        this.perMinute = perMinute;
        this.time = time;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                .expireAfterAccess(FORGOTTEN)
                .build();
    }

    /** How many seconds to wait before the next attempt, as {@code Retry-After} says it; empty: go on. */
    public OptionalLong secondsToWait(String who) {
        Bucket bucket = buckets.getIfPresent(key(who));
        long nanos = bucket == null ? 0 : bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        return nanos == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Duration.ofNanos(nanos).plusMillis(999).toSeconds());
    }

    public void failed(String who) {
        buckets.get(key(who), absent -> full()).consumeIgnoringRateLimits(1);
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .withCustomTimePrecision(time)
                .build();
    }

    private static String key(String who) {
        return who.length() <= LONGEST_KEY ? who : who.substring(0, LONGEST_KEY);
    }
}
