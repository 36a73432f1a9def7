package io.faradaybridge;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.exception.FlywaySqlException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Brings our own schema up to date, and nothing outside it. A database that is down at start is waited for in the
 * background: the process stays up, answers 503, and goes to work when it is there.
 */
@Component
public class DatabaseMigration implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DatabaseMigration.class);
    private static final String SCHEMA = "faraday_bridge";
    private static final long RETRY_MILLIS = 2000;

    private final Flyway flyway;
    private volatile boolean done;
    private volatile boolean running;

    DatabaseMigration(DataSource dataSource) {
        this.flyway = Flyway.configure()
                .dataSource(dataSource)
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .createSchemas(true)
                .locations("classpath:db/migration")
                .load();
    }

    /** The schema is there and as this version expects it. */
    public boolean done() {
        return done;
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
            flyway.migrate();
            done = true;
        } catch (FlywaySqlException e) {
            log.warn("The database cannot be reached, it is waited for: {}", firstLine(e));
        } catch (FlywayException e) {
            log.error("The schema {} could not be brought up to date: {}", SCHEMA, firstLine(e));
        }
        return done;
    }

    private static String firstLine(FlywayException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
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
