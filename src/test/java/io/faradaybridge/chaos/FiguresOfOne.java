package io.faradaybridge.chaos;

import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.FreePort;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.TemporaryFiles;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One round of one jar, as an operator starts it: database and Jira are outside of its process, the broker is in it. The
 * webhooks come last.
 */
final class FiguresOfOne {

    interface Report {
        void is(String figure, double value);
    }

    private static final int EXPORTS = Integer.getInteger("figures.exports", 2_000);
    private static final int CHANGES_OF_EACH = Integer.getInteger("figures.changes-of-each", 5);
    private static final Duration REST = Duration.ofSeconds(Integer.getInteger("figures.rest-seconds", 60));
    private static final boolean ONLY_START = Boolean.getBoolean("figures.only-start");
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Path jar;
    private final List<String> options;
    private final Path folder = TemporaryFiles.directory("figures");
    private final Map<String, Object> settings = new LinkedHashMap<>();

    FiguresOfOne(Path jar, List<String> options) {
        this.jar = jar;
        this.options = options;
    }

    void measure(Report report) {
        SandboxConnection connection = SandboxConnection.fresh(folder);
        FaradayDatabase.Instance database = FaradayDatabase.shared().newSampleDatabase();
        try (SandboxJira jira = SandboxJira.start(connection.authorise(SandboxJira.Options.dataCenter()))) {
            connection.configure(database, jira.baseUrl());
            settings.putAll(connection.settings(jira.baseUrl()));
            settings.put("bridge.database.url", database.jdbcUrl());
            settings.put("bridge.database.username", database.username());
            settings.put("bridge.database.password", database.password());
            settings.put("bridge.access.looks-per-token", 1_000_000);
            settings.put("bridge.routes.dir", folder.resolve("routes")); // absent: each jar runs the flows that it has
            for (String port : List.of("core", "amqp", "stomp")) {
                settings.put("bridge.broker.port." + port, FreePort.next());
            }
            try (BridgeProcess bridge = new BridgeProcess(jar, options, "bridge", folder, settings)) {
                bridge.start().awaitReady().kill(); // the first one makes the tables
                start(bridge, report);
                if (ONLY_START) {
                    return;
                }
                List<Integer> vulnerabilities = SampleVulnerabilities.insert(database.dataSource(), EXPORTS);
                work(bridge, jira, database.rows(), vulnerabilities, report);
                new HintFigures(bridge, database, options, folder).measure(report);
            }
        } finally {
            TemporaryFiles.delete(folder);
        }
    }

    private static void start(BridgeProcess bridge, Report report) {
        long begun = System.nanoTime();
        bridge.start().awaitReady();
        report.is("ready, s", secondsSince(begun));
        report.is("ready, s of the processor", ProcessFigures.cpuSeconds(bridge.pid()));
        pass(REST);
        report.is("resident at rest, MB", ProcessFigures.residentMegabytes(bridge.pid()));
    }

    /** Exports, then each of them changes several times, now in Faraday and now in Jira. */
    private static void work(
            BridgeProcess bridge, SandboxJira jira, JdbcClient rows, List<Integer> vulnerabilities, Report report) {
        long begun = System.nanoTime();
        bridge.call("POST", "/export", "{\"vulnerability_ids\": " + vulnerabilities + ", \"project\": \"SEC\"}", 202);
        String ids = vulnerabilities.stream().map(String::valueOf).collect(Collectors.joining(","));
        await(() -> rows.sql("SELECT count(*) FROM vulnerability WHERE issuetracker = '' AND id IN (" + ids + ")")
                        .query(Integer.class)
                        .single()
                == 0);
        report.is(EXPORTS + " exports, s", secondsSince(begun));
        jira.automation().postTo(bridge.url("/update-issues"), SampleFaraday.TOKEN_OF_ADMIN);
        begun = System.nanoTime();
        for (int change = 0; change < CHANGES_OF_EACH; change++) {
            boolean inFaraday = change % 2 == 0;
            if (inFaraday) {
                rows.sql("UPDATE vulnerability SET status = 'closed' WHERE id IN (" + ids + ")")
                        .update();
            } else {
                keys(rows, ids).forEach(key -> jira.movePerson(key, "In Progress"));
            }
            String status = inFaraday ? "Done" : "In Progress";
            await(() -> keys(rows, ids).stream()
                            .allMatch(key -> jira.issue(key).statusName().equals(status))
                    && rows.sql("SELECT count(*) FROM vulnerability WHERE status <> '"
                                            + (inFaraday ? "closed" : "re-opened") + "' AND id IN (" + ids + ")")
                                    .query(Integer.class)
                                    .single()
                            == 0
                    && rows.sql("SELECT count(*) FROM faraday_bridge.issue_link WHERE lease_token IS NOT NULL"
                                            + " OR driving_since IS NOT NULL")
                                    .query(Integer.class)
                                    .single()
                            == 0);
        }
        jira.automation().enabled(false);
        report.is(EXPORTS * CHANGES_OF_EACH + " changes, s", secondsSince(begun));
        report.is("resident at most, MB", ProcessFigures.mostResidentMegabytes(bridge.pid()));
        report.is("resident after the work, MB", ProcessFigures.residentMegabytes(bridge.pid()));
        pass(REST);
        report.is("resident " + REST.toSeconds() + " s later, MB", ProcessFigures.residentMegabytes(bridge.pid()));
    }

    private static List<String> keys(JdbcClient rows, String ids) {
        return rows.sql("SELECT issuetracker FROM vulnerability WHERE id IN (" + ids + ")")
                .query(String.class)
                .list();
    }

    static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(condition);
    }

    private static void pass(Duration time) {
        Awaitility.await().pollDelay(time).atMost(time.plusMinutes(1)).until(() -> true);
    }
}
