package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.FreePort;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.TemporaryFiles;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the packaged jar writes to its log, from the start to the end, with the embedded broker, as JSON. */
@Tag("long")
class LogLinesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Each one tells an operator something. */
    private static final int MOST_AT_START = 25;

    @Test
    void a_start_is_few_lines_a_stop_is_no_stack_trace_and_each_line_is_json_with_its_correlation_id()
            throws Exception {
        Path folder = TemporaryFiles.directory("log-lines");
        FaradayDatabase.Instance database = FaradayDatabase.shared().newSampleDatabase();
        SandboxConnection connection = SandboxConnection.fresh(folder);
        SandboxJira jira = SandboxJira.start(connection.authorise(SandboxJira.Options.dataCenter()));
        connection.configure(database, jira.baseUrl());
        Map<String, Object> settings = new HashMap<>(connection.settings(jira.baseUrl()));
        settings.put("bridge.database.url", database.jdbcUrl());
        settings.put("bridge.database.username", database.username());
        settings.put("bridge.database.password", database.password());
        settings.put("bridge.broker.port.core", FreePort.next());
        settings.put("bridge.broker.port.amqp", FreePort.next());
        settings.put("bridge.broker.port.stomp", FreePort.next());
        settings.put("management.server.address", "0.0.0.0"); // other hosts see it, as another address of this one
        settings.put("logging.structured.format.console", "ecs");

        try (BridgeProcess bridge = new BridgeProcess("logging", folder, settings).start()) {
            bridge.awaitReady();
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> lines(bridge).stream().anyMatch(line -> line.contains("Started BridgeApplication")));
            assertThat(lines(bridge)).hasSizeLessThan(MOST_AT_START);

            HttpResponse<String> refused = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(bridge.url("/update-issues")))
                                    .header("X-Jira-Token", "wrong")
                                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(bridge.health("127.0.0.2")).contains("UP");
            String id = refused.headers().firstValue("X-Correlation-Id").orElseThrow();

            assertThat(bridge.terminate()).isTrue();
            List<JsonNode> events = lines(bridge).stream().map(LogLinesIT::json).toList();
            assertThat(events).allSatisfy(event -> {
                assertThat(event.path("@timestamp").asText()).isNotBlank();
                assertThat(event.at("/log/level").asText()).isNotBlank();
                assertThat(event.has("error")).as(event.toString()).isFalse();
                assertThat(event.path("message").asText()).isNotBlank().doesNotContain("\n");
            });
            assertThat(events)
                    .filteredOn(
                            event -> event.at("/camel/breadcrumbId").asText().equals(id))
                    .extracting(event -> event.path("message").asText())
                    .anyMatch(message -> message.startsWith("REFUSED: webhooks are refused, wrong-token"));
        } finally {
            jira.close();
        }
    }

    private static List<String> lines(BridgeProcess bridge) {
        try {
            return Files.readAllLines(bridge.log().toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }
}
