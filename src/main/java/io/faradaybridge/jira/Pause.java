package io.faradaybridge.jira;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something cannot be had: it is left alone for a second, then ever longer up to a minute, and the next piece of work tries it.
 *
 * @param since when it went away; null: it is here
 */
record Pause(@Nullable Instant since, Instant until, int failures, String reason) {

    static final Pause NONE = new Pause(null, Instant.MIN, 0, "");

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    boolean over(Instant now) {
        return !now.isBefore(until);
    }

    /** Failed anew, not together with the call that began this pause. */
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

    /** Tried again at once, and then as if for the first time. */
    Pause shortened(Instant now) {
        return since == null ? this : new Pause(since, now, 0, reason);
    }
}
