package io.faradaybridge.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.broker.EmbeddedBroker;
import io.faradaybridge.broker.Stomp;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.ReceivedCall.Kind;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An analyst exports vulnerabilities; each becomes one issue. */
class ExportStoryTest {

    private BridgeWorld world;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
    }

    private HttpResponse<String> export(String body, String user) {
        return world.post("/_api/v3/integrations/jira/export", body, BridgeWorld.basic(user, user));
    }

    private String reason(long batch, int vulnerability) {
        for (JsonNode item : world.batch(batch).path("items")) {
            if (item.path("vulnerability_id").asInt() == vulnerability) {
                return item.path("state").asText() + ": " + item.path("reason").asText();
            }
        }
        return "";
    }

    @Test
    void a_confirmed_vulnerability_becomes_an_issue() {
        int vulnerability = SampleFaraday.LOG4SHELL;
        long batch = world.export(List.of(vulnerability), "SEC").path("id").asLong();
        await().until(() -> world.batch(batch).path("finished").asBoolean());

        SandboxIssue issue = world.jira().issue(world.issueKey(vulnerability));
        assertThat(issue.type()).isEqualTo("Bug");
        assertThat(issue.summary()).contains("Log4");
        assertThat(issue.fields().get("description")).asString().contains("CVE-2021-44228");
        assertThat(issue.fields().get("priority")).asString().contains("\"High\"");
        assertThat(issue.labels()).anyMatch(label -> label.startsWith("faraday-bridge-"));
        assertThat(issue.properties()).containsKey("faraday-bridge");
        assertThat(world.rows()
                        .sql(
                                "SELECT association_date IS NOT NULL AND NOT disassociated_manually FROM vulnerability WHERE id = ?")
                        .param(vulnerability)
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(world.outcomes(vulnerability)).containsExactly("exported");
    }

    @Test
    void what_cannot_be_exported_says_why_and_the_rest_goes_on() {
        List<Integer> fine = world.vulnerabilities(2);
        List<Integer> all = List.of(
                fine.get(0),
                SampleFaraday.UNCONFIRMED,
                SampleFaraday.IN_READ_ONLY_WORKSPACE,
                SampleFaraday.IN_INACTIVE_WORKSPACE,
                2_000_000,
                fine.get(1));

        long batch = world.export(all, "SEC").path("id").asLong();

        await().until(() -> world.batch(batch).path("finished").asBoolean());
        assertThat(reason(batch, fine.get(0))).startsWith("linked");
        assertThat(reason(batch, fine.get(1))).startsWith("linked");
        assertThat(reason(batch, SampleFaraday.UNCONFIRMED)).startsWith("refused: it is not confirmed");
        assertThat(reason(batch, SampleFaraday.IN_READ_ONLY_WORKSPACE)).contains("read-only");
        assertThat(reason(batch, SampleFaraday.IN_INACTIVE_WORKSPACE)).contains("not active");
        assertThat(reason(batch, 2_000_000)).contains("the vulnerability does not exist");
    }

    @Test
    void the_same_vulnerability_twice_is_one_issue() {
        List<Integer> one = world.vulnerabilities(1);
        int before = world.jira().issues().size();

        long first = world.export(one, "SEC").path("id").asLong();
        long second = world.export(one, "SEC").path("id").asLong();

        await().until(() -> world.batch(first).path("finished").asBoolean()
                && world.batch(second).path("finished").asBoolean());
        assertThat(reason(second, one.get(0))).matches("(held|refused): .*");
        assertThat(world.jira().issues()).hasSize(before + 1);
    }

    @Test
    void a_summary_too_long_for_jira_is_cut_and_a_busy_jira_waited_for() {
        List<Integer> three = world.vulnerabilities(3);
        world.jira().faults().next(1, "POST", ".*/issue/bulk", Fault.tooManyRequests(Duration.ofMillis(100)));
        world.rows()
                .sql("UPDATE vulnerability SET name = ? WHERE id = ?")
                .param("x".repeat(400))
                .param(three.get(1))
                .update();

        long batch = world.export(three, "SEC").path("id").asLong();

        await().until(() -> world.batch(batch).path("finished").asBoolean());
        assertThat(world.jira().issue(world.issueKey(three.get(1))).summary()).hasSizeLessThanOrEqualTo(255);
        assertThat(world.batch(batch).at("/counts/linked").asInt()).isEqualTo(3);
    }

    @Test
    void a_required_field_that_is_not_configured_is_named_before_anything_is_sent() {
        List<Integer> one = world.vulnerabilities(1);
        world.jira().clearRequests();

        HttpResponse<String> answer = export(
                "{\"vulnerability_ids\": " + one + ", \"project\": \"OPS\", \"issue_type\": \"Bug\"}", "faraday");

        long batch = BridgeWorld.json(answer.body()).path("id").asLong();
        await().until(() -> world.batch(batch).path("finished").asBoolean());
        assertThat(reason(batch, one.get(0))).startsWith("refused: issue type Bug cannot be filled");
        assertThat(world.jira().count(Kind.CREATE)).isZero();
    }

    @Test
    void a_message_exports_too() throws Exception {
        List<Integer> two = world.vulnerabilities(2);
        world.rows() // what other stories of this world sent in this hour was warned of too
                .sql("UPDATE faraday_bridge.activity SET at = at - interval '1 day'"
                        + " WHERE detail LIKE 'messages of vuln-export%'")
                .update();
        try (Stomp stomp = new Stomp(world.bean(EmbeddedBroker.class).port("stomp"), "faraday", "sandbox")) {
            stomp.sendText(
                    "vuln-export",
                    "{\"vulnerability_ids\": " + two + ", \"project\": \"SEC\", \"isue_type\": \"Task\"}");
        }

        await().until(() -> two.stream().noneMatch(id -> world.issueKey(id).isEmpty()));
        assertThat(world.rows()
                        .sql("SELECT detail FROM faraday_bridge.activity WHERE detail LIKE 'messages of vuln-export%'"
                                + " AND at > now() - interval '1 hour'")
                        .query(String.class)
                        .list())
                .as("warned of the misspelt key, once an hour")
                .singleElement()
                .asString()
                .contains("isue_type");
    }

    @Test
    void a_lost_answer_is_looked_for_and_nothing_is_created_twice() {
        List<Integer> three = world.vulnerabilities(3);
        int before = world.jira().issues().size();
        world.jira().faults().next(1, "POST", ".*/issue/bulk", Fault.lostAfter());
        long batch = world.export(three, "SEC").path("id").asLong();
        await().until(() -> world.jira().issues().size() == before + 3);
        await().until(() -> world.rows()
                        .sql(
                                "SELECT count(*) FROM faraday_bridge.export_item WHERE batch_id = ? AND lease_token IS NULL"
                                        + " AND state = 'sending'")
                        .param(batch)
                        .query(Integer.class)
                        .single()
                == 3);

        // the times of rule E3 are cut short
        world.rows()
                .sql("UPDATE faraday_bridge.export_item SET retry_at = now() WHERE batch_id = ?")
                .param(batch)
                .update();

        await().until(() -> world.batch(batch).path("finished").asBoolean());
        assertThat(world.batch(batch).at("/counts/linked").asInt()).isEqualTo(3);
        assertThat(world.jira().issues()).hasSize(before + 3);
    }

    @Test
    void a_jira_that_is_away_is_waited_for() {
        List<Integer> two = world.vulnerabilities(2);
        world.jira().stop();
        long batch = world.export(two, "SEC").path("id").asLong();
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        assertThat(world.batch(batch).path("finished").asBoolean()).isFalse();

        world.jira().restart();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> world.batch(batch).path("finished").asBoolean());
        assertThat(world.batch(batch).at("/counts/linked").asInt()).isEqualTo(2);
    }

    @Test
    void five_hundred_exports_cost_at_most_eleven_creating_and_fifteen_calls_of_a_jira_never_asked_before() {
        try (BridgeWorld cold = BridgeWorld.of(SandboxJira.Options.dataCenter())) {
            List<Integer> many = SampleVulnerabilities.insert(cold.database().dataSource(), 500);

            long batch = cold.export(many, "SEC").path("id").asLong();

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> cold.batch(batch).path("finished").asBoolean());
            assertThat(cold.batch(batch).at("/counts/linked").asInt()).isEqualTo(500);
            assertThat(cold.jira().count(Kind.CREATE)).isLessThanOrEqualTo(11);
            assertThat(cold.jira().requests())
                    .filteredOn(call -> call.kind() != Kind.SEARCH)
                    .hasSizeLessThanOrEqualTo(15);
            System.out.println("500 exports: " + cold.jira().count(Kind.CREATE) + " creating calls, "
                    + cold.jira().requests().stream()
                            .filter(call -> call.kind() != Kind.SEARCH)
                            .count() + " in all");
            assertThat(cold.jira().rejectedSignatures()).isEmpty();
        }
    }

    @Test
    void a_projects_own_templates_are_jinja2() {
        world.configure("jsonb_set(jsonb_set(value, '{projects,SEC,ticket_config,issue_types,Bug,fields,Summary}',"
                + " '{\"schema\": {\"type\": \"string\"}, \"value\": \"{{ vuln.severity|upper }}: {{ name }}\"}'),"
                + " '{projects,SEC,ticket_config,issue_types,Bug,fields,Description}',"
                + " '{\"schema\": {\"type\": \"string\"},"
                + " \"value\": \"*{{ vulnerability.description }}*\\n{noformat}{{ vuln.description }}{noformat}\"}')");
        int vulnerability = world.vulnerabilities(1).get(0);
        world.rows()
                .sql(
                        "UPDATE vulnerability SET name = 'Open [~admin] door', description = '[~admin] !x.png! {noformat}',"
                                + " severity = 'medium' WHERE id = ?")
                .param(vulnerability)
                .update();

        world.export(List.of(vulnerability), "SEC");

        await().until(() -> !world.issueKey(vulnerability).isEmpty());
        Map<String, JsonNode> fields =
                world.jira().issue(world.issueKey(vulnerability)).fields();
        assertThat(fields.get("summary").asText()).isEqualTo("MED: Open [~admin] door");
        assertThat(fields.get("description").asText())
                .isEqualTo("*\\[\\~admin\\] \\!x.png\\! \\{noformat\\}*\n"
                        + "{noformat}[~admin] !x.png! { noformat}{noformat}");
    }

    @Test
    void a_template_that_fails_ends_the_export_with_its_line() {
        world.configure("jsonb_set(value, '{projects,SEC,ticket_config,issue_types,Bug,fields,Summary}',"
                + " '{\"schema\": {\"type\": \"string\"}, \"value\": \"a\\n{{ vuln.nothing.at_all }}\"}')");

        JsonNode batch = world.export(world.vulnerabilities(1), "SEC");

        await().until(() ->
                world.batch(batch.path("id").asLong()).path("finished").asBoolean());
        assertThat(world.batch(batch.path("id").asLong()).toString()).contains("Summary", "line 2");
    }

    @Test
    void only_who_may_export_exports() {
        String body = "{\"vulnerability_ids\": " + world.vulnerabilities(1) + ", \"project\": \"SEC\"}";

        assertThat(world.post("/_api/v3/integrations/jira/export", body, Map.of())
                        .statusCode())
                .isEqualTo(401);
        assertThat(world.post("/_api/v3/integrations/jira/export", body, BridgeWorld.basic("faraday", "wrong"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(export(body, "former").statusCode()).isEqualTo(401);
        assertThat(export(body, "client").statusCode()).isEqualTo(403);
        assertThat(export(body, "assetowner").statusCode()).isEqualTo(403);
        assertThat(export(body, "pentester").statusCode()).isEqualTo(202);
        HttpResponse<String> outside = export(body, "outsider");
        assertThat(outside.body())
                .contains("the vulnerability does not exist, or it is in a workspace that you may not enter");
    }

    @Test
    void an_invalid_request_is_refused_with_its_fields() {
        assertThat(export("{}", "faraday").body()).contains("vulnerability_ids");
        assertThat(export("{\"vulnerability_ids\": [1]}", "faraday").body()).contains("\"project\"");
        assertThat(export("{\"vulnerability_ids\": [1], \"project\": \"NOPE\"}", "faraday")
                        .body())
                .contains("not configured");
        assertThat(export("{\"vulnerability_ids\": [1], \"project\": \"OLD\"}", "faraday")
                        .body())
                .contains("not active");
        assertThat(export("{\"vulnerability_ids\": [1], \"project\": \"OPS\"}", "faraday")
                        .body())
                .contains("issue_type");
        HttpResponse<String> broken = export("{not json", "faraday");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(broken.body()).contains("\"messages\"").doesNotContain("Exception");
    }
}
