package io.faradaybridge.export.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.EachJira;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import io.faradaybridge.sandbox.jira.Edition;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An administrator tries a rule, enables it, and vulnerabilities that match become issues by themselves. */
class ExportRuleStoryTest {

    private static final String RULE = "projects/SEC/export-rule";

    private final List<BridgeWorld> own = new ArrayList<>();
    private BridgeWorld world;
    private Administrator administrator;

    @BeforeEach
    void enter() {
        enter(BridgeWorld.shared());
        world.rows()
                .sql("UPDATE faraday_bridge.export_batch SET created_at = created_at - interval '2 hours'")
                .update();
    }

    private void enter(BridgeWorld entered) {
        world = entered;
        administrator = Administrator.of(world);
    }

    @AfterEach
    void disable() {
        own.forEach(BridgeWorld::close);
        BridgeWorld.shared().configure("value #- '{projects,SEC,export_rule}' #- '{projects,WEB,export_rule}'");
    }

    /** A tag of its own keeps each story to its own vulnerabilities. */
    private void tag(String tag, int... vulnerabilities) {
        for (int vulnerability : vulnerabilities) {
            world.rows().sql("""
                    WITH t AS (INSERT INTO tag (name, slug) VALUES (:tag, :tag)
                               ON CONFLICT (slug) DO UPDATE SET name = excluded.name RETURNING id)
                    INSERT INTO tag_object (object_id, object_type, tag_id) SELECT :v, 'vulnerability', id FROM t""").param("tag", tag).param("v", vulnerability).update();
        }
    }

    private int tagged(String tag, String change) {
        return tagged(tag, SampleFaraday.ACME_EXTERNAL, change);
    }

    private int tagged(String tag, int workspace, String change) {
        int vulnerability = SampleVulnerabilities.insert(world.database().dataSource(), 1, workspace, "open", true)
                .get(0);
        world.rows()
                .sql("UPDATE vulnerability SET " + change + " WHERE id = ?")
                .param(vulnerability)
                .update();
        if (!change.startsWith("severity")) {
            world.rows()
                    .sql("UPDATE vulnerability SET severity = 'critical' WHERE id = ?")
                    .param(vulnerability)
                    .update();
        }
        tag(tag, vulnerability);
        return vulnerability;
    }

    private static String rule(String rest) {
        return "{'enabled': true, 'severities': ['critical'], " + rest + "}";
    }

    private JsonNode preview(String rule) {
        return administrator.done("POST", RULE + "/preview", rule.replace('\'', '"'));
    }

    private void enable(String rest) {
        long count = preview(rule(rest)).path("would_export").asLong();
        administrator.put(RULE, rule(rest + ", 'confirm': " + count));
    }

    private void awaitIssue(int vulnerability, String project) {
        await().until(() -> world.issueKey(vulnerability).startsWith(project + "-"));
    }

    /** After so many turns of the rules whatever matches has been found. */
    private void someTurns() {
        int probe = tagged("probe-" + System.nanoTime(), "confirmed = true");
        String tag = world.rows()
                .sql("SELECT t.name FROM tag t JOIN tag_object o ON o.tag_id = t.id AND t.name LIKE 'probe-%'"
                        + " WHERE o.object_id = ?")
                .param(probe)
                .query(String.class)
                .single();
        for (int turn = 0; turn < 2; turn++) {
            int next = tagged(tag, "confirmed = true");
            world.configure("jsonb_set(value, '{projects,WEB,export_rule}', '{\"enabled\": true, \"tags\": [\"" + tag
                    + "\"]}')");
            awaitIssue(next, "WEB");
        }
    }

    @EachJira(daily = Edition.DATA_CENTER_10)
    void what_matches_is_exported_without_a_request(Edition edition) {
        enter(BridgeWorld.of(edition.options()));
        own.add(world);
        int before = tagged("auto", "name = 'Was there before'");
        int later = tagged("auto", "confirmed = false");

        JsonNode preview = preview(rule("'tags': ['auto']"));

        assertThat(preview.path("would_export").asInt()).isEqualTo(1);
        assertThat(preview.at("/vulnerabilities/0/vulnerability_id").asInt()).isEqualTo(before);
        assertThat(preview.at("/vulnerabilities/0/name").asText()).isEqualTo("Was there before");
        assertThat(world.jira().issues()).isEmpty();

        enable("'tags': ['auto']");
        awaitIssue(before, "SEC");
        int fresh = tagged("auto", "name = 'New'");
        awaitIssue(fresh, "SEC");
        world.rows()
                .sql("UPDATE vulnerability SET confirmed = true WHERE id = ?")
                .param(later)
                .update();
        awaitIssue(later, "SEC");
        assertThat(world.jira().issues()).hasSize(3);
        JsonNode batch = administrator.get("exports?limit=1").path(0);
        assertThat(batch.path("source").asText()).isEqualTo("rule");
        assertThat(batch.path("requested_by").asText()).isEqualTo("faraday");
        assertThat(world.outcomes(later)).containsExactly("exported");
    }

    @Test
    void a_rule_is_enabled_only_with_the_present_number() {
        tagged("counted", "confirmed = true");
        HttpResponse<String> without = administrator.tryPut(RULE, rule("'tags': ['counted']"));
        assertThat(without.statusCode()).isEqualTo(409);
        assertThat(BridgeWorld.json(without.body()).path("would_export").asInt())
                .isEqualTo(1);
        assertThat(administrator.row().at("/projects/SEC/export_rule").isMissingNode())
                .isTrue();

        int second = tagged("counted", "confirmed = true");
        HttpResponse<String> stale = administrator.tryPut(RULE, rule("'tags': ['counted'], 'confirm': 1"));
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.body()).contains("would export 2 vulnerabilities now, not 1");
        assertThat(BridgeWorld.json(stale.body()).path("would_export").asInt()).isEqualTo(2);
        assertThat(world.issueKey(second)).isEmpty();

        JsonNode saved = administrator.put(RULE, rule("'tags': ['counted'], 'confirm': 2"));
        assertThat(saved.path("saved").asBoolean()).isTrue();
        assertThat(administrator.row().at("/projects/SEC/export_rule").toString())
                .contains("\"tags\":[\"counted\"]", "\"limit_per_hour\":100")
                .doesNotContain("confirm", "workspaces");
        awaitIssue(second, "SEC");

        assertThat(administrator
                        .tryPut(RULE, rule("'tags': ['counted'], 'limit_per_hour': 7"))
                        .statusCode())
                .as("another limit matches nothing else")
                .isEqualTo(200);
        assertThat(administrator.tryPut(RULE, "{'enabled': false}").statusCode())
                .isEqualTo(200);
        assertThat(administrator.tryPut(RULE, rule("'tags': ['counted']")).statusCode())
                .as("enabled again")
                .isEqualTo(409);
        assertThat(administrator.get("audit?limit=1").toString()).contains("projects.SEC.export_rule");
    }

    @Test
    void a_wrong_rule_is_refused_by_field() {
        HttpResponse<String> answer = administrator.tryPut(
                RULE,
                "{'enabled': true, 'issue_type': 'Epos', 'severities': ['grave'], 'workspaces': ['nowhere'],"
                        + " 'tags': [''], 'limit_per_hour': 0}");

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode fields = BridgeWorld.json(answer.body()).at("/messages/json");
        assertThat(fields.path("issue_type").toString()).contains("'Epos' is not configured");
        assertThat(fields.path("severities").toString()).contains("'grave'", "critical");
        assertThat(fields.path("workspaces").toString()).contains("'nowhere'");
        assertThat(fields.path("tags").isArray()).isTrue();
        assertThat(fields.path("limit_per_hour").toString()).contains("1 to 10000");
        assertThat(administrator
                        .tryPut("projects/OPS/export-rule", "{'enabled': true}")
                        .body())
                .as("which of two issue types")
                .contains("issue_type");
        assertThat(administrator
                        .tryPut(RULE, "{'enabled': true, 'only_created_after': 'yesterday'}")
                        .body())
                .contains("a time such as");
        assertThat(new Administrator(world, "assetowner")
                        .tryPut(RULE, "{'enabled': false}")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void what_does_not_match_or_a_user_decided_against_is_left_alone() {
        List<Integer> left = new ArrayList<>(List.of(
                tagged("picky", "confirmed = false"),
                tagged("picky", "status = 'closed'"),
                tagged("picky", "status = 'risk-accepted'"),
                tagged("picky", "severity = 'high'"),
                tagged("picky", "create_date = '2026-01-01'"),
                tagged("picky", SampleFaraday.ACME_INTERNAL, "confirmed = true"),
                tagged("picky", SampleFaraday.ARCHIVE, "confirmed = true"),
                tagged("picky", "disassociated_manually = true"),
                tagged("not-picky", "confirmed = true")));
        int ignored = tagged("picky", "confirmed = true");
        tag("no-jira", ignored);
        left.add(ignored);
        int unlinked = tagged("picky", "confirmed = true");
        world.export(List.of(unlinked), "SEC");
        awaitIssue(unlinked, "SEC");
        administrator.done("DELETE", "vulnerabilities/" + unlinked + "/issue-link", "");
        world.rows()
                .sql("UPDATE vulnerability SET disassociated_manually = false WHERE id = ?")
                .param(unlinked)
                .update();
        left.add(unlinked);
        int reopened = tagged("picky", "status = 're-opened'");

        enable("'tags': ['picky'], 'ignore_tags': ['no-jira'], 'workspaces': ['acme-external', 'archive-2023'],"
                + " 'only_created_after': '2026-01-02T00:00:00Z'");

        awaitIssue(reopened, "SEC");
        someTurns();
        assertThat(left).allSatisfy(vulnerability -> assertThat(world.issueKey(vulnerability))
                .isEmpty());
    }

    @Test
    void a_limit_holds_a_flood_and_says_so() {
        List<Integer> flood = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            flood.add(tagged("flood", "confirmed = true"));
        }
        enable("'tags': ['flood'], 'limit_per_hour': 3");

        await().until(() ->
                flood.stream().filter(id -> !world.issueKey(id).isEmpty()).count() == 3);
        await().until(() ->
                administrator.get("status").at("/export_rules/0/waiting").asInt() == 2);
        assertThat(administrator.get("status").at("/export_rules/0/exported").asInt())
                .isEqualTo(3);
        await().until(() -> administrator
                .get("activity?outcome=postponed")
                .toString()
                .contains("export rule of project SEC waits"));
        someTurns();
        assertThat(flood.stream().filter(id -> !world.issueKey(id).isEmpty())).hasSize(3);

        world.rows()
                .sql("UPDATE faraday_bridge.export_batch SET created_at = created_at - interval '61 minutes'")
                .update();

        await().until(() -> flood.stream().noneMatch(id -> world.issueKey(id).isEmpty()));
        assertThat(administrator.get("status").at("/export_rules/0/waiting").asInt())
                .isZero();
    }

    @Test
    void what_cannot_be_exported_is_not_tried_again_until_the_configuration_changes() {
        world.configure("jsonb_set(value, '{projects,SEC,ticket_config,issue_types,Bug,fields,Summary}',"
                + " '{\"schema\": {\"type\": \"string\"}, \"value\": \"{{ vuln.nothing.at_all }}\"}')");
        int vulnerability = tagged("broken", "confirmed = true");
        enable("'tags': ['broken']");
        await().until(() -> items(vulnerability).equals(List.of("refused")));
        someTurns();
        assertThat(items(vulnerability)).containsExactly("refused");

        world.configure("value #- '{projects,SEC,ticket_config,issue_types,Bug,fields,Summary}'");

        awaitIssue(vulnerability, "SEC");
        assertThat(items(vulnerability)).containsExactly("refused", "linked");
    }

    private List<String> items(int vulnerability) {
        return world.rows()
                .sql("SELECT state FROM faraday_bridge.export_item WHERE vulnerability_id = ? ORDER BY id")
                .param(vulnerability)
                .query(String.class)
                .list();
    }

    @Test
    void of_two_rules_one_exports_and_an_inactive_project_exports_nothing() {
        int vulnerability = tagged("both", "confirmed = false");
        world.configure("jsonb_set(value, '{projects,OLD,export_rule}', '{\"enabled\": true, \"tags\": [\"both\"]}')");
        enable("'tags': ['both']");
        world.configure("jsonb_set(value, '{projects,WEB,export_rule}', '{\"enabled\": true, \"tags\": [\"both\"]}')");

        world.rows()
                .sql("UPDATE vulnerability SET confirmed = true WHERE id = ?")
                .param(vulnerability)
                .update();

        awaitIssue(vulnerability, "SEC");
        world.configure("value #- '{projects,WEB,export_rule}'");
        assertThat(items(vulnerability)).containsExactly("linked");
    }

    @Test
    void a_stored_rule_with_an_invalid_part_is_not_worked_on_and_is_named() {
        int vulnerability = tagged("odd", "confirmed = true");
        world.configure("jsonb_set(value, '{projects,SEC,export_rule}',"
                + " '{\"enabled\": true, \"tags\": [\"odd\"], \"severities\": \"critical\"}')");

        someTurns();
        assertThat(world.issueKey(vulnerability)).isEmpty();
        assertThat(administrator.get("").at("/problems/SEC").toString()).contains("export_rule", "severities");
    }

    @Test
    void a_vulnerability_that_a_message_names_before_it_matches_is_looked_at_again() {
        int vulnerability = tagged("away", "confirmed = false");
        enable("'tags': ['away']");
        world.bean(ProducerTemplate.class)
                .sendBody("jms:queue:vuln-status", "{\"vulnerability_id\": " + vulnerability + "}");

        await().until(() -> world.rows()
                .sql("SELECT count(*) = 1 FROM faraday_bridge.named_vulnerability WHERE vulnerability_id = ?")
                .param(vulnerability)
                .query(Boolean.class)
                .single());
        world.rows()
                .sql("UPDATE vulnerability SET confirmed = true WHERE id = ?")
                .param(vulnerability)
                .update();
        awaitIssue(vulnerability, "SEC");
        assertThat(world.rows()
                        .sql("SELECT count(*) FROM faraday_bridge.named_vulnerability WHERE vulnerability_id = ?")
                        .param(vulnerability)
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
