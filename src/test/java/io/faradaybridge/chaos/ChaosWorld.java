package io.faradaybridge.chaos;

import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.PassedTime;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.TemporaryFiles;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import io.faradaybridge.sandbox.jira.SandboxJira;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Everything that can fail, each in a process of its own: the packaged bridge (as many as one likes), Artemis, PostgreSQL.
 * The sandbox Jira lives with the bench, which reads from it what really happened.
 */
final class ChaosWorld implements AutoCloseable {

    static final Map<String, String> OUT =
            Map.of("open", "To Do", "re-opened", "In Progress", "closed", "Done", "risk-accepted", "Done");
    static final Map<String, String> IN = Map.of("To Do", "open", "In Progress", "re-opened", "Done", "closed");

    final Path folder = TemporaryFiles.directory("chaos");
    final FaradayDatabase server = FaradayDatabase.start();
    final FaradayDatabase.Instance database = server.newSampleDatabase();
    final JdbcClient rows = JdbcClient.create(database.dataSource());
    final SandboxJira jira;
    final ArtemisProcess artemis = new ArtemisProcess(folder).start();
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final List<BridgeProcess> bridges = new ArrayList<>();

    ChaosWorld(SandboxJira.Options options) {
        SandboxConnection connection = SandboxConnection.fresh(folder);
        jira = SandboxJira.start(connection.authorise(options));
        connection.configure(database, jira.baseUrl());
        settings.putAll(connection.settings(jira.baseUrl()));
        settings.put("bridge.database.url", database.jdbcUrl());
        settings.put("bridge.database.username", database.username());
        settings.put("bridge.database.password", database.password());
        settings.put("bridge.broker.url", "tcp://localhost:" + artemis.port() + "?reconnectAttempts=-1");
        settings.put("bridge.sweep.interval", "2s");
        settings.put("bridge.detector.interval", "500ms");
    }

    ChaosWorld with(String key, Object value) {
        settings.put(key, value);
        return this;
    }

    BridgeProcess bridge(String name) {
        return add(new BridgeProcess(name, folder, Map.copyOf(settings)));
    }

    /** Of another version, with the flows in its own jar. */
    BridgeProcess bridge(Path jar, String name) {
        Map<String, Object> its = new LinkedHashMap<>(settings);
        try {
            its.put("bridge.routes.dir", Files.createDirectories(folder.resolve("no-routes")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return add(new BridgeProcess(jar, name, folder, its));
    }

    private BridgeProcess add(BridgeProcess bridge) {
        bridges.add(bridge);
        return bridge;
    }

    List<Integer> vulnerabilities(int count) {
        return SampleVulnerabilities.insert(database.dataSource(), count);
    }

    /** As a program in Faraday sends it; waits for the broker to have it. */
    void send(String queue, String json) {
        try (ActiveMQConnectionFactory factory =
                        new ActiveMQConnectionFactory("tcp://localhost:" + artemis.port() + "?reconnectAttempts=60");
                Connection connection = factory.createConnection();
                Session session = connection.createSession();
                MessageProducer producer = session.createProducer(session.createQueue(queue))) {
            producer.send(session.createTextMessage(json));
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    void export(List<Integer> vulnerabilities) {
        export(vulnerabilities, "SEC");
    }

    void export(List<Integer> vulnerabilities, String project) {
        send("vuln-export", "{\"vulnerability_ids\": " + vulnerabilities + ", \"project\": \"" + project + "\"}");
    }

    /**
     * A project whose workflow has no shortcuts and demands a resolution at its end, and what the bridge is told about it.
     */
    void addStrictProject(String key) {
        jira.addStrictProject(key);
        rows.sql("""
                UPDATE configuration SET value = jsonb_set(value, ARRAY['projects', ?], (value #> '{projects,WEB}') ||
                 '{"attribute_mapping": {"incoming": {"To Do": "open", "In Progress": "re-opened", "Done": "closed"},
                   "outgoing": {"open": "To Do", "re-opened": "In Progress", "closed": "Done"},
                   "via": {"Done": ["In Progress", "In Review"]},
                   "transition_fields": {"closed": {"Resolution": "Done"}}}}')
                 WHERE key = 'jira_integration'""").param(key).update();
    }

    void setStatus(int vulnerability, String status) {
        rows.sql("UPDATE vulnerability SET status = ?::vulnerability_statuses WHERE id = ?")
                .param(status)
                .param(vulnerability)
                .update();
    }

    String status(int vulnerability) {
        return text("SELECT status::text FROM vulnerability WHERE id = " + vulnerability);
    }

    String key(int vulnerability) {
        return text("SELECT issuetracker FROM vulnerability WHERE id = " + vulnerability);
    }

    SandboxIssue issue(int vulnerability) {
        return jira.issue(key(vulnerability));
    }

    String text(String sql) {
        return rows.sql(sql).query(String.class).single();
    }

    int count(String from) {
        return rows.sql("SELECT count(*) FROM " + from).query(Integer.class).single();
    }

    /** As {@link PassedTime} says. */
    void minutesPass(Duration quiet) {
        PassedTime.minutes(rows, quiet);
    }

    /** The workflow was mended: a person says so for every link that it had moved nothing of, three times in a row. */
    void replayWhatWasNotMoved(BridgeProcess bridge) {
        rows.sql("SELECT vulnerability_id FROM faraday_bridge.issue_link WHERE blocked_code = 'not-moved'")
                .query(Integer.class)
                .list()
                .forEach(bridge::replay);
    }

    void awaitLinked(List<Integer> vulnerabilities, Duration atMost) {
        Awaitility.await("all exports linked")
                .atMost(atMost)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> unlinked(vulnerabilities) == 0);
    }

    int unlinked(List<Integer> vulnerabilities) {
        return count("vulnerability WHERE issuetracker = '' AND id IN ("
                + vulnerabilities.stream().map(String::valueOf).collect(Collectors.joining(",")) + ")");
    }

    /** Both sides say the same, as the mapping sees it. */
    boolean equal(int vulnerability) {
        String faraday = status(vulnerability);
        String issue = issue(vulnerability).statusName();
        return issue.equals(OUT.get(faraday)) || faraday.equals(IN.get(issue));
    }

    void awaitEqual(List<Integer> vulnerabilities, Duration atMost) {
        Awaitility.await("both sides equal")
                .atMost(atMost)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> vulnerabilities.stream().allMatch(this::equal));
    }

    /** How many issues exist for the vulnerabilities beyond one each, and how many lack theirs. */
    String issuesBeyondOne(List<Integer> vulnerabilities) {
        long distinct = vulnerabilities.stream().map(this::key).distinct().count();
        return (jira.issues().size() - distinct) + " too many, " + (vulnerabilities.size() - distinct) + " missing";
    }

    String webhook(BridgeProcess bridge) {
        return bridge.url("/update-issues");
    }

    String token() {
        return SampleFaraday.TOKEN_OF_ADMIN;
    }

    @Override
    public void close() {
        bridges.forEach(BridgeProcess::close);
        artemis.close();
        jira.close();
        server.close();
        TemporaryFiles.delete(folder);
    }
}
