package io.faradaybridge.connection;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.faradaybridge.connection.ConnectionController.AccountView;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.JiraSite;
import io.faradaybridge.jira.client.ConnectionProbe;
import io.faradaybridge.jira.client.JiraAvailability;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tests the connection at a user's request. */
@Component
class ConnectionTest {

    private final ConfiguredJira jira;
    private final ConnectionProbe probe;
    private final AuthorizationState state;
    private final AuthorizationWatch watch;
    private final JiraAvailability availability;
    private final CredentialsEnd end;

    ConnectionTest(
            ConfiguredJira jira,
            ConnectionProbe probe,
            AuthorizationState state,
            AuthorizationWatch watch,
            JiraAvailability availability,
            CredentialsEnd end) {
        this.jira = jira;
        this.probe = probe;
        this.state = state;
        this.watch = watch;
        this.availability = availability;
        this.end = end;
    }

    /**
     * The result.
     *
     * @param problem such as {@code clock_skew}; absent if there is none
     * @param hint what to do about the problem
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            boolean ok,
            @Nullable AccountView account,
            @Nullable JiraView jira,
            @Nullable String problem,
            String message,
            @Nullable String hint) {}

    /**
     * What Jira returns about itself.
     *
     * @param kind {@code data_center} or {@code cloud}
     */
    record JiraView(String kind, String version, String title, String baseUrl) {}

    View now() {
        ConnectionProbe.Result result;
        try {
            jira.changed();
            result = probed();
        } catch (JiraFailure notConnected) {
            return new View(
                    false,
                    null,
                    null,
                    notConnected.problem().code(),
                    String.valueOf(notConnected.getMessage()),
                    notConnected.problem().hint());
        }
        if (result.problem() == null) {
            state.foundAuthorized();
            availability.probeNow();
        } else {
            watch.checkNow();
        }
        return new View(
                result.problem() == null,
                AccountView.of(result.account()),
                shown(result.server()),
                result.problem() == null ? null : result.problem().code(),
                result.message() + (result.problem() == JiraProblem.ANONYMOUS ? end.whyRefused() : ""),
                result.problem() == null ? null : result.problem().hint());
    }

    private ConnectionProbe.Result probed() {
        JiraSite site = jira.site();
        ConnectionProbe.Result result = probe.probe(site);
        return result.problem() == JiraProblem.ANONYMOUS && jira.renew(site) ? probe.probe(jira.site()) : result;
    }

    private static @Nullable JiraView shown(ConnectionProbe.@Nullable Server server) {
        return server == null
                ? null
                : new JiraView(
                        server.kind().name().toLowerCase(Locale.ROOT),
                        server.version(),
                        server.title(),
                        server.baseUrl());
    }
}
