package io.faradaybridge.connection;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.activity.SetupAudit;
import io.faradaybridge.configuration.Ownership;
import io.faradaybridge.faraday.IntegrationConfiguration;
import io.faradaybridge.faraday.IntegrationConfiguration.Stored;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The state of the connection in Faraday's row, {@code authorized} or {@code unauthorized}, with the time and reason of
 * the latter.
 */
@Component
class AuthorizationState {

    static final String AUTHORIZED = "authorized";
    static final String UNAUTHORIZED = "unauthorized";

    private static final Logger log = LoggerFactory.getLogger(AuthorizationState.class);
    private static final String KEY = "authorization_state";

    private final IntegrationConfiguration row;
    private final SetupAudit audit;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final ConfiguredJira jira;
    private final Ownership ownership;

    AuthorizationState(
            IntegrationConfiguration row,
            Ownership ownership,
            SetupAudit audit,
            JdbcClient jdbc,
            TransactionOperations transaction,
            ConfiguredJira jira) {
        this.row = row;
        this.ownership = ownership;
        this.audit = audit;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.jira = jira;
    }

    /** Why the connection is not authorised. */
    record Reason(String problem, String message, Instant since) {}

    String current() {
        return row.read().map(stored -> of(stored.value())).orElse("");
    }

    static String of(ObjectNode value) {
        return value.path(KEY).asText("").strip();
    }

    Optional<Reason> reason() {
        return jdbc.sql("""
                        SELECT value ->> 'problem' AS problem, value ->> 'message' AS message, updated_at
                          FROM faraday_bridge.runtime_state WHERE name = 'jira-authorization'""")
                .query((found, number) -> new Reason(
                        found.getString("problem"),
                        found.getString("message"),
                        found.getTimestamp("updated_at").toInstant()))
                .optional();
    }

    /** A user authorised the connection. Changes the caller's value of the row, in the caller's transaction. */
    void authorized(ObjectNode value) {
        ownership.taken(null);
        value.put(KEY, AUTHORIZED);
        forgetReason();
    }

    /** A user removed the authorisation. Changes the caller's value of the row, in the caller's transaction. */
    void unauthorized(ObjectNode value, String message) {
        value.put(KEY, UNAUTHORIZED);
        keepReason("not_connected", message, true);
    }

    /** The bridge itself has found out that Jira accepts its credentials. */
    void foundAuthorized() {
        found(AUTHORIZED, "", "", false);
    }

    /** The bridge itself has found out that Jira does not accept its credentials. A known cause of it stays. */
    void foundUnauthorized(String problem, String message) {
        found(UNAUTHORIZED, problem, message, false);
    }

    /** The bridge knows more than Jira's answer says: its message stays while Jira goes on to answer the same. */
    void foundUnauthorizedBecause(String problem, String message) {
        found(UNAUTHORIZED, problem, message, true);
    }

    private void found(String state, String problem, String message, boolean causeKnown) {
        try {
            transaction.executeWithoutResult(status -> change(state, problem, message, causeKnown));
            jira.changed();
        } catch (OptimisticLockingFailureException overtaken) {
            log.debug("The configuration was changed meanwhile; the authorisation will be checked again");
        }
    }

    private void change(String state, String problem, String message, boolean causeKnown) {
        Stored stored = row.read().orElse(null);
        if (stored == null) {
            return;
        }
        String before = of(stored.value());
        if (state.equals(UNAUTHORIZED)) {
            keepReason(problem, message, causeKnown);
        } else {
            forgetReason();
        }
        if (before.equals(state) || ownership.state().observing()) {
            return; // while the bridge observes, the row holds the state of the other integration
        }
        row.save(stored.value().put(KEY, state), stored.version(), null);
        ObjectNode after = JsonNodeFactory.instance.objectNode().put(KEY, state);
        if (!message.isEmpty()) {
            after.put("reason", message);
        }
        audit.record(
                null,
                "the bridge",
                "connection.authorization_state",
                JsonNodeFactory.instance.objectNode().put(KEY, before),
                after);
        log.warn("The connection to Jira is {} now. {}", state, message);
    }

    private void keepReason(String problem, String message, boolean causeKnown) {
        jdbc.sql("""
                        INSERT INTO faraday_bridge.runtime_state AS s (name, value)
                        VALUES ('jira-authorization', jsonb_build_object(
                            'problem', :problem::text, 'message', :message::text, 'cause_known', :causeKnown::boolean))
                        ON CONFLICT (name) DO UPDATE SET value = excluded.value
                         WHERE :causeKnown OR s.value ->> 'problem' <> :problem
                            OR NOT coalesce((s.value ->> 'cause_known')::boolean, false)""")
                .param("problem", problem)
                .param("message", message)
                .param("causeKnown", causeKnown)
                .update();
    }

    private void forgetReason() {
        jdbc.sql("DELETE FROM faraday_bridge.runtime_state WHERE name = 'jira-authorization'")
                .update();
    }
}
