package io.faradaybridge;

import io.faradaybridge.faraday.FaradayAccess;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Brings the bridge's own schema up to date and changes nothing outside it. If the database is down at start, the
 * process waits in the background, answers 503, and begins to work when the database is there. It waits in the same
 * way, and creates nothing, while the database is not Faraday's or a right is missing.
 */
@Component
public class DatabaseMigration implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DatabaseMigration.class);
    private static final String SCHEMA = "faraday_bridge";
    private static final long RETRY_MILLIS = 2000;
    /** How long the readiness check reuses the last answer about rights. */
    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

    private record Checked(Optional<String> problem, long atNanos) {}

    private final FluentConfiguration flyway;
    private final FaradayAccess access;
    private final ConnectionLimit limit;
    private volatile boolean done;
    private volatile boolean running;
    private volatile @Nullable String problem;
    private volatile @Nullable Checked lastCheck;

    DatabaseMigration(DataSource dataSource, FaradayAccess access, ConnectionLimit limit) {
        this.access = access;
        this.limit = limit;
        this.flyway = Flyway.configure()
                .dataSource(dataSource)
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .createSchemas(true)
                .locations("classpath:db/migration");
    }

    /** Whether the schema is as this version expects it. */
    public boolean done() {
        return done;
    }

    /** Why the database cannot be used; empty if it can, or could a few seconds ago. */
    Optional<String> problem() {
        if (!done) {
            return Optional.of(Objects.requireNonNullElse(problem, "its schema " + SCHEMA + " is not up to date"));
        }
        Checked last = lastCheck;
        if (last == null || System.nanoTime() - last.atNanos() > FRESH_NANOS) {
            last = new Checked(rights(), System.nanoTime());
            lastCheck = last;
        }
        return last.problem();
    }

    private Optional<String> rights() {
        try {
            return access.problem(SCHEMA);
        } catch (DataAccessException e) {
            return Optional.of(message(e));
        }
    }

    @Override
    public void start() {
        running = true;
        if (!migrated()) {
            Thread waiting = new Thread(this::waitForDatabase, "database-migration");
            waiting.setDaemon(true);
            waiting.start();
        }
    }

    private void waitForDatabase() {
        try {
            do {
                Thread.sleep(RETRY_MILLIS);
            } while (running && !migrated());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean migrated() {
        try {
            Optional<String> problem = access.problem(SCHEMA);
            if (problem.isPresent()) {
                logOnce(problem.get());
                return false;
            }
            MigrateResult migration = migrate();
            if (migration.migrationsExecuted > 0) {
                log.info(
                        "Schema {} migrated from version {} to {}",
                        SCHEMA,
                        Objects.requireNonNullElse(migration.initialSchemaVersion, "none"),
                        migration.targetSchemaVersion);
            }
            done = true;
            limit.warn();
        } catch (DataAccessException | FlywayException e) {
            logOnce(message(e));
        }
        return done;
    }

    /** A build between two releases may have run a later migration without an earlier one, which is then made up for. */
    private MigrateResult migrate() {
        Flyway inOrder = flyway.outOfOrder(false).load();
        boolean lacksOne =
                Stream.of(inOrder.info().all()).anyMatch(migration -> migration.getState() == MigrationState.IGNORED);
        return (lacksOne ? flyway.outOfOrder(true).load() : inOrder).migrate();
    }

    /** Logs each problem once, although the migration is tried again every two seconds. */
    private void logOnce(String message) {
        if (!message.equals(problem)) {
            log.warn("The bridge is not ready and waits for its database: {}", message);
        }
        problem = message;
    }

    private static String message(Exception e) {
        Throwable cause = e;
        SQLException sql = null;
        while (cause != null) {
            sql = cause instanceof SQLException found ? found : sql;
            e = cause instanceof Exception inner ? inner : e;
            cause = cause.getCause();
        }
        String text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        String state = sql == null || sql.getSQLState() == null ? "" : sql.getSQLState();
        if (state.startsWith("28")) {
            return "it refuses the bridge's role (bridge.database.username, .password): " + text;
        }
        if (text.contains("unsupported startup parameter")) {
            return "PgBouncer refuses a startup parameter of the driver; put ignore_startup_parameters ="
                    + " extra_float_digits into its pgbouncer.ini: " + text;
        }
        return switch (state) {
            case "3D000" -> "there is no such database (bridge.database.url): " + text;
            case "42501" -> "the role lacks a right in the database, see db/grants.sql: " + text;
            case "53300" -> "it has no connection left (bridge.database.pool-size): " + text;
            default ->
                state.startsWith("08") || state.startsWith("57") || state.isEmpty()
                        ? "it cannot be reached: " + text
                        : "the schema " + SCHEMA + " could not be brought up to date: " + text;
        };
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before everything that works with the tables. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1000;
    }
}
