package io.faradaybridge.health;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.faradaybridge.health.HealthReport.Database;
import io.faradaybridge.health.HealthReport.Pool;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Asks the database something small. */
@Component
class DatabaseProbe {

    private final DataSource database;
    private final HealthIndicator readiness;

    DatabaseProbe(DataSource database, @Qualifier("bridge") HealthIndicator readiness) {
        this.database = database;
        this.readiness = readiness;
    }

    Database look() {
        Object problem = readiness.health().getDetails().get("database");
        String said = problem == null ? null : String.valueOf(problem);
        long began = System.nanoTime();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SELECT current_setting('server_version')")) {
            answer.next();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            return new Database(true, millis, answer.getString(1), pool(), said);
        } catch (SQLException away) {
            return new Database(false, null, null, pool(), said == null ? "does not answer" : said);
        }
    }

    private @Nullable Pool pool() {
        try {
            HikariDataSource connections = database.unwrap(HikariDataSource.class);
            HikariPoolMXBean used = connections.getHikariPoolMXBean();
            return used == null
                    ? null
                    : new Pool(
                            used.getActiveConnections(),
                            used.getIdleConnections(),
                            used.getThreadsAwaitingConnection(),
                            connections.getMaximumPoolSize());
        } catch (SQLException another) {
            return null;
        }
    }
}
