package io.faradaybridge.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** An operator sees how the routes do, and in what the files that run differ from the shipped ones. */
@ExtendWith(OutputCaptureExtension.class)
class FlowsStoryTest {

    private static final String ROUTES = "/_api/v3/integrations/jira/routes";
    private static final String SECRET = "s3cr3t-of-the-chat";

    private static Path folder;
    private static BridgeWorld world;

    @BeforeAll
    static void customise(@TempDir Path routes) throws IOException {
        folder = routes;
        String shipped = Files.readString(Path.of("routes/reconcile.yaml"));
        Files.writeString(routes.resolve("reconcile.yaml"), shipped + "# changed by us\n");
        Files.writeString(routes.resolve("notice.yaml"), """
            - route:
                id: notice
                from:
                  uri: direct:notice
                  parameters: {failIfNoConsumers: false}
                  steps:
                    - to: {id: send-notice, uri: "http://localhost:1/%s?connectTimeout=100"}
            """.formatted(SECRET));
        world = BridgeWorld.asleep(SandboxJira.Options.dataCenter())
                .with("bridge.routes.dir", routes)
                .start();
    }

    @AfterAll
    static void leave() {
        world.close();
    }

    private static JsonNode routes() {
        return BridgeWorld.json(
                world.get(ROUTES, BridgeWorld.basic("pentester", "pentester")).body());
    }

    private static JsonNode route(String id) {
        return find(routes().path("routes"), "id", id);
    }

    private static JsonNode listed(String file) {
        return find(routes().path("files"), "name", file);
    }

    private static JsonNode find(JsonNode list, String key, String value) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(one -> one.path(key).asText().equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + value + " in " + list));
    }

    private static JsonNode file(String name) {
        return BridgeWorld.json(world.get(ROUTES + "/file?name=" + name, BridgeWorld.basic("faraday", "faraday"))
                .body());
    }

    @Test
    void each_route_tells_its_file_its_state_and_what_it_has_done() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");
        link.awaitQuiet();

        JsonNode export = route("export-chunk");
        assertThat(export.path("file").asText()).isEqualTo("export.yaml");
        assertThat(export.path("state").asText()).isEqualTo("started");
        assertThat(export.path("done").asLong()).isPositive();
        assertThat(export.path("failed").asLong()).isZero();
        assertThat(export.path("in_flight").asLong()).isZero();
        assertThat(export.path("mean_ms").asDouble()).isPositive();
        assertThat(export.path("last_failure").isNull()).isTrue();
        assertThat(route("incoming-ingress").path("file").isNull()).isTrue();
        assertThat(route("outgoing-ingress").path("begins_with").asText()).isEqualTo("jms:queue:vuln-status");
    }

    @Test
    void a_failure_is_counted_where_it_happened_with_its_reason() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        long before = route("outgoing-status").path("failed").asLong();
        long called = route("jira-http").path("failed").asLong();
        world.jira().faults().next(1, "POST", ".*/transitions", Fault.errorBefore(500));

        world.setStatus(link.vulnerability(), "closed");

        await().untilAsserted(() ->
                assertThat(route("make-transition").path("failed").asLong()).isPositive());
        JsonNode failure = route("make-transition").path("last_failure");
        assertThat(failure.path("reason").asText()).contains("500");
        assertThat(failure.path("at").asText()).endsWith("Z");
        assertThat(failure.path("correlation_id").asText()).isNotEmpty();
        assertThat(route("outgoing-status").path("failed").asLong()).isEqualTo(before);
        assertThat(route("jira-http").path("failed").asLong()).isEqualTo(called);
    }

    @Test
    void the_failure_of_a_route_of_the_operator_holds_nothing_of_the_address_that_it_called() throws IOException {
        try (ProducerTemplate sender = world.bean(CamelContext.class).createProducerTemplate()) {
            sender.send("direct:notice", exchange -> exchange.getMessage().setBody("text"));
        }

        JsonNode notice = route("notice");
        assertThat(notice.path("failed").asLong()).isEqualTo(1);
        assertThat(notice.path("last_failure").path("reason").asText()).contains("the log says more");
        assertThat(routes().toString()).doesNotContain(SECRET);
        assertThat(listed("notice.yaml").path("source").asText()).isEqualTo("added");
    }

    @Test
    void a_replaced_file_shows_its_difference_and_a_shipped_one_none() throws Exception {
        world.bean(ReplacedFiles.class).note();

        JsonNode replaced = file("reconcile.yaml");
        assertThat(replaced.path("source").asText()).isEqualTo("replaced");
        assertThat(replaced.path("difference").asText()).contains("--- shipped", "+++ yours", "+# changed by us");
        assertThat(replaced.path("left_behind").asBoolean(true)).isFalse();
        assertThat(replaced.path("upgrade").isNull()).isTrue();
        assertThat(file("export.yaml").path("difference").isNull()).isTrue();
        assertThat(listed("export-vulnerability.sql").path("source").asText()).isEqualTo("shipped");
        assertThat(listed("templates/summary.ftl").path("source").asText()).isEqualTo("shipped");
        assertThat(world.get(ROUTES + "/file?name=../application.yaml", BridgeWorld.basic("faraday", "faraday"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_file_that_an_upgrade_has_left_behind_shows_what_the_upgrade_changed() throws Exception {
        Files.createDirectories(folder.resolve("templates"));
        Files.writeString(folder.resolve("templates/summary.ftl"), "${vuln.name}, ours");
        assertThat(listed("templates/summary.ftl").path("left_behind").isNull()).isTrue();
        world.bean(ReplacedFiles.class).note();
        assertThat(listed("templates/summary.ftl").path("left_behind").asBoolean(true))
                .isFalse();
        world.rows()
                .sql(
                        "UPDATE faraday_bridge.replaced_file SET shipped = 'a line of the version before' || chr(10) || shipped"
                                + " WHERE name = 'templates/summary.ftl'")
                .update();

        assertThat(listed("templates/summary.ftl").path("left_behind").asBoolean())
                .isTrue();
        assertThat(file("templates/summary.ftl").path("upgrade").asText()).contains("-a line of the version before");

        Files.writeString(folder.resolve("templates/summary.ftl"), "${vuln.name}, ours, made anew");
        world.bean(ReplacedFiles.class).note();
        assertThat(listed("templates/summary.ftl").path("left_behind").asBoolean(true))
                .isFalse();
        Files.delete(folder.resolve("templates/summary.ftl"));
    }

    @Test
    void a_file_that_was_left_behind_stays_so_until_it_has_something_of_the_upgrade(CapturedOutput log)
            throws Exception {
        Path copy = Files.createDirectories(folder.resolve("templates")).resolve("description.ftl");
        Files.writeString(copy, "${vuln.name}, ours");
        world.bean(ReplacedFiles.class).note();
        world.rows()
                .sql(
                        "UPDATE faraday_bridge.replaced_file SET shipped = 'the version before' WHERE name = 'templates/description.ftl'")
                .update();

        Files.writeString(copy, "<#-- a remark -->${vuln.name}, ours");
        world.bean(ReplacedFiles.class).note();
        world.bean(ReplacedFiles.class).note();

        assertThat(listed("templates/description.ftl").path("left_behind").asBoolean())
                .isTrue();
        assertThat(file("templates/description.ftl").path("upgrade").asText()).contains("-the version before");
        assertThat(inHealth("templates/description.ftl").path("source").asText())
                .isEqualTo("replaced");
        assertThat(inHealth("templates/description.ftl").path("left_behind").asBoolean())
                .isTrue();
        assertThat(inHealth("notice.yaml").path("source").asText()).isEqualTo("added");
        assertThat(inHealth("export.yaml").path("source").asText()).isEqualTo("shipped");
        assertThat(world.bean(RouteFilesHealth.class).health().getDetails())
                .containsEntry("templates/description.ftl", Map.of("source", "replaced", "left_behind", true))
                .containsEntry("notice.yaml", Map.of("source", "added"));
        assertThat(log.getAll()).containsOnlyOnce("The route file templates/description.ftl was left behind");

        Files.writeString(copy, Files.readString(Path.of("routes/templates/description.ftl")) + "ours\n");
        world.bean(ReplacedFiles.class).note();

        assertThat(listed("templates/description.ftl").path("left_behind").asBoolean(true))
                .isFalse();
        assertThat(inHealth("templates/description.ftl").path("left_behind").asBoolean(true))
                .isFalse();
        Files.delete(copy);
    }

    private static JsonNode inHealth(String name) {
        String health = world.get("/_api/v3/integrations/jira/health", BridgeWorld.basic("pentester", "pentester"))
                .body();
        return find(BridgeWorld.json(health).path("files"), "name", name);
    }

    @Test
    void a_flow_that_was_changed_after_the_start_waits_for_the_next_one() throws IOException {
        Path notice = folder.resolve("notice.yaml");
        String text = Files.readString(notice);
        Files.writeString(notice, text + "# later\n");

        assertThat(listed("notice.yaml").path("waits").asBoolean()).isTrue();
        assertThat(file("notice.yaml").path("text").asText()).isEqualTo(text);
        assertThat(listed("reconcile.yaml").path("waits").asBoolean()).isFalse();
        Files.writeString(notice, text);
    }

    @Test
    void the_text_of_a_file_is_for_administrators() {
        assertThat(world.get(ROUTES + "/file?name=notice.yaml", BridgeWorld.basic("pentester", "pentester"))
                        .statusCode())
                .isEqualTo(403);
    }
}
