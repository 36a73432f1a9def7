package io.faradaybridge.jira.client;

import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraOperation;
import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.JiraRequest;
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
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;

/**
 * Whether Jira as a whole can be used, as far as this process knows. While it is away, no work is leased for it, so
 * that an outage costs no attempts. When the pause is over, the next piece of work tests Jira.
 */
@Component
public class JiraAvailability implements ApplicationListener<ContextClosedEvent> {

    /** How often one change tests whether a read-only Jira takes changes again. */
    private static final Duration FOR_THE_PROBE = Duration.ofSeconds(10);

    /** For so long a replica does not look again at what the others were told. */
    private static final Duration LOOKED = Duration.ofSeconds(1);

    private final Clock clock;
    private final ApplicationEventPublisher events;
    private final @Nullable SharedLimit limits;
    private Pause whole = Pause.NONE;
    /**
     * The causes of this outage that were already reported. Each is reported once, because each needs another remedy.
     */
    private final Set<JiraProblem> reported = EnumSet.noneOf(JiraProblem.class);
    /** The pauses of a read-only Jira, by kind of change: some accept transitions but no new issues. */
    private final Map<JiraOperation, Pause> changes = new EnumMap<>(JiraOperation.class);
    /** The limit that this or another replica was told of. */
    private Pause shared = Pause.NONE;

    private Instant lookAgain = Instant.MIN;
    private volatile boolean stopping;

    /**
     * For the status and health reports.
     *
     * @param since null while Jira is available
     */
    public record Report(@Nullable Instant since, String reason) {}

    /**
     * Published when Jira goes away, when it is away for another reason, and when it is back.
     *
     * @param reason why it is away; empty if it is back
     */
    public record Changed(boolean available, String reason) {}

    /**
     * Published when Jira becomes read-only, and when it takes changes again.
     *
     * @param reason why it takes none; empty if it does
     */
    public record ReadOnly(boolean began, String reason) {}

    /**
     * Published when Jira does not accept the account of the bridge: once a pause, not for every piece of work.
     */
    public record NotLetIn(JiraProblem problem, String reason) {}

    @Autowired
    JiraAvailability(SharedLimit limits, ApplicationEventPublisher events) {
        this(Clock.systemUTC(), events, limits);
    }

    JiraAvailability(Clock clock, ApplicationEventPublisher events) {
        this(clock, events, null);
    }

    private JiraAvailability(Clock clock, ApplicationEventPublisher events, @Nullable SharedLimit limits) {
        this.clock = clock;
        this.events = events;
        this.limits = limits;
    }

    /** From now on no work is taken; what is taken already is released, or ends with its call. */
    @Override
    public void onApplicationEvent(ContextClosedEvent closing) {
        stopping = true;
    }

    public boolean available() {
        if (stopping) {
            return false;
        }
        lookAtTheOthers();
        synchronized (this) {
            Instant now = clock.instant();
            return whole.over(now) && shared.over(now);
        }
    }

    private void lookAtTheOthers() {
        Instant now = clock.instant();
        synchronized (this) {
            if (limits == null || now.isBefore(lookAgain)) {
                return;
            }
            lookAgain = now.plus(LOOKED);
        }
        Pause found = limits.find()
                .map(limit -> new Pause(now.minus(limit.lasted()), now.plus(limit.left()), 0, limit.reason()))
                .orElse(Pause.NONE);
        synchronized (this) {
            shared = found;
        }
    }

    /**
     * Whether a call may be made now: while Jira is read-only, all changes wait except one that tests it.
     *
     * @return the failure instead of the call, or null
     */
    @Nullable
    public JiraFailure refusal(JiraRequest request) {
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

    /** Records a failure; only a failure of the whole site pauses the work. */
    public void failed(JiraFailure failure) {
        if (failure.wholeSite()) {
            Began began = beganWith(failure);
            if (began != Began.NOTHING && failure.problem() == JiraProblem.RATE_LIMITED && limits != null) {
                limits.begin(ownPause(), String.valueOf(failure.getMessage()));
            }
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

    /** Records a failure of a call with this operation. */
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

    /** Records a success. */
    void answered(JiraOperation operation) {
        answered();
        takesChanges(operation);
    }

    /** Jira succeeded or refused only this call. During a pause, the call had begun before the pause. */
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

    /** A user says that the cause is removed: the pause ends, and the next piece of work tests Jira. */
    public void probeNow() {
        if (limits != null) {
            limits.end();
        }
        synchronized (this) {
            Instant now = clock.instant();
            shared = Pause.NONE;
            whole = whole.shortened(now);
            changes.replaceAll((operation, pause) -> pause.shortened(now));
        }
    }

    private synchronized Duration ownPause() {
        return Duration.between(clock.instant(), whole.until());
    }

    private enum Began {
        NOTHING,
        PAUSE,
        NEW_REASON
    }

    private synchronized Began beganWith(JiraFailure failure) {
        Instant now = clock.instant();
        if (!whole.over(now)) {
            return Began.NOTHING; // this call had begun before the pause
        }
        whole = whole.longer(now, failure);
        return reported.add(failure.problem().ofOutage()) ? Began.NEW_REASON : Began.PAUSE;
    }

    private synchronized boolean ended(Instant now) {
        boolean wasAway = whole.since() != null && whole.over(now);
        if (wasAway) {
            whole = Pause.NONE;
            reported.clear();
        }
        return wasAway;
    }

    /** @return whether Jira took changes before, as far as is known */
    private synchronized boolean takesNoChanges(JiraOperation operation, JiraFailure failure) {
        boolean first = changes.isEmpty();
        changes.put(operation, changes.getOrDefault(operation, Pause.NONE).longer(clock.instant(), failure));
        return first;
    }

    /** @return whether Jira now takes all kinds of changes again */
    private synchronized boolean endedFor(JiraOperation operation) {
        return changes.remove(operation) != null && changes.isEmpty();
    }

    public synchronized Report report() {
        Pause limit = shared.over(clock.instant()) ? Pause.NONE : shared;
        Pause pause = whole.since() != null
                ? whole
                : changes.values().stream().findFirst().orElse(limit);
        return new Report(pause.since(), pause.reason());
    }
}
