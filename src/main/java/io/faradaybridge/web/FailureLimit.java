package io.faradaybridge.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Allows a number of failures a minute; then the caller must wait until the next is allowed, at most a minute. An
 * attempt is {@linkplain #take taken} before it is checked, so that parallel attempts count too, and given back if it
 * was right. The counts are in this process's memory, so each replica has its own limit.
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

    /** How many seconds to wait before the next attempt, for {@code Retry-After}; empty if none. */
    public OptionalLong secondsToWait(String who) {
        Bucket bucket = buckets.getIfPresent(key(who));
        return bucket == null
                ? OptionalLong.empty()
                : seconds(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    /**
     * An attempt begins. @return empty if it may be checked; otherwise how many seconds to wait, and nothing was taken
     */
    public OptionalLong take(String who) {
        return seconds(bucket(who).tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
    }

    /** An attempt that was taken did not fail. */
    public void giveBack(String who) {
        bucket(who).addTokens(1);
    }

    /** Counts a failure that was not taken before. */
    public void failed(String who) {
        bucket(who).tryConsume(1);
    }

    private Bucket bucket(String who) {
        return buckets.get(key(who), absent -> full());
    }

    private static OptionalLong seconds(long nanos) {
        return nanos == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Duration.ofNanos(nanos).plusMillis(999).toSeconds());
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
