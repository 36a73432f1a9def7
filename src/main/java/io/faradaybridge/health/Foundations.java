package io.faradaybridge.health;

import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.tables.Columns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks at everything that the bridge stands on. */
@Component
class Foundations {

    private final DatabaseProbe database;
    private final BrokerProbe broker;
    private final HealthIndicator flows;
    private final HealthIndicator files;
    private final JdbcClient jdbc;
    private final IntegrationConfigurationSource configuration;

    Foundations(
            DatabaseProbe database,
            BrokerProbe broker,
            @Qualifier("flows") HealthIndicator flows,
            @Qualifier("routeFilesInUse") HealthIndicator files,
            JdbcClient jdbc,
            IntegrationConfigurationSource configuration) {
        this.database = database;
        this.broker = broker;
        this.flows = flows;
        this.files = files;
        this.jdbc = jdbc;
        this.configuration = configuration;
    }

    HealthReport look() {
        HealthReport.Database now = database.look();
        Map<String, String> broken = new TreeMap<>();
        flows.health().getDetails().forEach((route, problem) -> broken.put(route, String.valueOf(problem)));
        try {
            return new HealthReport(now, broker.look(), broken, files(), sweeps(), blocked());
        } catch (DataAccessException away) {
            return new HealthReport(now, broker.look(), broken, files(), Map.of(), Map.of());
        }
    }

    private List<HealthReport.RouteFile> files() {
        List<HealthReport.RouteFile> all = new ArrayList<>();
        files.health().getDetails().forEach((name, detail) -> {
            Map<?, ?> file = (Map<?, ?>) detail;
            all.add(new HealthReport.RouteFile(
                    name, String.valueOf(file.get("source")), (Boolean) file.get("left_behind")));
        });
        return all;
    }

    /** When the newest sweep of each project at work began. */
    Map<String, Instant> sweeps() {
        Map<String, Instant> begun = new TreeMap<>();
        jdbc.sql("""
            SELECT substr(name, 7) AS project, to_timestamp((value ->> 'started')::float8) AS started
              FROM faraday_bridge.runtime_state WHERE name LIKE 'sweep:%'""")
                .query((row, n) -> begun.put(row.getString("project"), Columns.instant(row, "started")))
                .list();
        begun.keySet().retainAll(configuration.current().keysAtWork());
        return begun;
    }

    private Map<String, Long> blocked() {
        Map<String, Long> counted = new TreeMap<>();
        jdbc.sql("""
            SELECT coalesce(blocked_code, 'other') AS code, count(*) AS many FROM faraday_bridge.issue_link
             WHERE ended_at IS NULL AND blocked_at IS NOT NULL AND coalesce(blocked_code, '') NOT LIKE 'held-%'
             GROUP BY 1""")
                .query((row, n) -> counted.put(row.getString("code"), row.getLong("many")))
                .list();
        return counted;
    }
}
