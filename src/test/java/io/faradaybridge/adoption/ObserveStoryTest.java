package io.faradaybridge.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.ReceivedCall;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A bridge beside Faraday's own integration, from the first look to the take-over and back: one story in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ObserveStoryTest {

    private static BridgeWorld world;
    private static AdoptionApi api;

    /** Equal before the bridge came; Jira moves while it observes. */
    private static int movedInJira;
    /** Equal before the bridge came; Faraday moves while it observes. */
    private static int movedInFaraday;
    /** Its issue was moved to another project before the bridge came. */
    private static int rekeyed;

    private static int quiet;
    private static int free;

    /** Credentials that an administrator stored, not the operator: Faraday's row says that it is at work. */
    @BeforeAll
    static void installBesideFaraday() {
        world = BridgeWorld.asleep(SandboxJira.Options.dataCenter()
                        .contextPath("/jira")
                        .personalAccessToken("observers-token", SandboxConnection.SERVICE_ACCOUNT))
                .with("bridge.connection.private-key-file", "")
                .with("bridge.connection.access-token", "")
                .with("bridge.sweep.interval", "1s");
        api = new AdoptionApi(world);
        movedInJira = api.pair("SEC", "open", "To Do");
        movedInFaraday = api.pair("SEC", "open", "To Do");
        quiet = api.pair("SEC", "closed", "Done");
        rekeyed = api.pair("WEB", "open", "To Do");
        world.jira().moveToProject(world.issueKey(rekeyed), "SEC");
        free = world.vulnerabilities(1).get(0);
        world.start();
        HttpResponse<String> connected = world.send(HttpRequest.newBuilder(
                        world.url("/_api/v3/integrations/jira/connection/credentials"))
                .header("Authorization", BridgeWorld.basic("faraday", "faraday").get("Authorization"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"type\": \"personal_access_token\", \"token\": \"observers-token\"}"))
                .build());
        assertThat(connected.statusCode()).as(connected.body()).isEqualTo(200);
    }

    @AfterAll
    static void leave() {
        world.close();
    }

    private static void webhook(int vulnerability, String status) {
        HttpResponse<String> answer = world.post(
                "/_api/v3/integrations/jira/update-issues",
                "{\"title\": \"" + world.issueKey(vulnerability)
                        + "\", \"desc\": \"\", \"priority\": \"High\", \"status\": \"" + status + "\"}",
                Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN));
        assertThat(answer.statusCode()).isEqualTo(202);
    }

    private static long writingCalls() {
        return world.jira().requests().stream()
                .filter(call -> !call.method().equals("GET") && call.kind() != ReceivedCall.Kind.OAUTH)
                .count();
    }

    @Test
    @Order(1)
    void it_starts_observing_says_why_and_what_to_switch_off() {
        JsonNode report = api.get("take-over");

        assertThat(report.path("observing").asBoolean()).isTrue();
        assertThat(report.path("why").asText()).contains("Faraday's own");
        assertThat(report.path("switch_off").toString())
                .contains("Ticketing Tools")
                .contains("Automation rule")
                .contains("scheduled jobs");
    }

    @Test
    @Order(2)
    void it_adopts_what_is_there_without_touching_it() {
        String before = api.faradaysTables();

        JsonNode report = api.adopted();

        assertThat(report.at("/counts/adopted").asInt()).isEqualTo(4);
        assertThat(report.at("/counts/differing").asInt()).isZero();
        assertThat(api.get("take-over").path("links").asInt()).isEqualTo(4);
        assertThat(world.outcomes(quiet)).containsExactly("adopted");
        assertThat(api.faradaysTables()).isEqualTo(before);
        assertThat(writingCalls()).isZero();
    }

    @Test
    @Order(3)
    void whatever_happens_it_writes_nothing_to_either_side() {
        world.rows()
                .sql("INSERT INTO faraday_bridge.dirty_workspace (workspace_id) VALUES (1)")
                .update();
        world.rows()
                .sql("UPDATE workspace SET vulnerability_open_count = vulnerability_open_count + 100 WHERE id = 1")
                .update();
        world.setStatus(movedInFaraday, "closed");
        world.jira().movePerson(world.issueKey(movedInJira), "Done");
        String before = api.faradaysTables();

        webhook(movedInJira, "Done");
        ProducerTemplate queues = world.bean(ProducerTemplate.class);
        queues.sendBody(
                "jms:queue:vuln-status", "{\"vulnerability_id\": " + movedInFaraday + ", \"status\": \"closed\"}");
        queues.sendBody("jms:queue:vuln-export", "{\"vulnerability_ids\": [" + free + "], \"project\": \"SEC\"}");
        HttpResponse<String> export =
                api.post("export", "{\"vulnerability_ids\": [" + free + "], \"project\": \"SEC\"}");
        HttpResponse<String> byHand = api.link(free, world.issueKey(quiet), "faraday");
        HttpResponse<String> unlink = api.call("DELETE", "vulnerabilities/" + quiet + "/issue-link", "", "faraday");
        HttpResponse<String> bulk = api.post("adoption/follow-jira", "{\"confirm\": true}");
        String since = "{\"project\": \"SEC\", \"since\": \"2026-01-31T08:00:00Z\"";
        HttpResponse<String> shown = api.post("adoption/reclaim", since + "}");
        HttpResponse<String> reclaimed = api.post("adoption/reclaim", since + ", \"confirm\": true}");

        assertThat(export.statusCode()).isEqualTo(400);
        assertThat(export.body()).contains("only observes");
        assertThat(byHand.statusCode()).isEqualTo(409);
        assertThat(unlink.statusCode()).isEqualTo(409);
        assertThat(bulk.statusCode()).isEqualTo(409);
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(reclaimed.statusCode()).isEqualTo(409);
        assertThat(reclaimed.body()).contains("PUT enabled");
        assertThat(bulk.body()).contains("administrator takes over");
        await().until(() -> world.rows()
                        .sql("SELECT count(*) FROM faraday_bridge.dead_letter WHERE cause LIKE '%only observes%'")
                        .query(Integer.class)
                        .single()
                == 1);
        assertThat(world.outcomes(movedInJira)).contains("ignored");
        await().during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(90))
                .until(() -> api.faradaysTables().equals(before) && writingCalls() == 0);
        assertThat(world.jira().issue(world.issueKey(movedInFaraday)).statusName())
                .isEqualTo("To Do");
    }

    @Test
    @Order(4)
    void it_compares_both_sides_as_they_are_now() {
        JsonNode report = api.adopted();

        assertThat(report.at("/counts/differing").asInt()).isEqualTo(2);
        assertThat(report.path("rows").findValuesAsText("vulnerability_id"))
                .containsExactly(String.valueOf(movedInJira), String.valueOf(movedInFaraday));
        assertThat(api.get("take-over").path("differing").asInt()).isEqualTo(2);
    }

    @Test
    @Order(5)
    void a_bridge_started_anew_observes_as_before() {
        world.stop();
        world.start();

        assertThat(api.get("take-over").path("observing").asBoolean()).isTrue();
    }

    @Test
    @Order(6)
    void only_an_administrator_takes_over_and_has_to_say_so() {
        assertThat(api.call("POST", "take-over", "{\"confirm\": true}", "pentester")
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> unsure = api.post("take-over", "{}");
        assertThat(unsure.statusCode()).isEqualTo(400);
        assertThat(unsure.body()).contains("confirm");
        assertThat(api.get("take-over").path("observing").asBoolean()).isTrue();
    }

    @Test
    @Order(7)
    void at_the_take_over_nothing_that_happened_before_is_done_again_or_undone() {
        String jiraBefore = world.jira().issue(world.issueKey(movedInJira)).statusName();

        HttpResponse<String> taken = api.takeOver();

        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(BridgeWorld.json(taken.body()).path("observing").asBoolean()).isFalse();
        api.awaitAdopted();
        await().until(() -> world.rows()
                        .sql("SELECT count(*) FROM faraday_bridge.dirty_workspace WHERE marks <> counted_marks")
                        .query(Integer.class)
                        .single()
                == 0);
        await().during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(90))
                .until(() -> world.status(movedInJira).equals("open") && writingCalls() == 0);
        assertThat(world.jira().issue(world.issueKey(movedInJira)).statusName()).isEqualTo(jiraBefore);
        assertThat(api.row(movedInFaraday).path("standing").asText()).isEqualTo("differs-since-adoption");
        assertThat(world.issueKey(rekeyed)).as("the moved issue's new key").startsWith("SEC-");
        assertThat(world.rows()
                        .sql("SELECT username || ' ' || what || ' ' || (after ->> 'observing')"
                                + " FROM faraday_bridge.setup_change WHERE what = 'take_over'")
                        .query(String.class)
                        .list())
                .containsExactly("faraday take_over false");
    }

    @Test
    @Order(8)
    void from_then_on_it_works_both_ways() {
        world.setStatus(quiet, "re-opened");
        await().until(() ->
                world.jira().issue(world.issueKey(quiet)).statusName().equals("In Progress"));

        world.jira().movePerson(world.issueKey(rekeyed), "Done");
        webhook(rekeyed, "Done");
        await().until(() -> world.status(rekeyed).equals("closed"));
    }

    @Test
    @Order(9)
    void an_administrator_may_go_back_to_observing() {
        HttpResponse<String> back = api.call("DELETE", "take-over", "", "faraday");
        world.setStatus(quiet, "closed");

        assertThat(back.statusCode()).isEqualTo(200);
        JsonNode report = api.get("take-over");
        assertThat(report.path("observing").asBoolean()).isTrue();
        assertThat(report.path("decided_by").asText()).isEqualTo("faraday");
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        world.jira().issue(world.issueKey(quiet)).statusName().equals("In Progress"));
        assertThat(api.row(quiet).path("why").asText()).contains("only observes");
    }
}
