package io.faradaybridge.broker;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Finds out whether the database is away or only a statement failed. A route behind a queue calls {@link #pauseIfGone}
 * in its error handling, before the message goes back to the broker; one behind a timer calls {@link #tickFailed}.
 */
public final class DatabaseOutage {

    public static final String REASON = "the database does not answer";

    private static final Logger log = LoggerFactory.getLogger(DatabaseOutage.class);
    private static final int ANSWER_SECONDS = 3;

    private final DataSource database;
    private final Consumers consumers;

    DatabaseOutage(DataSource database, Consumers consumers) {
        this.database = database;
        this.consumers = consumers;
    }

    /** Pauses all consumers until the database answers again, if it does not answer now. */
    public void pauseIfGone() {
        if (!answers()) {
            consumers.pause(REASON, this::answers);
        }
    }

    /** Says once for all flows that the database is away, and each time that a statement failed although it is not. */
    public void tickFailed(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (!consumers.reasons().contains(REASON)) {
            if (answers()) {
                log.warn(
                        "{} is tried again soon, the database failed: {}",
                        exchange.getFromRouteId(),
                        cause.getMessage());
                return;
            }
            if (consumers.pause(REASON, this::answers)) {
                log.warn(
                        "The database is away, all flows are tried again by themselves: {}",
                        NestedExceptionUtils.getMostSpecificCause(cause).getMessage());
            }
        }
        log.debug("{} failed, the database is away", exchange.getFromRouteId(), cause);
    }

    private boolean answers() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            log.debug("{}", REASON, e);
            return false;
        }
    }
}
