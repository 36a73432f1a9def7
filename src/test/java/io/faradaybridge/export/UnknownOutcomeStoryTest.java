package io.faradaybridge.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.broker.EmbeddedBroker;
import io.faradaybridge.broker.Stomp;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.link.RetryDelay;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.Fault;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether an issue was created is not known: the bridge looks, and where it cannot find out, a person says so. */
class UnknownOutcomeStoryTest {

    private BridgeWorld world;
    private int vulnerability;
    private int before;
    private long batch;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
        vulnerability = world.vulnerabilities(1).get(0);
        before = world.jira().issues().size();
    }

    /** Sent, and the answer lost; whether Jira created it is the fault's choice. */
    private void sentInto(Fault fault) {
        world.jira().faults().next(1, "POST", ".*/issue/bulk", fault);
        batch = world.export(List.of(vulnerability), "SEC").path("id").asLong();
        await().until(() -> item().path("state").asText().equals("sending") && leases() == 0);
    }

    private int leases() {
        return world.rows()
                .sql("SELECT count(*) FROM faraday_bridge.export_item WHERE batch_id = ? AND lease_token IS NOT NULL")
                .param(batch)
                .query(Integer.class)
                .single();
    }

    private void leftToAPerson() {
        sentInto(Fault.lostAfter());
        world.rows()
                .sql("UPDATE faraday_bridge.export_item SET state = 'unknown', reason = 'in doubt', retry_at = NULL"
                        + " WHERE batch_id = ?")
                .param(batch)
                .update();
    }

    /** The times of rule E3 are over. */
    private void timePasses() {
        world.rows()
                .sql("UPDATE faraday_bridge.export_item SET sent_at = sent_at - interval '10 minutes',"
                        + " retry_at = retry_at - interval '10 minutes' WHERE vulnerability_id = ?")
                .param(vulnerability)
                .update();
    }

    private JsonNode item() {
        return world.batch(batch).at("/items/0");
    }

    private HttpResponse<String> resolve(String body, String user) {
        return world.post(
                "/_api/v3/integrations/jira/exports/" + batch + "/items/" + vulnerability + "/resolve",
                body,
                BridgeWorld.basic(user, user));
    }

    private String createdKey() {
        return world.jira().issues().get(before).key();
    }

    private void awaitLinked(String key) {
        await().until(() -> world.issueKey(vulnerability).equals(key));
        new Link(world, vulnerability, key).awaitQuiet();
    }

    @Test
    void a_search_that_fails_while_looking_creates_nothing() {
        sentInto(Fault.lostAfter());
        world.jira().faults().next(2, "GET", ".*/search", Fault.errorBefore(503));

        timePasses();

        await().atMost(java.time.Duration.ofSeconds(90)).until(() -> {
            timePasses();
            return item().path("state").asText().equals("linked");
        });
        assertThat(world.jira().issues()).hasSize(before + 1);
    }

    @Test
    void e3_absent_once_it_is_looked_for_again_before_it_is_sent_again() {
        sentInto(Fault.lostBefore());
        world.rows()
                .sql("UPDATE faraday_bridge.export_item SET sent_at = now() - interval '211 seconds', retry_at = now()"
                        + " WHERE batch_id = ?")
                .param(batch)
                .update();

        await().until(() -> column("looked").equals("1"));
        assertThat(item().path("state").asText()).isEqualTo("sending");
        assertThat(world.jira().issues()).hasSize(before);

        timePasses();
        await().until(() -> item().path("state").asText().equals("linked"));
        assertThat(world.jira().issues()).hasSize(before + 1);
        assertThat(column("attempts")).as("E7").isEqualTo("1");
    }

    @Test
    void e7_sent_again_and_again_and_never_found_it_ends_at_a_person() {
        sentInto(Fault.lostBefore());
        world.rows()
                .sql("UPDATE faraday_bridge.export_item SET attempts = 4, looked = 1 WHERE batch_id = ?")
                .param(batch)
                .update();

        timePasses();

        await().until(() -> item().path("state").asText().equals("unknown"));
        assertThat(world.jira().issues()).hasSize(before);
    }

    @Test
    void e7_the_last_attempt_ends_at_a_person_whichever_step_failed() {
        ExportItems items = world.bean(ExportItems.class);
        ExportFailures linkFailures = world.bean(ExportFailures.class);
        JiraFailure failure = JiraFailure.answered(JiraFailure.Kind.TRANSIENT, 500, "on purpose");
        List<Consumer<ExportChunk>> steps = List.of(
                chunk -> linkFailures.postpone(chunk, failure),
                chunk -> linkFailures.lookFailed(chunk, failure),
                chunk -> linkFailures.unexpected(chunk, new IllegalStateException("on purpose")));

        for (Consumer<ExportChunk> step : steps) {
            int vulnerability = world.vulnerabilities(1).get(0);
            long id = Objects.requireNonNull(world.bean(ExportBatches.class)
                    .reserve(anyBatch(), "REST", "Bug", Map.of(vulnerability, FaradayStatus.OPEN))
                    .get(vulnerability));
            for (int attempt = 1; attempt <= RetryDelay.MAX_ATTEMPTS; attempt++) {
                assertThat(state(id)).isEqualTo("reserved");
                step.accept(items.claimReserved(List.of("REST")).orElseThrow());
                world.rows()
                        .sql("UPDATE faraday_bridge.export_item SET retry_at = NULL WHERE id = ?")
                        .param(id)
                        .update();
            }
            assertThat(state(id)).isEqualTo("unknown");
        }
    }

    private long anyBatch() {
        return world.rows()
                .sql(
                        "INSERT INTO faraday_bridge.export_batch (username, source, project_key, issue_type, correlation_id)"
                                + " VALUES ('faraday', 'api', 'REST', 'Bug', 'test') RETURNING id")
                .query(Long.class)
                .single();
    }

    private String state(long id) {
        return world.rows()
                .sql("SELECT state FROM faraday_bridge.export_item WHERE id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    private String column(String name) {
        return world.rows()
                .sql("SELECT " + name + "::text FROM faraday_bridge.export_item WHERE batch_id = ?")
                .param(batch)
                .query(String.class)
                .single();
    }

    @Test
    void a_person_finds_the_issue_and_it_is_linked() {
        leftToAPerson();

        assertThat(resolve("{\"issue\": \"" + createdKey() + "\"}", "pentester").statusCode())
                .isEqualTo(202);

        awaitLinked(createdKey());
        assertThat(world.outcomes(vulnerability)).contains("replayed", "exported");
        assertThat(world.jira().issues()).hasSize(before + 1);
    }

    @Test
    void what_happened_to_the_issue_before_it_was_linked_is_not_missed() {
        leftToAPerson();
        world.jira().movePerson(createdKey(), "Done");

        resolve("{\"issue\": \"" + createdKey() + "\"}", "faraday");

        awaitLinked(createdKey());
        assertThat(world.status(vulnerability)).isEqualTo("closed");
    }

    @Test
    void create_again_finds_what_was_created_after_all() {
        leftToAPerson();

        assertThat(resolve("{\"create_again\": true}", "faraday").statusCode()).isEqualTo(202);
        timePasses();

        awaitLinked(createdKey());
        assertThat(world.jira().issues()).hasSize(before + 1);
    }

    @Test
    void create_again_creates_what_was_not_created() {
        sentInto(Fault.lostBefore());
        world.rows()
                .sql("UPDATE faraday_bridge.export_item SET state = 'unknown', retry_at = NULL WHERE batch_id = ?")
                .param(batch)
                .update();

        resolve("{\"create_again\": true}", "faraday");
        timePasses();

        await().until(() -> !world.issueKey(vulnerability).isEmpty());
        assertThat(world.jira().issues()).hasSize(before + 1);
    }

    @Test
    void given_up_and_exported_again_the_first_issue_is_found() {
        leftToAPerson();
        assertThat(resolve("{\"give_up\": true}", "faraday").statusCode()).isEqualTo(202);
        assertThat(item().path("state").asText()).isEqualTo("given-up");

        world.export(List.of(vulnerability), "SEC");
        timePasses();

        awaitLinked(createdKey());
        assertThat(world.jira().issues()).hasSize(before + 1);
    }

    @Test
    void an_item_that_waits_for_nobody_is_not_a_persons_to_move() {
        sentInto(Fault.lostAfter());

        HttpResponse<String> answer = resolve("{\"create_again\": true}", "faraday");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("'sending'");
        timePasses();
        awaitLinked(createdKey());
    }

    @Test
    void a_wrong_issue_is_refused_by_name() {
        Link other = Link.exported(world, "SEC");
        before++;
        leftToAPerson();

        assertThat(resolve("{\"issue\": \"" + other.issueKey() + "\"}", "faraday")
                        .body())
                .contains("messages")
                .contains("linked to vulnerability " + other.vulnerability());
        assertThat(resolve("{\"issue\": \"SEC-99999\"}", "faraday").statusCode())
                .isEqualTo(400);
        assertThat(resolve("{\"issue\": \"' OR 1=1\"}", "faraday").statusCode()).isEqualTo(400);
        assertThat(resolve("{}", "faraday").statusCode()).isEqualTo(400);
        assertThat(item().path("state").asText()).isEqualTo("unknown");
    }

    @Test
    void an_issue_of_another_workspace_does_not_reveal_its_vulnerability() {
        Link other = Link.exported(world, "SEC");
        before++;
        leftToAPerson();
        world.rows()
                .sql("UPDATE vulnerability SET workspace_id = ? WHERE id = ?")
                .param(SampleFaraday.PUBLIC_LAB)
                .param(vulnerability)
                .update();

        HttpResponse<String> answer = resolve("{\"issue\": \"" + other.issueKey() + "\"}", "outsider");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains(other.issueKey() + " is linked to another vulnerability already")
                .doesNotContain("vulnerability " + other.vulnerability());
    }

    @Test
    void nothing_is_half_saved_while_jira_is_away() {
        leftToAPerson();
        String key = createdKey();
        world.jira().stop();
        try {
            assertThat(resolve("{\"issue\": \"" + key + "\"}", "faraday").statusCode())
                    .isEqualTo(503);
            assertThat(item().path("state").asText()).isEqualTo("unknown");
        } finally {
            world.jira().restart();
        }
    }

    @Test
    void only_who_may_enter_the_workspace_sees_and_resolves_it() {
        leftToAPerson();
        String path = "/_api/v3/integrations/jira/exports/unknown";

        assertThat(world.get(path, BridgeWorld.basic("faraday", "faraday")).body())
                .contains("\"vulnerability_id\":" + vulnerability)
                .contains("faraday-bridge-");
        assertThat(world.get(path, BridgeWorld.basic("outsider", "outsider")).body())
                .doesNotContain("\"vulnerability_id\":" + vulnerability);
        assertThat(resolve("{\"give_up\": true}", "outsider").statusCode()).isEqualTo(404);
        assertThat(resolve("{\"give_up\": true}", "client").statusCode()).isEqualTo(403);
    }

    @Test
    void a_program_gives_no_second_issue_to_what_a_person_unlinked() throws Exception {
        world.rows()
                .sql("UPDATE vulnerability SET disassociated_manually = true WHERE id = ?")
                .param(vulnerability)
                .update();

        try (Stomp stomp = new Stomp(world.bean(EmbeddedBroker.class).port("stomp"), "faraday", "sandbox")) {
            stomp.sendText("vuln-export", "{\"vulnerability_ids\": [" + vulnerability + "], \"project\": \"SEC\"}");
        }

        await().until(() -> world.rows()
                        .sql("SELECT count(*) FROM faraday_bridge.export_item WHERE vulnerability_id = ?"
                                + " AND state = 'refused' AND reason LIKE '%unlinked%'")
                        .param(vulnerability)
                        .query(Integer.class)
                        .single()
                == 1);
        batch = world.export(List.of(vulnerability), "SEC").path("id").asLong();
        await().until(() -> !world.issueKey(vulnerability).isEmpty());
    }
}
