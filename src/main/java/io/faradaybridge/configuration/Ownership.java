package io.faradaybridge.configuration;

import io.faradaybridge.faraday.IntegrationConfiguration;
import io.faradaybridge.tables.Columns;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Decides whether the bridge works or only observes. Faraday's own integration uses the same configuration row, and two
 * active integrations would undo each other's changes. So if the row is enabled or authorised, and not by this bridge,
 * the bridge observes until an administrator takes over. The decision is stored in {@code runtime_state}, for all
 * replicas and restarts.
 */
@Component
public class Ownership {

    private final JdbcClient jdbc;
    private final IntegrationConfiguration row;
    private final ObserveSettings settings;
    private final OperatorCredentials operator;

    Ownership(JdbcClient jdbc, IntegrationConfiguration row, ObserveSettings settings, OperatorCredentials operator) {
        this.jdbc = jdbc;
        this.row = row;
        this.settings = settings;
        this.operator = operator;
    }

    /**
     * The stored decision.
     *
     * @param ours false if an administrator has let the bridge observe again
     * @param username who decided; null if the bridge enabled or authorised an unused row
     */
    public record Decided(
            boolean ours,
            @Nullable Integer userId,
            @Nullable String username,
            Instant at) {}

    /**
     * Whether the bridge observes, and why.
     *
     * @param fixed whether the operator's setting {@code bridge.observe} decides it
     */
    public record ObserveState(boolean observing, String why, boolean fixed) {}

    /**
     * Called before the bridge's own API enables or authorises the integration, in the same transaction. A row that is
     * neither enabled nor authorised belongs to the bridge from then on. A row that another integration has enabled or
     * authorised belongs to that integration until an administrator takes over.
     *
     * @return whether it belongs to the bridge
     */
    public boolean taken(@Nullable Integer userId) {
        Optional<Decided> decided = decided();
        if (decided.isPresent()) {
            return decided.get().ours();
        }
        if (atWork(stored())) {
            return false;
        }
        jdbc.sql("""
                        INSERT INTO faraday_bridge.runtime_state (name, value)
                        VALUES ('ownership', jsonb_build_object('ours', true, 'user', :user::integer))
                        ON CONFLICT (name) DO NOTHING""").param("user", userId).update();
        return decided().map(Decided::ours).orElse(false);
    }

    /** An administrator takes over, or goes back to observing. Joins the caller's transaction. */
    public void decide(boolean ours, int userId, String username) {
        jdbc.sql("""
                        INSERT INTO faraday_bridge.runtime_state (name, value)
                        VALUES ('ownership', jsonb_build_object('ours', :ours::boolean, 'user', :user::integer,
                                                                'username', :name::text))
                        ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now()""")
                .param("ours", ours)
                .param("user", userId)
                .param("name", username)
                .update();
    }

    public Optional<Decided> decided() {
        return jdbc.sql("""
                        SELECT (value ->> 'ours')::boolean AS ours, (value ->> 'user')::integer AS user_id,
                               value ->> 'username' AS username, updated_at
                          FROM faraday_bridge.runtime_state WHERE name = 'ownership'""")
                .query((rs, n) -> new Decided(
                        rs.getBoolean("ours"),
                        rs.getObject("user_id", Integer.class),
                        rs.getString("username"),
                        Columns.instant(rs, "updated_at")))
                .optional();
    }

    public ObserveState state() {
        return state(stored());
    }

    ObserveState state(IntegrationSettings stored) {
        if (settings.observe() != ObserveSettings.Mode.AUTO) {
            boolean always = settings.observe() == ObserveSettings.Mode.ALWAYS;
            return new ObserveState(always, "the operator set bridge.observe=" + (always ? "always" : "never"), true);
        }
        Optional<Decided> decided = decided();
        if (decided.isPresent()) {
            String by = decided.get().username() == null
                    ? ""
                    : " by " + decided.get().username();
            return decided.get().ours()
                    ? new ObserveState(false, "the bridge has taken over" + by, false)
                    : new ObserveState(true, "the bridge was set to observe again" + by, false);
        }
        if (!atWork(stored)) {
            return new ObserveState(false, "nobody has enabled or authorised the Jira integration yet", false);
        }
        return operator.given()
                ? new ObserveState(
                        false, "the operator gave the bridge Jira's credentials (bridge.connection.*)", false)
                : new ObserveState(
                        true,
                        "another integration, usually Faraday's own, has "
                                + (stored.enabled() ? "enabled" : "authorised") + " the Jira integration",
                        false);
    }

    private IntegrationSettings stored() {
        return row.read().map(read -> IntegrationSettings.read(read.value())).orElse(IntegrationSettings.NONE);
    }

    private static boolean atWork(IntegrationSettings stored) {
        return stored.enabled() || stored.authorizationState().equalsIgnoreCase("authorized");
    }
}
