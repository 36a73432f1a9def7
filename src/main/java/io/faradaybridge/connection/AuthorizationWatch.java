package io.faradaybridge.connection;

import io.faradaybridge.jira.ConnectionProbe;
import io.faradaybridge.jira.JiraAvailability;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.JiraSite;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Keeps the row's {@code authorization_state} true, both ways. A call that Jira did not let in is only a suspicion: Jira is
 * asked who we are, and the state changes when it says the same three times in a row, so that one node with a wrong clock
 * makes nothing flap. While the state is bad it is asked again, ever more rarely, since most causes are cured on Jira's side.
 */
@Component
class AuthorizationWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AuthorizationWatch.class);
    private static final int AGREEING = 3;
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final int LONGEST_PAUSE_TICKS = 10;

    private final ConfiguredJira jira;
    private final ConnectionProbe probe;
    private final AuthorizationState state;
    private final TokenRenewal renewal;
    private final JiraAvailability availability;
    private final ConnectionSettings settings;
    private final Clock clock = Clock.systemUTC();
    private final ScheduledThreadPoolExecutor looking = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "authorization-watch");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Future<?> next;
    private boolean lastIn;
    private int streak;
    private int outs;
    private Instant notBefore = Instant.MIN;

    AuthorizationWatch(
            ConfiguredJira jira,
            ConnectionProbe probe,
            AuthorizationState state,
            TokenRenewal renewal,
            JiraAvailability availability,
            ConnectionSettings settings) {
        this.jira = jira;
        this.probe = probe;
        this.state = state;
        this.renewal = renewal;
        this.availability = availability;
        this.settings = settings;
    }

    @EventListener
    void suspected(JiraAvailability.NotLetIn event) {
        if (event.problem() != JiraProblem.NOT_CONNECTED) {
            soon(Duration.ZERO, event.problem() == JiraProblem.TOKEN_EXPIRED);
        }
    }

    @EventListener
    void back(JiraAvailability.Changed event) {
        if (event.available()) {
            soon(Duration.ZERO, false);
        }
    }

    /** A person's test met a problem, perhaps that the token has expired. */
    void lookNow() {
        soon(Duration.ZERO, true);
    }

    /** From time to time: renews what nears its end, and looks whether Jira lets us in again. */
    void tick() {
        renewal.renewIfDue();
        if (state.current().equals(AuthorizationState.UNAUTHORIZED)
                && !clock.instant().isBefore(notBefore)) {
            soon(Duration.ZERO, false);
        }
    }

    private synchronized void soon(Duration after, boolean expired) {
        if (next != null && !next.isDone() && !expired) {
            return;
        }
        try {
            next = looking.schedule(() -> look(expired), after.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            log.debug("The bridge stops; the authorisation is not looked at any more");
        }
    }

    private void look(boolean expired) {
        try {
            if (expired) {
                renewal.renewIfExpired();
            }
            verdict(jira.site());
        } catch (JiraFailure notConnected) {
            log.debug("There is nothing to ask Jira with: {}", notConnected.getMessage());
        } catch (RuntimeException e) {
            // The database is away, most likely: the next tick looks again.
            log.warn("Whether Jira lets the bridge in could not be found out: {}", e.getMessage());
        }
    }

    private void verdict(JiraSite site) {
        try {
            probe.myself(site);
            seen(true, "", "");
        } catch (JiraFailure failure) {
            if (failure.kind() == JiraFailure.Kind.UNAUTHORISED) {
                seen(false, failure.problem().code(), String.valueOf(failure.getMessage()));
            } else {
                streak = 0;
            }
        }
    }

    private void seen(boolean in, String problem, String message) {
        streak = in == lastIn ? streak + 1 : 1;
        lastIn = in;
        outs = in ? 0 : Math.min(outs + 1, LONGEST_PAUSE_TICKS);
        notBefore = clock.instant().plus(settings.watchInterval().multipliedBy(Math.max(0, outs - AGREEING)));
        boolean says = state.current().equals(AuthorizationState.AUTHORIZED);
        if (says == in) {
            if (!in) {
                state.foundUnauthorized(problem, message); // perhaps for another reason than before
            }
            return;
        }
        if (streak < AGREEING) {
            again();
            return;
        }
        if (in) {
            state.foundAuthorized();
            availability.probeNow();
        } else {
            state.foundUnauthorized(problem, message);
        }
    }

    /** From within a look, which is not done yet. */
    private synchronized void again() {
        next = null;
        soon(BETWEEN, false);
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
