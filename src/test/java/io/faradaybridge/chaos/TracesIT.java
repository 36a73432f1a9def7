package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import io.faradaybridge.sandbox.jira.SandboxJira;
import io.faradaybridge.tracing.Collector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged jar finds its exporter, and another replica goes on with a trace that it was never told of. */
@Tag("long")
class TracesIT {

    private static final Duration SOON = Duration.ofMinutes(2);

    @Test
    void the_work_of_a_replica_that_was_killed_goes_on_in_the_same_trace() throws Exception {
        try (Collector collector = new Collector();
                ChaosWorld world = new ChaosWorld(SandboxJira.Options.dataCenter())) {
            world.with("bridge.tracing.enabled", true)
                    .with("bridge.tracing.endpoint", collector.endpoint())
                    .with("bridge.sweep.interval", "1h");
            BridgeProcess first = world.bridge("first").start().awaitReady();
            int vulnerability = world.vulnerabilities(1).get(0);
            world.export(List.of(vulnerability));
            world.awaitLinked(List.of(vulnerability), Duration.ofMinutes(1));
            SandboxIssue issue = world.issue(vulnerability);
            collector.awaitSpan("the creation", span -> span.name().equals("POST /rest/api/2/issue/bulk"));
            assertThat(collector.resource().get("service.version")).matches("\\d+\\.\\d+.*");

            world.jira.movePerson(issue.key(), "Done");
            world.jira.faults().next(1, "GET", "/issue/" + issue.id() + "$", Fault.latency(Duration.ofMinutes(1)));
            String event = webhook(world, first, issue);
            await().atMost(SOON)
                    .until(() -> world.count("faraday_bridge.issue_link WHERE lease_token IS NOT NULL") == 1);
            first.kill();
            world.rows
                    .sql("UPDATE faraday_bridge.issue_link SET lease_until = now()")
                    .update();
            BridgeProcess second = world.bridge("second").start().awaitReady();
            await().atMost(SOON).until(() -> world.status(vulnerability).equals("closed"));

            String trace = event.replace("-", "");
            Collector.Seen work = collector.awaitSpan(trace, "outgoing-status");
            Collector.Seen call = collector.awaitSpan(trace, "GET /rest/api/2/issue/{}");
            assertThat(work.correlation()).isEqualTo(event);
            assertThat(work.parent())
                    .as("a span that this replica does not know")
                    .isEmpty();
            assertThat(call.parent()).isEqualTo(work.id());
            assertThat(second.terminate()).isTrue();
        }
    }

    private static String webhook(ChaosWorld world, BridgeProcess bridge, SandboxIssue issue) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(world.webhook(bridge)))
                .header("Content-Type", "application/json")
                .header("X-Jira-Token", world.token())
                .POST(HttpRequest.BodyPublishers.ofString("{\"title\": \"" + issue.key() + "\", \"status\": \"Done\"}"))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        return new ObjectMapper().readTree(answer).path("event").asText();
    }
}
