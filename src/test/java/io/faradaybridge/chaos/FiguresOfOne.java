package io.faradaybridge.chaos;

import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.FreePort;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.TemporaryFiles;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One round of one jar, as an operator starts it: database and Jira are outside of its process, the broker is in it. The
 * webhooks of the last part say what the bridge has just done itself, so that each is one hint on a row and no further
 * work.
 */
final class FiguresOfOne {

    interface Report {
        void is(String figure, double value);
    }

    private static final int EXPORTS = Integer.getInteger("figures.exports", 2_000);
    private static final int CHANGES_OF_EACH = Integer.getInteger("figures.changes-of-each", 5);
    private static final int HINTS = Integer.getInteger("figures.hints", 20_000);
    private static final Duration REST = Duration.ofSeconds(Integer.getInteger("figures.rest-seconds", 60));
    private static final boolean ONLY_START = Boolean.getBoolean("figures.only-start");
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String ON_ROW = "of a hint on a row, ";

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
                hints(bridge, database, report);
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

    private void hints(BridgeProcess bridge, FaradayDatabase.Instance database, Report report) {
        database.rows().sql("""
                    UPDATE faraday_bridge.issue_link
                       SET driving_from = faraday_status, driving_to_id = '', driving_to_name = 'To Do',
                           driving_since = now(), lease_token = gen_random_uuid(), lease_until = now() + interval '1 hour'
                     WHERE ended_at IS NULL""").update();
        double bridges = hints("the bridge", bridge.port(), bridge.pid(), database, report);
        int port = FreePort.next();
        Process plain = handWritten(port, database);
        try {
            await(() -> listens(port));
            double controllers = hints("hand-written controller", port, plain.pid(), database, report);
            report.is("hints a second, bridge / hand-written", bridges / controllers);
        } finally {
            plain.destroyForcibly().onExit().join();
        }
    }

    /** A second, after as many that warm the process up. */
    private static double hints(String what, int port, long pid, FaradayDatabase.Instance database, Report report) {
        List<String> keys = database.rows()
                .sql("SELECT issue_key FROM faraday_bridge.issue_link WHERE ended_at IS NULL")
                .query(String.class)
                .list();
        HintSenders.send(port, SampleFaraday.TOKEN_OF_ADMIN, keys, "To Do", HINTS);
        double cpu = ProcessFigures.cpuSeconds(pid);
        long before = echoes(database);
        long begun = System.nanoTime();
        HintSenders.send(port, SampleFaraday.TOKEN_OF_ADMIN, keys, "To Do", HINTS);
        double aSecond = HINTS / secondsSince(begun);
        if (echoes(database) - before != HINTS) {
            throw new IllegalStateException("Not every webhook left its hint on a row of " + what);
        }
        report.is("hints a second, " + what, aSecond);
        report.is("ms of the processor " + ON_ROW + what, (ProcessFigures.cpuSeconds(pid) - cpu) * 1000 / HINTS);
        return aSecond;
    }

    private static long echoes(FaradayDatabase.Instance database) {
        return database.rows()
                .sql("SELECT sum(echo_hints) FROM faraday_bridge.issue_link")
                .query(Long.class)
                .single();
    }

    private Process handWritten(int port, FaradayDatabase.Instance database) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                HandWritten.class.getName(),
                "--server.port=" + port,
                "--bridge.database.url=" + database.jdbcUrl(),
                "--bridge.database.username=" + database.username(),
                "--bridge.database.password=" + database.password()));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("hand-written.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(condition);
    }

    private static void pass(Duration time) {
        Awaitility.await().pollDelay(time).atMost(time.plusMinutes(1)).until(() -> true);
    }
}
