package io.faradaybridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.ExchangePattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator changes the flows: the examples, a template and the SQL, all in one routes folder. */
class CustomisedRoutesTest {

    private static final Duration SOON = Duration.ofSeconds(20);

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

    @Test
    void a_flow_replaced_in_yaml_moves_the_issue_and_tells_a_web_address() {
        Link link = Link.exported(world, "SEC");

        world.setStatus(link.vulnerability(), "closed");

        link.awaitJira("Done");
        link.awaitQuiet();
        await().atMost(SOON).untilAsserted(() -> assertThat(notices)
                .extracting(BridgeWorld::json)
                .contains(BridgeWorld.json("""
                        {"issue": "%s", "status": "Done", "vulnerability": %d}""".formatted(link.issueKey(), link.vulnerability()))));
        assertThat(link.outcomes()).containsExactly("exported", "driven");
    }

    @Test
    void a_receiver_that_fails_is_tried_again_and_fails_no_flow() {
        Link link = Link.exported(world, "SEC");
        receiverWorks = false;

        world.setStatus(link.vulnerability(), "closed");

        link.awaitJira("Done");
        link.awaitQuiet();
        await().atMost(SOON).until(() -> noticesOf(link) >= 2);
        receiverWorks = true;
        assertThat(link.outcomes()).containsExactly("exported", "driven");
    }

    @Test
    void flows_of_an_operator_are_handed_over_to_in_only_too() throws Exception {
        receiverWorks = true;

        assertThat(HandOverTest.takenUp(world))
                .containsKeys("incoming-status", "outgoing-status", "notify", "audit")
                .allSatisfy((route, pattern) -> assertThat(pattern).as(route).isEqualTo(ExchangePattern.InOnly));
    }

    private static long noticesOf(Link link) {
        return notices.stream()
                .filter(notice -> notice.contains('"' + link.issueKey() + '"'))
                .count();
    }

    @Test
    void a_flow_replaced_in_xml_changes_the_vulnerability_and_writes_a_file() {
        Link link = Link.exported(world, "SEC");
        world.jira().automation(world.webhookUrl(), SampleFaraday.TOKEN_OF_PENTESTER);

        world.jira().movePerson(link.issueKey(), "Done");

        link.awaitFaraday("closed");
        link.awaitQuiet();
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(auditLines())
                .anyMatch(line -> line.endsWith("," + link.issueKey() + "," + link.vulnerability() + ",open,closed")));
        assertThat(link.outcomes()).containsExactly("exported", "applied");
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

    private static List<String> auditLines() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(world.directory().resolve("audit"))) {
            for (Path file : files.toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }
}
