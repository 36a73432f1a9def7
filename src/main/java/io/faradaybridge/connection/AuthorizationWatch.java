package io.faradaybridge.connection;

import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.JiraSite;
import io.faradaybridge.jira.client.ConnectionProbe;
import io.faradaybridge.jira.client.JiraAvailability;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Keeps the row's {@code authorization_state} correct in both directions. One call that Jira refuses is not enough:
 * Jira is then asked for the bridge's account, and the state changes after three equal answers in a row, so that one
 * node with a wrong clock does not make it change back and forth. While the connection is unauthorised the question is
 * repeated at growing intervals, because most causes are removed in Jira.
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
    private final CredentialsEnd end;
    private final ConnectionSettings settings;
    private final Clock clock = Clock.systemUTC();
    private final ScheduledThreadPoolExecutor checks =
            new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("authorization-watch", true));
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
            CredentialsEnd end,
            ConnectionSettings settings) {
        this.jira = jira;
        this.probe = probe;
        this.state = state;
        this.renewal = renewal;
        this.availability = availability;
        this.end = end;
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

    /** A user's test of the connection found a problem, perhaps an expired token. */
    void checkNow() {
        soon(Duration.ZERO, true);
    }

    /**
     * Called from time to time: renews a token that ends soon, and checks whether Jira accepts the credentials again.
     */
    void tick() {
        end.check();
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
            next = checks.schedule(() -> check(expired), after.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            log.debug("The bridge stops, so the authorisation is not checked any more");
        }
    }

    private void check(boolean expired) {
        try {
            if (expired) {
                renewal.renewIfExpired();
            }
            verdict(jira.site());
        } catch (JiraFailure notConnected) {
            log.debug("Jira cannot be asked: {}", notConnected.getMessage());
        } catch (RuntimeException e) {
            // the database is probably away: the next tick checks again
            log.warn("The bridge could not check whether Jira accepts its credentials: {}", e.getMessage());
        }
    }

    private void verdict(JiraSite site) {
        try {
            probe.myself(site);
            record(true, "", "");
        } catch (JiraFailure failure) {
            if (failure.kind() == JiraFailure.Kind.UNAUTHORISED) {
                if (jira.renew(site)) {
                    log.debug("Jira did not accept the access token; another one is got for the next check");
                }
                record(false, failure.problem().code(), failure.getMessage() + end.whyRefused());
            } else {
                streak = 0;
            }
        }
    }

    private void record(boolean in, String problem, String message) {
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

    /** Plans the next check. Called from a check that has not ended yet. */
    private synchronized void again() {
        next = null;
        soon(BETWEEN, false);
    }

    @Override
    public void close() {
        checks.shutdownNow();
    }
}
