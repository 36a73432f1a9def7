package io.faradaybridge.jira.client;

import io.faradaybridge.jira.JiraFailure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pause of calls: first a second, then longer up to a minute. The next piece of work after it makes an attempt.
 *
 * @param since since when calls fail; null if they do not
 */
record Pause(@Nullable Instant since, Instant until, int failures, String reason) {

    static final Pause NONE = new Pause(null, Instant.MIN, 0, "");

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    boolean over(Instant now) {
        return !now.isBefore(until);
    }

    /** The longer pause after a further failure, of a call that began after this pause. */
    Pause longer(Instant now, JiraFailure failure) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(failures, 6));
        Duration pause = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        Duration asked = failure.retryAfter();
        if (asked != null && asked.compareTo(pause) > 0) {
            pause = asked;
        }
        return new Pause(
                since == null ? now : since, now.plus(pause), failures + 1, String.valueOf(failure.getMessage()));
    }

    Pause until(Instant then) {
        return new Pause(since, then, failures, reason);
    }

    /** Ends the pause at once; the next one is short again. */
    Pause shortened(Instant now) {
        return since == null ? this : new Pause(since, now, 0, reason);
    }
}
