package io.faradaybridge.jira.client;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table {@code jira_limit}: the pause that Jira demanded of one replica, which all keep. Without the database each
 * replica knows only of its own.
 */
@Component
public class SharedLimit {

    private static final Logger log = LoggerFactory.getLogger(SharedLimit.class);

    private final JdbcClient jdbc;

    SharedLimit(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param lasted since when it has been kept
     * @param left how long it is still to be kept
     */
    record Limit(Duration lasted, Duration left, String reason) {}

    /** Saves a pause, unless a longer one is saved. */
    void begin(Duration pause, String reason) {
        try {
            jdbc.sql("""
                INSERT INTO faraday_bridge.jira_limit AS l (since, until, reason)
                VALUES (clock_timestamp(), clock_timestamp() + :millis * interval '1 millisecond', :reason)
                ON CONFLICT (one) DO UPDATE
                   SET since = CASE WHEN l.until < excluded.since THEN excluded.since ELSE l.since END,
                       until = excluded.until, reason = excluded.reason
                 WHERE l.until < excluded.until""")
                    .param("millis", pause.toMillis())
                    .param("reason", reason)
                    .update();
        } catch (DataAccessException away) {
            log.debug("The limit of Jira could not be shared with other replicas", away);
        }
    }

    /** The pause that is to be kept now. */
    Optional<Limit> find() {
        try {
            return jdbc.sql("""
                SELECT 1000 * extract(epoch FROM clock_timestamp() - since) AS lasted,
                       1000 * extract(epoch FROM until - clock_timestamp()) AS remains, reason
                  FROM faraday_bridge.jira_limit WHERE until > clock_timestamp()""")
                    .query((row, number) -> new Limit(
                            Duration.ofMillis(row.getLong("lasted")),
                            Duration.ofMillis(row.getLong("remains")),
                            row.getString("reason")))
                    .optional();
        } catch (DataAccessException away) {
            log.debug("The limit of Jira could not be read", away);
            return Optional.empty();
        }
    }

    void end() {
        try {
            jdbc.sql("DELETE FROM faraday_bridge.jira_limit").update();
        } catch (DataAccessException away) {
            log.debug("The limit of Jira could not be ended for other replicas", away);
        }
    }
}
