package io.faradaybridge.link;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long work waits before it is tried again: doubling from five seconds to ten minutes, hourly once it failed as often
 * as a person would have been asked, never less than asked for.
 */
public final class RetryDelay {

    /** After so many failed attempts, with Jira as a whole in health, a person has to look. */
    public static final int MAX_ATTEMPTS = 12;

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration HOPELESS = Duration.ofHours(1);

    private RetryDelay() {}

    /**
     * @param attempts failed so far
     * @param retryAfter what Jira asked for, or null
     * @return with up to a fifth of jitter, so that work postponed together does not come back together
     */
    public static Duration after(int attempts, @Nullable Duration retryAfter, RandomGenerator random) {
        long doubled = FIRST.toMillis() << Math.min(attempts, 10);
        long base = attempts >= MAX_ATTEMPTS ? HOPELESS.toMillis() : Math.min(doubled, LONGEST.toMillis());
        if (retryAfter != null) {
            base = Math.max(retryAfter.toMillis(), Math.min(base, FIRST.toMillis()));
        }
        return Duration.ofMillis(base + random.nextLong(base / 5 + 1));
    }
}
