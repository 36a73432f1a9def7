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
 * What Faraday's row says of the connection, {@code authorized} or {@code unauthorized}, and since when and why it is not.
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

    /** Why the connection is not authorised, for people. */
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

    /** A person authorised the connection; part of the caller's change of the row and of its transaction. */
    void authorized(ObjectNode value) {
        ownership.taken(null);
        value.put(KEY, AUTHORIZED);
        forgetReason();
    }

    /** A person took the authorisation away; part of the caller's change of the row and of its transaction. */
    void unauthorized(ObjectNode value, String message) {
        value.put(KEY, UNAUTHORIZED);
        keepReason("not_connected", message);
    }

    /** Jira lets us in, as the bridge itself found out. */
    void foundAuthorized() {
        found(AUTHORIZED, "", "");
    }

    /** Jira does not let us in, as the bridge itself found out. */
    void foundUnauthorized(String problem, String message) {
        found(UNAUTHORIZED, problem, message);
    }

    private void found(String state, String problem, String message) {
        try {
            transaction.executeWithoutResult(status -> change(state, problem, message));
            jira.changed();
        } catch (OptimisticLockingFailureException overtaken) {
            log.debug("The configuration was changed meanwhile; the state of the authorisation is looked at again");
        }
    }

    private void change(String state, String problem, String message) {
        Stored stored = row.read().orElse(null);
        if (stored == null) {
            return;
        }
        String before = of(stored.value());
        if (state.equals(UNAUTHORIZED)) {
            keepReason(problem, message);
        } else {
            forgetReason();
        }
        if (before.equals(state) || ownership.state().observing()) {
            return; // while observing the row says how it stands with somebody else
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

    private void keepReason(String problem, String message) {
        jdbc.sql("""
                        INSERT INTO faraday_bridge.runtime_state AS s (name, value)
                        VALUES ('jira-authorization', jsonb_build_object('problem', :problem::text, 'message', :message::text))
                        ON CONFLICT (name) DO UPDATE SET value = excluded.value""").param("problem", problem).param("message", message).update();
    }

    private void forgetReason() {
        jdbc.sql("DELETE FROM faraday_bridge.runtime_state WHERE name = 'jira-authorization'")
                .update();
    }
}
