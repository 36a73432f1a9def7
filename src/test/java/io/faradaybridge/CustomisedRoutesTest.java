package io.faradaybridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator changes the flows: the examples, a template and the SQL, all in one routes folder. */
@Tag("long")
class CustomisedRoutesTest {

    private static final Duration SOON = Duration.ofSeconds(90);

    private static final List<String> notices = new CopyOnWriteArrayList<>();
    private static volatile boolean receiverWorks = true;
    private static HttpServer receiver;
    private static BridgeWorld world;

    @BeforeAll
    static void customise(@TempDir Path routes) throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            notices.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(receiverWorks ? 204 : 503, -1);
            exchange.close();
        });
        receiver.start();
        try (Stream<Path> examples = Files.list(Path.of("routes/examples"))) {
            for (Path example : examples.toList()) {
                Files.copy(example, routes.resolve(example.getFileName()));
            }
        }
        String sql = Files.readString(Path.of("routes/export-vulnerability.sql"));
        Files.writeString(
                routes.resolve("export-vulnerability.sql"),
                sql.replaceFirst("(?m)^SELECT$", "SELECT upper(w.name) AS Team_Name,"));
        Files.createDirectory(routes.resolve("templates"));
        Files.writeString(routes.resolve("templates/summary.ftl"), "${vuln.team_name}: ${vuln.name}");
        world = BridgeWorld.asleep(SandboxJira.Options.dataCenter())
                .with("bridge.routes.dir", routes)
                .with("NOTIFY_URL", "http://localhost:" + receiver.getAddress().getPort() + "/hook")
                .start();
    }

    @AfterAll
    static void leave() {
        world.close();
        receiver.stop(0);
    }

    /** While the bridge is idle; no message or webhook comes. */
    private static Link movedOnBothSides() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.configure("value || '{\"enabled\": false}'");
        world.jira().movePerson(link.issueKey(), "In Progress");
        world.setStatus(link.vulnerability(), "closed");
        return link;
    }

    private static void awaitNotice(String beginsWith, String about) {
        await().atMost(SOON).untilAsserted(() -> assertThat(notices)
                .extracting(notice -> BridgeWorld.json(notice).path("text").asText())
                .anyMatch(text -> text.startsWith(beginsWith) && text.contains(about)));
    }

    private interface Event {
        void of(Link link);
    }

    /** With the detector stopped, nobody but who is named finds it. */
    private static void conflictFoundBy(Event event) throws Exception {
        RouteController routes = world.bean(CamelContext.class).getRouteController();
        routes.stopRoute("detector");
        try {
            Link link = movedOnBothSides();
            world.configure("value || '{\"enabled\": true}'");

            event.of(link);

            awaitNotice(
                    "CONFLICT: vulnerability " + link.vulnerability() + ", issue " + link.issueKey()
                            + ": Jira's 'In Progress'",
                    "");
            link.awaitQuiet();
            assertThat(link.outcomes()).containsOnlyOnce("conflict").doesNotContain("applied", "driven", "postponed");
        } finally {
            routes.startRoute("detector");
        }
    }

    @Test
    void a_conflict_found_by_a_webhook_is_sent_to_the_chat() throws Exception {
        conflictFoundBy(link -> world.post(
                "/_api/v3/integrations/jira/update-issues",
                "{\"title\": \"" + link.issueKey() + "\", \"status\": \"In Progress\"}",
                Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN)));
    }

    @Test
    void a_conflict_found_by_the_sweep_is_sent_to_the_chat() throws Exception {
        conflictFoundBy(link -> world.sweep());
    }

    @Test
    void a_refusal_by_a_call_of_the_api_is_sent_to_the_chat() {
        int queued = world.vulnerabilities(1).get(0);
        world.rows().sql("""
                        WITH batch AS (
                          INSERT INTO faraday_bridge.export_batch
                                 (username, source, project_key, issue_type, correlation_id)
                          VALUES ('faraday', 'api', 'WEB', 'Bug', 'c-1') RETURNING id)
                        INSERT INTO faraday_bridge.export_item
                               (batch_id, vulnerability_id, project_key, issue_type, state, faraday_status, retry_at)
                        SELECT id, ?, 'WEB', 'Bug', 'reserved', 'open', now() + interval '1 hour' FROM batch""").param(queued).update();

        HttpRequest.Builder removal = HttpRequest.newBuilder(
                        world.url("/_api/v3/integrations/jira/projects/WEB?confirm=true"))
                .DELETE();
        BridgeWorld.basic("faraday", "faraday").forEach(removal::header);
        assertThat(world.send(removal.build()).statusCode()).isEqualTo(200);

        awaitNotice("REFUSED: vulnerability " + queued + ": not exported to WEB: ", "by faraday");
    }

    @Test
    void a_block_is_sent_to_the_chat() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().permissions().withdraw(Permission.TRANSITION, "SEC", SandboxConnection.SERVICE_ACCOUNT);
        try {
            world.setStatus(link.vulnerability(), "closed");

            awaitNotice("BLOCKED: vulnerability " + link.vulnerability() + ", issue " + link.issueKey() + ": ", "");
        } finally {
            world.jira().permissions().grant(Permission.TRANSITION, "SEC", SandboxConnection.SERVICE_ACCOUNT);
        }
    }

    @Test
    void a_receiver_that_fails_is_tried_again_and_fails_no_flow() {
        receiverWorks = false;
        Link link = movedOnBothSides();
        world.configure("value || '{\"enabled\": true}'");

        link.awaitFaraday("re-opened");
        link.awaitQuiet();
        await().atMost(SOON).until(() -> noticesOf(link) >= 2);
        receiverWorks = true;
        assertThat(link.outcomes()).containsOnlyOnce("conflict").doesNotContain("applied", "driven", "postponed");
        assertThat(world.rows()
                        .sql("SELECT count(*) FROM faraday_bridge.dead_letter")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private static long noticesOf(Link link) {
        return notices.stream()
                .filter(notice -> notice.contains("issue " + link.issueKey() + ":"))
                .count();
    }

    @Test
    void each_status_that_was_carried_over_is_a_line_of_the_days_file() {
        Link toFaraday = Link.exported(world, "SEC");
        Link toJira = Link.exported(world, "SEC");
        world.jira().automation(world.webhookUrl(), SampleFaraday.TOKEN_OF_PENTESTER);

        world.jira().movePerson(toFaraday.issueKey(), "Done");
        world.setStatus(toJira.vulnerability(), "closed");

        toFaraday.awaitFaraday("closed");
        toJira.awaitJira("Done");
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(csvLines())
                .anyMatch(line -> line.matches("20[0-9-]+T[0-9:.]+Z,APPLIED,[^,]+," + toFaraday.issueKey() + ","
                        + toFaraday.vulnerability() + ",\"Jira's 'Done' .* from 'open' to 'closed'\""))
                .anyMatch(line -> line.matches("20[0-9-]+T[0-9:.]+Z,DRIVEN,[^,]+," + toJira.issueKey() + ","
                        + toJira.vulnerability() + ",\"Faraday's 'closed': issue moved .*to 'Done' .*\"")));
        assertThat(toFaraday.outcomes()).containsExactly("exported", "applied");
        assertThat(toJira.outcomes()).containsExactly("exported", "driven");
    }

    @Test
    void whatever_text_an_event_holds_the_notice_is_json_and_the_file_is_csv() {
        String odd = "a \"quote\", a comma, it's ${body.id} and ü";
        Activity activity = world.bean(Activity.class);

        activity.record(Outcome.DRIVEN, "c-odd", null, "ODD-1", odd, null);
        activity.record(Outcome.BLOCKED, "c-odd", null, "ODD-1", odd, null);

        awaitNotice("BLOCKED: issue ODD-1: " + odd, "");
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(csvLines())
                .anyMatch(line ->
                        line.endsWith(",DRIVEN,c-odd,ODD-1,,\"a \"\"quote\"\", a comma, it's ${body.id} and ü\"")));
    }

    @Test
    void examples_are_added_and_replace_nothing() throws IOException {
        try (Stream<Path> examples = Files.list(Path.of("routes/examples"))) {
            assertThat(examples)
                    .extracting(example -> String.valueOf(example.getFileName()).replaceFirst("\\..*", ".yaml"))
                    .hasSize(2)
                    .allSatisfy(name -> assertThat(Path.of("routes", name)).doesNotExist());
        }
    }

    @Test
    void a_column_added_to_the_sql_is_known_to_a_changed_template() {
        Link link = Link.exported(world, "SEC");

        SandboxIssue issue = world.jira().issue(link.issueKey());

        assertThat(issue.summary())
                .isEqualTo(world.rows()
                        .sql(
                                "SELECT upper(w.name) || ': ' || v.name FROM vulnerability v JOIN workspace w ON w.id = v.workspace_id"
                                        + " WHERE v.id = ?")
                        .param(link.vulnerability())
                        .query(String.class)
                        .single());
        assertThat(issue.fields().get("description")).asString().contains("||Severity|");
    }

    @Test
    void text_beside_the_flows_is_read_and_nothing_outside_the_folder() throws IOException {
        RouteFiles files = world.bean(RouteFiles.class);

        assertThat(files.text("export-vulnerability.sql")).contains("Team_Name");
        assertThat(files.text("reconcile.yaml")).contains("id: reconcile");
        for (String outside : List.of("../application.yaml", "templates/../../application.yaml", "/etc/hostname")) {
            assertThatThrownBy(() -> files.text(outside)).hasMessageContaining("outside the routes folder");
        }
    }

    private static List<String> csvLines() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(world.directory().resolve("audit"))) {
            for (Path file : files.toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }
}
