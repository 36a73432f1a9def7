package io.faradaybridge;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Ready when the routes are started and hints can be stored. Without the database the webhook could only answer 503.
 */
@Component("bridge")
@Order(Ordered.HIGHEST_PRECEDENCE)
class BridgeHealth implements HealthIndicator, ApplicationListener<ContextClosedEvent> {

    private static final int ANSWER_SECONDS = 2;

    private final CamelContext camel;
    private final DatabaseMigration migration;
    private final DataSource database;
    private volatile boolean stopping;

    BridgeHealth(CamelContext camel, DatabaseMigration migration, DataSource database) {
        this.camel = camel;
        this.migration = migration;
        this.database = database;
    }

    /** A process that stops is not ready from the first moment on, so that nothing new is sent to it. */
    @Override
    public void onApplicationEvent(ContextClosedEvent closing) {
        stopping = true;
    }

    @Override
    public Health health() {
        if (stopping) {
            return Health.down().withDetail("process", "stops").build();
        }
        if (camel.getRouteController().getRouteStatus("incoming-ingress") != ServiceStatus.Started) {
            return Health.down().withDetail("routes", "not started yet").build();
        }
        if (!answers()) {
            return Health.down()
                    .withDetail(
                            "database",
                            migration.done()
                                    ? "does not answer"
                                    : migration.problem().orElse("does not answer"))
                    .build();
        }
        Optional<String> problem = migration.problem();
        if (problem.isPresent()) {
            return Health.down().withDetail("database", problem.get()).build();
        }
        return Health.up().build();
    }

    private boolean answers() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }
}
