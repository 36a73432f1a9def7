package io.faradaybridge.jira;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
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
    private final ApplicationEventPublisher events;
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

    /**
     * Published when Jira goes away, and when it is back.
     *
     * @param reason why it is away; empty: it is back
     */
    public record Changed(boolean available, String reason) {}

    /**
     * Published when Jira does not know or does not let in the account that works: once a pause, so not for every piece of
     * work.
     */
    public record NotLetIn(JiraProblem problem, String reason) {}

    @Autowired
    JiraAvailability(ApplicationEventPublisher events) {
        this(Clock.systemUTC(), events);
    }

    JiraAvailability(Clock clock, ApplicationEventPublisher events) {
        this.clock = clock;
        this.events = events;
    }

    public synchronized boolean available() {
        return !clock.instant().isBefore(state.pausedUntil());
    }

    /** Takes note of a failure; only one of the whole site pauses the work. */
    public void failed(JiraFailure failure) {
        if (failure.wholeSite()) {
            Began began = beganWith(failure);
            if (began == Began.OUTAGE) {
                events.publishEvent(new Changed(false, String.valueOf(failure.getMessage())));
            }
            if (began != Began.NOTHING && failure.kind() == JiraFailure.Kind.UNAUTHORISED) {
                events.publishEvent(new NotLetIn(failure.problem(), String.valueOf(failure.getMessage())));
            }
        } else if (failure.answered()) {
            answered();
        }
    }

    /** Jira did as it was told, or said no to this one thing. During a pause that is one that was under way before it. */
    void answered() {
        if (ended(clock.instant())) {
            events.publishEvent(new Changed(true, ""));
        }
    }

    /** A person says that the cause is cured: the pause is over, the next piece of work shows whether it is so. */
    public synchronized void probeNow() {
        if (state.since() != null) {
            state = new State(state.since(), clock.instant(), 0, state.reason());
        }
    }

    private enum Began {
        NOTHING,
        PAUSE,
        OUTAGE
    }

    private synchronized Began beganWith(JiraFailure failure) {
        Instant now = clock.instant();
        if (now.isBefore(state.pausedUntil())) {
            return Began.NOTHING; // failed together with the one that began this pause
        }
        boolean first = state.since() == null;
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(state.failures(), 6));
        Duration pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        Duration asked = failure.retryAfter();
        if (asked != null && asked.compareTo(pause) > 0) {
            pause = asked;
        }
        state = new State(
                first ? now : state.since(),
                now.plus(pause),
                state.failures() + 1,
                String.valueOf(failure.getMessage()));
        return first ? Began.OUTAGE : Began.PAUSE;
    }

    private synchronized boolean ended(Instant now) {
        boolean wasAway = state.since() != null && !now.isBefore(state.pausedUntil());
        if (wasAway) {
            state = State.FINE;
        }
        return wasAway;
    }

    public synchronized Report report() {
        return new Report(state.since(), state.reason());
    }
}
