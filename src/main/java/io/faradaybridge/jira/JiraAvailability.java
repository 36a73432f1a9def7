package io.faradaybridge.jira;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whether Jira as a whole can be worked with, as this process sees it. While it cannot, nobody leases work for it, so an
 * outage burns no attempts; when the pause is over, the next piece of work is the probe.
 */
@Component
public class JiraAvailability {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Clock clock;
    private State state = State.FINE;

    /** @param since when it went away; null: it is here */
    private record State(@Nullable Instant since, Instant pausedUntil, int failures, String reason) {
        static final State FINE = new State(null, Instant.MIN, 0, "");
    }

    /**
     * For health pages and the console.
     *
     * @param since null while Jira is available
     */
    public record Report(@Nullable Instant since, String reason) {}

    public JiraAvailability() {
        this(Clock.systemUTC());
    }

    JiraAvailability(Clock clock) {
        this.clock = clock;
    }

    public synchronized boolean available() {
        return !clock.instant().isBefore(state.pausedUntil());
    }

    /** Takes note of a failure; only one of the whole site pauses the work. */
    public synchronized void failed(JiraFailure failure) {
        if (!failure.wholeSite()) {
            return;
        }
        Instant now = clock.instant();
        if (now.isBefore(state.pausedUntil())) {
            return; // failed together with the one that began this pause
        }
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(state.failures(), 6));
        Duration pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        Duration asked = failure.retryAfter();
        if (asked != null && asked.compareTo(pause) > 0) {
            pause = asked;
        }
        state = new State(
                state.since() == null ? now : state.since(),
                now.plus(pause),
                state.failures() + 1,
                String.valueOf(failure.getMessage()));
    }

    /** Jira answered as it should. */
    public synchronized void answered() {
        state = State.FINE;
    }

    public synchronized Report report() {
        return new Report(state.since(), state.reason());
    }
}
