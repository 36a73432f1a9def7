package io.faradaybridge.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an administrator sees, switches, adds and takes out. */
class SetupStoryTest {

    private static final String SERVICE_ACCOUNT = "faraday-bridge";

    private BridgeWorld world;
    private Administrator administrator;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
        administrator = Administrator.of(world);
    }

    @AfterEach
    void leave() {
        world.bean(JiraAvailability.class).probeNow();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return BridgeWorld.json(answer.body());
    }

    private String version() {
        return administrator.get("").path("version").asText();
    }

    private long audits() {
        return world.rows()
                .sql("SELECT count(*) FROM faraday_bridge.setup_change")
                .query(Long.class)
                .single();
    }

    @Test
    void the_documented_row_is_shown_with_keys_of_others_and_without_secrets() {
        world.configure("""
                jsonb_set(value, '{projects,SEC,ticket_config,issue_types,Bug,fields,Token type}',
                          '{"schema": {"type": "string"}, "value": "x", "api_token": "leak-1"}')
                || '{"slack_channel": "#jira", "access_token": "leak-2", "rsa_public_key": "public",
                     "oauth": {"consumer": "c", "access_token_secret": "leak-3"}, "blob": "-----BEGIN RSA PRIVATE KEY-----leak-4",
                     "mirror": "https://user:leak-5@jira.example.org/x"}'::jsonb""");

        HttpResponse<String> answer = administrator.tryGet("");

        JsonNode shown = json(answer);
        assertThat(answer.body()).doesNotContain("leak-");
        assertThat(shown.path("url").asText()).isEqualTo(world.jira().baseUrl());
        assertThat(shown.path("consumer_key").asText()).isEqualTo("faraday-key");
        assertThat(shown.path("rsa_public_key").asText()).isEqualTo("public");
        assertThat(shown.path("slack_channel").asText()).isEqualTo("#jira");
        assertThat(shown.at("/oauth/consumer").asText()).isEqualTo("c");
        assertThat(shown.path("mirror").asText()).isEqualTo("https://jira.example.org/x");
        assertThat(shown.at("/projects/SEC/ticket_config/issue_types/Bug/fields/Token type/value")
                        .asText())
                .isEqualTo("x");
        assertThat(shown.at("/projects/OLD/active").asBoolean()).isFalse();
        assertThat(shown.at("/readiness/ready").asBoolean()).isTrue();
    }

    @Test
    void what_is_missing_is_listed_part_by_part() {
        world.configure("value || '{\"authorization_state\": \"rejected\", \"enabled\": false}'::jsonb"
                + " || jsonb_build_object('projects', jsonb_build_object('NEW', '{}'::jsonb, 'BAD', '7'::jsonb))");

        JsonNode shown = administrator.get("");

        assertThat(shown.at("/readiness/ready").asBoolean()).isFalse();
        assertThat(shown.at("/readiness/missing").toString()).contains("connection", "active", "disabled");
        assertThat(shown.at("/readiness/connection/missing/0").asText()).contains("rejected");
        assertThat(shown.at("/readiness/projects/NEW/missing/0").asText()).contains("no issue type");
        assertThat(shown.at("/problems/BAD/0").asText()).contains("must be an object");
    }

    @Test
    void the_integration_is_enabled_only_where_something_can_work() {
        administrator.put("enabled", "{'enabled': false}");
        world.jira().permissions().withdraw(Permission.CREATE, "SEC", SERVICE_ACCOUNT);
        world.jira().permissions().withdraw(Permission.CREATE, "WEB", SERVICE_ACCOUNT);

        HttpResponse<String> refused = administrator.tryPut("enabled", "{'enabled': true}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).at("/messages/json/enabled").toString())
                .contains("may not create issues in project SEC", "Severity: is required");
        assertThat(administrator.row().path("enabled").asBoolean()).isFalse();
        world.jira().permissions().grant(Permission.CREATE, "WEB", SERVICE_ACCOUNT);
        assertThat(administrator
                        .put("enabled", "{'enabled': true}")
                        .path("enabled")
                        .asBoolean())
                .isTrue();
        assertThat(administrator.row().path("enabled").asBoolean()).isTrue();
    }

    @Test
    void the_integration_stays_off_while_jira_does_not_let_us_in() {
        administrator.put("enabled", "{'enabled': false}");
        world.jira().faults().next(1, "GET", "/myself", Fault.tokenRejected());

        HttpResponse<String> refused = administrator.tryPut("enabled", "{'enabled': true}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("does not accept the access token");
    }

    @Test
    void a_change_based_on_an_old_version_is_refused_and_the_newest_one_kept() {
        String seen = version();
        administrator.put("enabled", "{'enabled': false}");

        HttpResponse<String> byBody =
                administrator.tryPut("projects/WEB/active", "{'active': false, 'version': '" + seen + "'}");
        HttpResponse<String> byHeader =
                administrator.tryPut("projects/WEB/active", "{'active': false}", "\"" + seen + "\"");

        assertThat(List.of(byBody.statusCode(), byHeader.statusCode())).containsOnly(409);
        assertThat(byBody.body()).contains("Another user has changed");
        assertThat(administrator.row().at("/projects/WEB/active").asBoolean()).isTrue();
        assertThat(administrator
                        .tryPut("projects/WEB/active", "{'active': false}", "\"" + version() + "\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void somebody_who_saves_while_jira_is_being_asked_is_not_overwritten() throws Exception {
        world.jira().faults().next(1, "GET", "/statuses", Fault.latency(Duration.ofSeconds(3)));
        world.jira().clearRequests();

        CompletableFuture<HttpResponse<String>> slow = CompletableFuture.supplyAsync(
                () -> administrator.tryPut("projects/SEC/attribute-mapping", "{'incoming': {'Done': 'closed'}}"));
        await().until(() -> !world.jira().requests().isEmpty()
                && world.jira().requests().stream().anyMatch(call -> call.path().endsWith("/statuses")));
        world.configure("value || '{\"slack_channel\": \"#jira\"}'::jsonb");

        assertThat(slow.get().statusCode()).isEqualTo(409);
        assertThat(administrator.row().path("slack_channel").asText()).isEqualTo("#jira");
        assertThat(administrator
                        .row()
                        .at("/projects/SEC/attribute_mapping/incoming/To Do")
                        .asText())
                .isEqualTo("open");
    }

    @Test
    void a_save_keeps_what_others_put_into_the_row_and_is_audited_once() {
        world.configure("""
                jsonb_set(jsonb_set(value, '{projects,SEC,attribute_mapping,severity}', '{"High": "high"}'),
                          '{projects,SEC,owner}', '"somebody"') || '{"precise": 1.10}'::jsonb""");
        long before = audits();

        JsonNode saved = administrator.put("projects/SEC/attribute-mapping", "{'policy': 'FARADAY_WINS'}");

        JsonNode row = administrator.row();
        assertThat(row.at("/projects/SEC/attribute_mapping/policy").asText()).isEqualTo("faraday-wins");
        assertThat(row.at("/projects/SEC/attribute_mapping/severity/High").asText())
                .isEqualTo("high");
        assertThat(row.at("/projects/SEC/attribute_mapping/incoming/Done").asText())
                .isEqualTo("closed");
        assertThat(row.at("/projects/SEC/owner").asText()).isEqualTo("somebody");
        assertThat(world.rows()
                        .sql("SELECT value->>'precise' FROM configuration WHERE key = 'jira_integration'")
                        .query(String.class)
                        .single())
                .isEqualTo("1.10");
        assertThat(audits()).isEqualTo(before + 1);
        assertThat(saved.path("version").asText()).isEqualTo(version());
        administrator.put("projects/SEC/attribute-mapping", "{'policy': 'faraday-wins'}");
        assertThat(audits()).as("nothing changed, nothing saved").isEqualTo(before + 1);
    }

    @Test
    void what_faraday_of_2020_stored_gets_todays_form_with_the_first_save() {
        world.configure("jsonb_build_object('url', value->'url', 'consumer_key', value->'consumer_key',"
                + " 'project_key', 'SEC'::text, 'tool_note', 'kept'::text)");

        administrator.put("projects/SEC/ticket-config", "{'issue_type': 'Bug', 'fields': {'Priority': 'High'}}");

        JsonNode row = administrator.row();
        assertThat(row.path("tool_note").asText()).isEqualTo("kept");
        assertThat(row.path("project_key").asText()).isEqualTo("SEC");
        assertThat(row.at("/projects/SEC/active").asBoolean(true)).isFalse();
        assertThat(row.at("/projects/SEC/ticket_config/issue_types/Bug/fields/Priority/value")
                        .asText())
                .isEqualTo("High");
        assertThat(administrator
                        .put("projects/SEC/active", "{'active': true}")
                        .path("enabled")
                        .asBoolean())
                .isTrue();
        administrator.delete("projects/SEC?confirm=true");
        assertThat(administrator.get("").path("projects")).isEmpty();
        assertThat(administrator.row().has("project_key")).isFalse();
    }

    @Test
    void a_project_is_added_once_and_only_if_jira_has_it_and_lets_us_create_there() {
        administrator.delete("projects/WEB?confirm=true");
        world.jira().permissions().withdraw(Permission.CREATE, "WEB", SERVICE_ACCOUNT);

        HttpResponse<String> forbidden = administrator.tryPut("projects/WEB", "{}");
        HttpResponse<String> unknown = administrator.tryPut("projects/NOPE", "{}");

        assertThat(forbidden.statusCode()).isEqualTo(400);
        assertThat(forbidden.body()).contains("may not create issues in project WEB", "Create Issues");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("Jira has no project 'NOPE'");
        assertThat(administrator.row().path("projects").has("WEB")).isFalse();
        world.jira().permissions().grant(Permission.CREATE, "WEB", SERVICE_ACCOUNT);
        assertThat(administrator.tryPut("projects/web", "{}").statusCode()).isEqualTo(201);
        assertThat(administrator.tryPut("projects/WEB", "{}").statusCode()).isEqualTo(200);
        assertThat(administrator.row().at("/projects/WEB/active").asBoolean(true))
                .isFalse();
    }

    @Test
    void taking_a_project_out_says_first_what_becomes_of_links_and_exports() {
        Link link = Link.exported(world, "WEB");
        link.awaitQuiet();
        int queued = world.vulnerabilities(1).get(0);
        long batch = queue(queued, false);
        long inDoubt = queue(world.vulnerabilities(1).get(0), true);

        HttpResponse<String> asked = administrator.tryDelete("projects/WEB");

        assertThat(asked.statusCode()).isEqualTo(409);
        assertThat(json(asked).path("links").asLong()).isPositive();
        assertThat(json(asked).path("removed").asBoolean(true)).isFalse();
        assertThat(json(asked).path("message").asText()).contains("nothing was changed", "confirm=true");
        assertThat(administrator.row().path("projects").has("WEB")).isTrue();
        JsonNode removed = administrator.delete("projects/WEB?confirm=true");

        assertThat(removed.path("queued_items").asLong()).isEqualTo(1);
        assertThat(removed.path("sent_items").asLong()).isEqualTo(1);
        assertThat(removed.path("batches").asLong()).isEqualTo(2);
        JsonNode ended = world.batch(batch);
        assertThat(ended.path("finished").asBoolean()).isTrue();
        assertThat(ended.at("/items/0/state").asText()).isEqualTo("refused");
        assertThat(ended.at("/items/0/reason").asText()).contains("removed from the configuration by faraday");
        assertThat(world.outcomes(queued)).endsWith("refused");
        assertThat(world.batch(inDoubt).at("/items/0/state").asText())
                .as("its issue may exist: only a look in Jira shows it")
                .isEqualTo("reserved");
        assertThat(world.issueKey(link.vulnerability()))
                .as("the link rests, untouched")
                .isEqualTo(link.issueKey());
        assertThat(administrator.tryDelete("projects/WEB").statusCode()).isEqualTo(404);
    }

    /** An export item that waits its turn for an hour; it may have been sent before. */
    private long queue(int vulnerability, boolean sentBefore) {
        return world.rows()
                .sql("""
                        WITH batch AS (
                          INSERT INTO faraday_bridge.export_batch (username, source, project_key, issue_type, correlation_id)
                          VALUES ('faraday', 'api', 'WEB', 'Bug', 'c-1') RETURNING id)
                        INSERT INTO faraday_bridge.export_item
                               (batch_id, vulnerability_id, project_key, issue_type, state, faraday_status, retry_at,
                                look_first, sent_at)
                        SELECT id, ?, 'WEB', 'Bug', 'reserved', 'open', now() + interval '1 hour', ?,
                               CASE WHEN ? THEN now() END FROM batch RETURNING batch_id""")
                .params(vulnerability, sentBefore, sentBefore)
                .query(Long.class)
                .single();
    }

    @Test
    void links_come_back_with_their_project() {
        Link link = Link.exported(world, "WEB");
        link.awaitQuiet();
        administrator.delete("projects/WEB?confirm=true");
        world.setStatus(link.vulnerability(), "re-opened");

        administrator.put("projects/WEB", "{}");
        administrator.put("projects/WEB/ticket-config", "{'issue_type': 'Bug', 'fields': {}}");
        administrator.put(
                "projects/WEB/attribute-mapping",
                "{'incoming': {'To Do': 'open', 'In Progress': 're-opened'},"
                        + " 'outgoing': {'open': 'To Do', 're-opened': 'In Progress'}}");
        administrator.put("projects/WEB/active", "{'active': true}");

        link.awaitJira("In Progress");
        link.awaitQuiet();
    }

    @Test
    void an_incomplete_project_is_not_activated_and_says_why() {
        administrator.put("projects/OPS/active", "{'active': false}");

        HttpResponse<String> refused = administrator.tryPut("projects/OPS/active", "{'active': true}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).at("/messages/json/active/0").asText())
                .contains("issue type Bug cannot be filled", "Severity: is required", "allowed are Critical, High");
        assertThat(administrator.row().at("/projects/OPS/active").asBoolean()).isFalse();
        administrator.put(
                "projects/OPS/ticket-config",
                "{'issue_types': {'Bug': {'fields': {'Severity': 'Low', 'Category': {'parent': 'Other', 'child': ''}}}}}");
        assertThat(administrator
                        .put("projects/OPS/active", "{'active': true}")
                        .path("active")
                        .asBoolean())
                .isTrue();
        assertThat(administrator
                        .row()
                        .at("/projects/OPS/ticket_config/issue_types")
                        .has("Task"))
                .as("all issue types were given, and it was not among them")
                .isFalse();
    }

    @Test
    void an_integration_that_was_switched_off_is_not_switched_on_by_a_second_project() {
        administrator.put("projects/WEB/active", "{'active': false}");
        administrator.put("enabled", "{'enabled': false}");

        assertThat(administrator
                        .put("projects/WEB/active", "{'active': true}")
                        .path("enabled")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void status_summarises_the_integration() {
        JsonNode fine = administrator.get("status");

        assertThat(fine.path("enabled").asBoolean()).isTrue();
        assertThat(fine.path("connected").asBoolean()).isTrue();
        assertThat(fine.path("projects").toString())
                .contains("SEC", "WEB", "OPS")
                .doesNotContain("OLD");
        assertThat(fine.at("/jira/available").asBoolean()).isTrue();
        world.jira().stop();
        try {
            assertThat(administrator.tryGet("projects/SEC/statuses").statusCode())
                    .isEqualTo(502);
            JsonNode away = administrator.get("status");
            assertThat(away.at("/jira/available").asBoolean(true)).isFalse();
            assertThat(away.at("/jira/away_since").asText()).endsWith("Z");
            assertThat(away.at("/jira/reason").asText()).isNotEmpty();
        } finally {
            world.jira().restart();
            await().until(() -> administrator.tryGet("projects/SEC/statuses").statusCode() == 200
                    && administrator.get("status").at("/jira/available").asBoolean());
        }
    }

    @Test
    void blocked_links_and_items_that_need_a_person_are_counted() {
        long before = administrator.get("status").at("/counts/blocked").asLong();
        Link link = Link.exported(world, "WEB");
        link.awaitQuiet();
        world.setStatus(link.vulnerability(), "closed"); // the strict workflow offers no way from To Do to Done
        await().until(() -> !link.blockedReason().isEmpty());

        assertThat(administrator.get("status").at("/counts/blocked").asLong()).isEqualTo(before + 1);
    }

    @Test
    void each_call_wants_its_permission() {
        Map<String, Integer> pentester = Map.of("", 200, "status", 200, "projects/SEC/statuses", 200);
        pentester.forEach((path, status) -> assertThat(
                        new Administrator(world, "pentester").tryGet(path).statusCode())
                .as(path)
                .isEqualTo(status));
        Administrator client = new Administrator(world, "client");
        for (String path : List.of(
                "",
                "status",
                "available-projects",
                "projects/SEC/issue-types",
                "projects/SEC/issue-types/Bug/fields",
                "projects/SEC/statuses")) {
            assertThat(client.tryGet(path).statusCode()).as(path).isEqualTo(403);
        }
        for (String path : List.of(
                "enabled",
                "projects/SEC",
                "projects/SEC/ticket-config",
                "projects/SEC/attribute-mapping",
                "projects/SEC/active")) {
            assertThat(client.tryPut(path, "{}").statusCode()).as(path).isEqualTo(403);
        }
        assertThat(new Administrator(world, "pentester")
                        .tryDelete("projects/SEC?confirm=true")
                        .statusCode())
                .isEqualTo(403);
    }
}
