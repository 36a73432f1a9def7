package io.faradaybridge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** One id leads through answer, log and activity, whatever the work began with. */
@ExtendWith(OutputCaptureExtension.class)
class CorrelationStoryTest {

    private static final String CALLS = "io.faradaybridge.jira.client.JiraCall";
    private static final String HEADER = "X-Correlation-Id";

    private final BridgeWorld world = BridgeWorld.shared();

    @Test
    void a_webhook_s_event_is_in_its_answer_in_the_lines_of_jira_s_call_and_in_the_activity(CapturedOutput log) {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        LoggingSystem levels = LoggingSystem.get(getClass().getClassLoader());
        levels.setLogLevel(CALLS, LogLevel.DEBUG);
        try {
            world.jira().movePerson(link.issueKey(), "Done");
            HttpResponse<String> answer = webhook(link, SampleFaraday.TOKEN_OF_ADMIN);
            String event = BridgeWorld.json(answer.body()).path("event").asText();
            assertThat(answer.headers().firstValue(HEADER)).contains(event);

            link.awaitFaraday("closed");
            await().untilAsserted(
                            () -> assertThat(correlations(link, "applied")).containsExactly(event));
            assertThat(log.getAll().lines().filter(line -> line.contains("[" + event + "]")))
                    .anyMatch(line -> line.contains("GET /rest/api/2/issue/"))
                    .anyMatch(line -> line.contains("APPLIED"));
        } finally {
            levels.setLogLevel(CALLS, null);
        }
    }

    @Test
    void every_answer_names_an_id_of_its_own_which_a_sender_cannot_choose() {
        HttpResponse<String> refused = world.post(
                "/_api/v3/integrations/jira/update-issues", "{}", Map.of("X-Jira-Token", "wrong", HEADER, "chosen"));
        HttpResponse<String> status =
                world.get("/_api/v3/integrations/jira/status", BridgeWorld.basic("faraday", "faraday"));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(List.of(refused, status)).allSatisfy(answer -> assertThat(
                        UUID.fromString(answer.headers().firstValue(HEADER).orElseThrow()))
                .isNotNull());
        assertThat(refused.headers().firstValue(HEADER))
                .isNotEqualTo(status.headers().firstValue(HEADER));
    }

    @Test
    void the_id_of_a_message_and_that_of_a_request_lead_to_the_exported_issue() {
        int byMessage = world.vulnerabilities(1).get(0);
        int byRequest = world.vulnerabilities(1).get(0);
        String sent = "story-" + UUID.randomUUID();

        try (ProducerTemplate producer = world.bean(CamelContext.class).createProducerTemplate()) {
            producer.sendBodyAndHeader(
                    "jms:queue:vuln-export",
                    "{\"vulnerability_ids\": [" + byMessage + "], \"project\": \"SEC\"}",
                    "bridge-correlation",
                    sent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        HttpResponse<String> answer = world.post(
                "/_api/v3/integrations/jira/export",
                "{\"vulnerability_ids\": [" + byRequest + "], \"project\": \"SEC\"}",
                BridgeWorld.basic("faraday", "faraday"));

        await().until(() -> !world.issueKey(byMessage).isEmpty()
                && !world.issueKey(byRequest).isEmpty());
        assertThat(batch(byMessage)).isEqualTo(sent);
        assertThat(batch(byRequest))
                .isEqualTo(answer.headers().firstValue(HEADER).orElseThrow());
        await().untilAsserted(() -> assertThat(correlations(new Link(world, byMessage, ""), "exported"))
                .containsExactly(sent));
    }

    @Test
    void the_id_of_a_message_is_in_the_line_of_its_dead_letter(CapturedOutput log) throws IOException {
        String sent = "broken-" + UUID.randomUUID();

        try (ProducerTemplate producer = world.bean(CamelContext.class).createProducerTemplate()) {
            producer.sendBodyAndHeader("jms:queue:vuln-export", "not JSON", "bridge-correlation", sent);
        }

        await().untilAsserted(() -> assertThat(log.getAll().lines())
                .anyMatch(line -> line.contains("[" + sent + "]") && line.contains("DEAD")));
    }

    private String batch(int vulnerability) {
        return world.rows()
                .sql("SELECT correlation_id FROM faraday_bridge.export_batch b WHERE id ="
                        + " (SELECT batch_id FROM faraday_bridge.export_item WHERE vulnerability_id = ?)")
                .param(vulnerability)
                .query(String.class)
                .single();
    }

    private List<String> correlations(Link link, String outcome) {
        return world.rows()
                .sql("SELECT correlation_id FROM faraday_bridge.activity"
                        + " WHERE vulnerability_id = ? AND lower(outcome) = ?")
                .param(link.vulnerability())
                .param(outcome)
                .query(String.class)
                .list();
    }

    private HttpResponse<String> webhook(Link link, String token) {
        return world.post(
                "/_api/v3/integrations/jira/update-issues",
                "{\"title\": \"" + link.issueKey() + "\", \"status\": \"" + link.jira() + "\"}",
                Map.of("X-Jira-Token", token));
    }
}
