package io.faradaybridge.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.activity.LastRequests.LastRequest;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraOperation;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.SentRequest;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.jira.Fault;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** People look at what the bridge sent to Jira last for a vulnerability. */
class LastRequestTest {

    private final BridgeWorld world = BridgeWorld.shared();

    @BeforeEach
    void enter() {
        BridgeWorld.shared();
    }

    @AfterEach
    void calm() {
        world.jira().calm();
    }

    private HttpResponse<String> get(int vulnerability, String user) {
        return world.get(
                "/_api/v3/integrations/jira/vulnerabilities/" + vulnerability + "/last-request",
                BridgeWorld.basic(user, user));
    }

    private JsonNode shown(int vulnerability) {
        return BridgeWorld.json(get(vulnerability, "faraday").body());
    }

    @Test
    void the_creation_is_shown_and_then_the_transition_as_jira_answered_them() {
        Link link = Link.exported(world, "SEC", 2).get(1);
        JsonNode created = shown(link.vulnerability());
        assertThat(created.path("method").asText() + " " + created.path("path").asText())
                .isEqualTo("POST /rest/api/2/issue/bulk");
        assertThat(created.path("status").asInt()).isEqualTo(201);
        assertThat(created.path("issues").asInt()).isEqualTo(2);
        assertThat(created.at("/body/issueUpdates")).hasSize(1);
        assertThat(created.at("/body/issueUpdates/0/fields/summary").asText())
                .isEqualTo(world.jira().issue(link.issueKey()).summary());

        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");
        link.awaitQuiet();

        JsonNode moved = shown(link.vulnerability());
        assertThat(moved.path("method").asText() + " " + moved.path("path").asText())
                .isEqualTo("POST /rest/api/2/issue/"
                        + world.jira().issue(link.issueKey()).id() + "/transitions");
        assertThat(moved.at("/body/transition/id").asText()).isNotEmpty();
        assertThat(moved.path("status").asInt()).isEqualTo(204);
        assertThat(moved.path("reason").isNull()).isTrue();
        assertThat(moved.path("took_ms").asLong()).isBetween(0L, 60_000L);
        assertThat(moved.path("at").asText()).isGreaterThan(created.path("at").asText());
    }

    @Test
    void what_jira_refuses_is_shown_with_its_reason() {
        List<Integer> refused = world.vulnerabilities(2);
        world.jira().faults().next(1, "POST", ".*/issue/bulk", Fault.errorBefore(400));
        long batch = world.export(refused, "SEC").path("id").asLong();
        await().until(() -> world.batch(batch).path("finished").asBoolean());
        for (int vulnerability : refused) {
            JsonNode request = shown(vulnerability);
            assertThat(request.path("status").asInt()).isEqualTo(400);
            assertThat(request.path("issues").asInt()).isEqualTo(2);
            assertThat(request.path("reason").asText()).isNotEmpty();
        }

        Link link = Link.exported(world, "SEC");
        world.jira().faults().next(2, "POST", ".*/transitions", Fault.errorBefore(400));
        world.setStatus(link.vulnerability(), "closed");
        await().until(() -> !link.blockedReason().isEmpty());
        JsonNode request = shown(link.vulnerability());
        assertThat(request.path("path").asText()).endsWith("/transitions");
        assertThat(request.path("status").asInt()).isEqualTo(400);
        assertThat(link.blockedReason()).contains(request.path("reason").asText());
    }

    @Test
    void a_lost_answer_has_no_status() {
        Link link = Link.exported(world, "SEC");
        world.jira().faults().next(1, "POST", ".*/transitions", Fault.lostAfter());
        world.setStatus(link.vulnerability(), "closed");
        await().until(() -> shown(link.vulnerability()).path("path").asText().endsWith("/transitions"));
        JsonNode request = shown(link.vulnerability());
        assertThat(request.path("status").isNull()).isTrue();
        assertThat(request.path("reason").asText()).isNotEmpty();
        link.leaseRunsOut();
        link.awaitQuiet();
    }

    @Test
    void it_is_shown_to_whom_the_vulnerability_is_shown() {
        Link link = Link.exported(world, "SEC");
        assertThat(get(link.vulnerability(), "pentester").statusCode()).isEqualTo(200);
        assertThat(get(link.vulnerability(), "outsider").statusCode()).isEqualTo(404);
        assertThat(get(link.vulnerability(), "client").statusCode()).isEqualTo(403);
        HttpResponse<String> nothing = get(world.vulnerabilities(1).get(0), "faraday");
        assertThat(nothing.statusCode()).isEqualTo(404);
        assertThat(nothing.body()).contains("nothing was sent to Jira for vulnerability");
    }

    private final FaradayDatabase.Instance database = FaradayDatabase.shared().newBridgeDatabase();
    private final JdbcClient jdbc = database.rows();
    private final LastRequests requests = new LastRequests(jdbc, new ActivitySettings(Duration.ofDays(90)));

    private LastRequest kept(ObjectNode body) {
        JiraRequest request =
                new JiraRequest(JiraOperation.EDIT, "PUT", "/rest/api/2/issue/1", List.of(), body, "issue 1");
        requests.keep(IssueRequest.of(
                17, new JiraAnswer(204, JsonNodeFactory.instance.missingNode(), null, SentRequest.ended(request))));
        return requests.of(17).orElseThrow();
    }

    @Test
    void secrets_are_masked_and_a_body_that_is_too_long_is_cut() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("fields")
                .put("API token", "letmein")
                .put("summary", "in\u0000side")
                .put("description", "d".repeat(32_767));
        LastRequest whole = kept(body);
        assertThat(whole.shortened()).isFalse();
        assertThat(String.valueOf(whole.body()))
                .doesNotContain("letmein")
                .contains("***", "\"inside\"", "d".repeat(32_767));

        for (int n = 0; n < 200; n++) {
            body.withObject("/fields").put("customfield_" + n, "é𝄞".repeat(10_000));
        }
        LastRequest cut = kept(body);
        assertThat(cut.shortened()).isTrue();
        assertThat(String.valueOf(cut.body()))
                .contains("characters more")
                .hasSizeLessThan(LastRequests.MOST_CHARACTERS);

        for (int n = 0; n < 10_000; n++) {
            body.withObject("/fields").put("customfield_" + n, "text");
        }
        assertThat(String.valueOf(kept(body).body())).contains("too many to be kept");
    }

    @Test
    void a_row_that_somebody_has_locked_keeps_no_other_from_being_deleted() {
        kept(JsonNodeFactory.instance.objectNode());
        jdbc.sql("UPDATE faraday_bridge.last_request SET at = now() - interval '91 days'")
                .update();
        jdbc.sql(
                        "INSERT INTO faraday_bridge.last_request (vulnerability_id, at, took_ms, method, path, shortened, issues)"
                                + " SELECT 18, at, took_ms, method, path, shortened, issues FROM faraday_bridge.last_request")
                .update();
        TransactionTemplate another = new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
        another.executeWithoutResult(status -> {
            jdbc.sql("UPDATE faraday_bridge.last_request SET took_ms = 1 WHERE vulnerability_id = 17")
                    .update();
            assertTimeoutPreemptively(Duration.ofSeconds(30), requests::purge); // in a thread of its own
            assertThat(requests.of(18)).isEmpty();
        });
        assertThat(requests.of(17)).isPresent();
    }

    @Test
    void the_newest_stays_until_it_is_as_old_as_the_activity_that_is_kept() {
        kept(JsonNodeFactory.instance.objectNode().put("n", 1));
        assertThat(String.valueOf(
                        kept(JsonNodeFactory.instance.objectNode().put("n", 2)).body()))
                .isEqualTo("{\"n\":2}");
        requests.purge();
        assertThat(requests.of(17)).isPresent();
        jdbc.sql("UPDATE faraday_bridge.last_request SET at = now() - interval '91 days'")
                .update();
        requests.purge();
        assertThat(requests.of(17)).isEmpty();
    }
}
