package io.faradaybridge.link;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The pause before the next attempt: it doubles from five seconds to ten minutes. After {@link #MAX_ATTEMPTS} failures
 * it is an hour. It is never shorter than Jira demands.
 */
public final class RetryDelay {

    /** After so many failed attempts, not counting outages of Jira, the link is blocked or the item becomes unknown. */
    public static final int MAX_ATTEMPTS = 12;

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration HOPELESS = Duration.ofHours(1);

    private RetryDelay() {}

    /**
     * @param attempts the number of failed attempts
     * @param retryAfter the pause that Jira demands, or null
     * @return the pause with up to a fifth of jitter, so that work that was postponed together is not repeated together
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
