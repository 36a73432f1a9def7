package io.faradaybridge.jira;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** One change in so long finds out whether a Jira that was read-only takes changes again. */
    private static final Duration FOR_THE_PROBE = Duration.ofSeconds(10);

    private final Clock clock;
    private final ApplicationEventPublisher events;
    private Pause whole = Pause.NONE;
    /** What this outage was told to come from: the cure changes with it, so each is told, and none twice. */
    private final Set<JiraProblem> told = EnumSet.noneOf(JiraProblem.class);
    /** A Jira that is read-only is otherwise well; some take transitions and no new issues. */
    private final Map<JiraOperation, Pause> changes = new EnumMap<>(JiraOperation.class);

    /**
     * For health pages and the console.
     *
     * @param since null while Jira is available
     */
    public record Report(@Nullable Instant since, String reason) {}

    /**
     * Published when Jira goes away, when it stays away for another reason, and when it is back.
     *
     * @param reason why it is away; empty: it is back
     */
    public record Changed(boolean available, String reason) {}

    /**
     * Published when Jira lets everything be read and takes no changes, and when it takes them again.
     *
     * @param reason why it takes none; empty: it does
     */
    public record ReadOnly(boolean began, String reason) {}

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
        return whole.over(clock.instant());
    }

    /**
     * Whether a call may be made now: while Jira is read-only its changes wait, all but one that tries.
     *
     * @return what it fails with instead, or null
     */
    @Nullable
    JiraFailure refusal(JiraRequest request) {
        return whyNotYet(request.operation())
                .map(pause -> new JiraFailure(
                        JiraFailure.Kind.TRANSIENT,
                        pause.reason(),
                        0,
                        false,
                        false,
                        Duration.between(clock.instant(), pause.until()).plusSeconds(1),
                        Map.of(),
                        JiraProblem.READ_ONLY))
                .orElse(null);
    }

    private synchronized Optional<Pause> whyNotYet(JiraOperation operation) {
        Pause pause = changes.getOrDefault(operation, Pause.NONE);
        Instant now = clock.instant();
        if (!pause.over(now)) {
            return Optional.of(pause);
        }
        if (pause.since() != null) {
            changes.put(operation, pause.until(now.plus(FOR_THE_PROBE)));
        }
        return Optional.empty();
    }

    /** Takes note of a failure; only one of the whole site pauses the work. */
    public void failed(JiraFailure failure) {
        if (failure.wholeSite()) {
            Began began = beganWith(failure);
            if (began == Began.NEW_REASON) {
                events.publishEvent(new Changed(false, String.valueOf(failure.getMessage())));
            }
            if (began != Began.NOTHING && failure.kind() == JiraFailure.Kind.UNAUTHORISED) {
                events.publishEvent(new NotLetIn(failure.problem(), String.valueOf(failure.getMessage())));
            }
        } else if (failure.answered()) {
            answered();
        }
    }

    /** The same of a call that was to do this. */
    void failed(JiraOperation operation, JiraFailure failure) {
        failed(failure);
        if (failure.problem() == JiraProblem.READ_ONLY) {
            if (takesNoChanges(operation, failure)) {
                events.publishEvent(new ReadOnly(true, String.valueOf(failure.getMessage())));
            }
        } else if (failure.answered() && !failure.wholeSite()) {
            takesChanges(operation);
        }
    }

    /** Jira did as it was told. */
    void answered(JiraOperation operation) {
        answered();
        takesChanges(operation);
    }

    /** Jira did as it was told, or said no to this one thing. During a pause that is one that was under way before it. */
    private void answered() {
        if (ended(clock.instant())) {
            events.publishEvent(new Changed(true, ""));
        }
    }

    private void takesChanges(JiraOperation operation) {
        if (endedFor(operation)) {
            events.publishEvent(new ReadOnly(false, ""));
        }
    }

    /** A person says that the cause is cured: the pause is over, the next piece of work shows whether it is so. */
    public synchronized void probeNow() {
        Instant now = clock.instant();
        whole = whole.shortened(now);
        changes.replaceAll((operation, pause) -> pause.shortened(now));
    }

    private enum Began {
        NOTHING,
        PAUSE,
        NEW_REASON
    }

    private synchronized Began beganWith(JiraFailure failure) {
        Instant now = clock.instant();
        if (!whole.over(now)) {
            return Began.NOTHING; // failed together with the one that began this pause
        }
        whole = whole.longer(now, failure);
        return told.add(failure.problem().ofOutage()) ? Began.NEW_REASON : Began.PAUSE;
    }

    private synchronized boolean ended(Instant now) {
        boolean wasAway = whole.since() != null && whole.over(now);
        if (wasAway) {
            whole = Pause.NONE;
            told.clear();
        }
        return wasAway;
    }

    /** @return whether Jira took changes until now, as far as is known */
    private synchronized boolean takesNoChanges(JiraOperation operation, JiraFailure failure) {
        boolean first = changes.isEmpty();
        changes.put(operation, changes.getOrDefault(operation, Pause.NONE).longer(clock.instant(), failure));
        return first;
    }

    /** @return whether it was the last kind of change that Jira did not take */
    private synchronized boolean endedFor(JiraOperation operation) {
        return changes.remove(operation) != null && changes.isEmpty();
    }

    public synchronized Report report() {
        Pause told = whole.since() != null
                ? whole
                : changes.values().stream().findFirst().orElse(Pause.NONE);
        return new Report(told.since(), told.reason());
    }
}
