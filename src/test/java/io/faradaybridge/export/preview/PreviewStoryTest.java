package io.faradaybridge.export.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person looks at what an export would send before anything is sent. */
class PreviewStoryTest {

    private BridgeWorld world;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
    }

    private HttpResponse<String> preview(String project, String body, String user) {
        return world.post(
                "/_api/v3/integrations/jira/projects/" + project + "/preview", body, BridgeWorld.basic(user, user));
    }

    private JsonNode previewed(String project, String body) {
        HttpResponse<String> answer = preview(project, body, "faraday");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return BridgeWorld.json(answer.body()).path("vulnerabilities");
    }

    @Test
    void shows_the_request_that_an_export_sends() {
        int vulnerability = world.vulnerabilities(1).get(0);
        JsonNode previewed = previewed("SEC", "{\"vulnerability_ids\": [" + vulnerability + "]}")
                .get(0);
        assertThat(previewed.path("problems")).isEmpty();
        JsonNode shown = previewed.path("request");

        world.export(List.of(vulnerability), "SEC");
        await().until(() -> !world.issueKey(vulnerability).isEmpty());

        SandboxIssue created = world.jira().issue(world.issueKey(vulnerability));
        for (String field : List.of("summary", "description")) {
            assertThat(shown.path("fields").path(field))
                    .isEqualTo(created.fields().get(field));
        }
        assertThat(shown.at("/fields/priority/id").asText())
                .isEqualTo(created.fields().get("priority").path("id").asText());
        assertThat(shown.at("/fields/issuetype/id").asText()).isNotEmpty();
        assertThat(shown.at("/properties/0/key").asText()).isEqualTo("faraday-bridge");
        assertThat(shown.at("/properties/0/value/marker").asText()).isNotEmpty();
    }

    @Test
    void sends_and_saves_nothing() {
        List<Integer> vulnerabilities = world.vulnerabilities(3);
        int issues = world.jira().issues().size();
        world.jira().clearRequests();

        previewed("SEC", "{\"vulnerability_ids\": " + vulnerabilities + "}");

        assertThat(world.jira().requests()).allMatch(call -> call.method().equals("GET"));
        assertThat(world.jira().issues()).hasSize(issues);
        assertThat(world.rows()
                        .sql("SELECT count(*) FROM faraday_bridge.export_item WHERE vulnerability_id IN (:ids)")
                        .param("ids", vulnerabilities)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void tries_a_configuration_that_is_not_saved() {
        JsonNode tried = previewed(
                        "SEC",
                        "{\"vulnerability_ids\": [" + SampleFaraday.LOG4SHELL
                                + "], \"ticket_config\": {\"issue_type\": \"Bug\","
                                + " \"fields\": {\"Summary\": {\"value\": \"{{ cve|join('/') }} {{ 6 * 7 }}\"},"
                                + " \"Priority\": {\"value\": \"Low\"}}}}")
                .get(0);

        assertThat(tried.at("/request/fields/summary").asText()).matches("CVE-2021-44228.* 42");
    }

    @Test
    void a_misspelt_key_of_what_is_tried_is_refused_as_when_it_is_saved_and_one_that_stands_already_may_come_back() {
        int vulnerability = world.vulnerabilities(1).get(0);
        world.configure("""
                jsonb_set(value, '{projects,SEC,ticket_config}', '{"layout": 2, "issue_types": {"Bug": {"icon": "bug",
                  "fields": {"Priority": {"value": "High", "position": 3}}}}}')""");
        String before = "{\"vulnerability_ids\": [" + vulnerability + "], \"ticket_config\": ";

        HttpResponse<String> one = preview(
                "SEC",
                before + "{\"issue_type\": \"Bug\", \"colour\": 1, \"fields\": {\"Priority\": {\"vaule\": \"Low\","
                        + " \"value\": \"High\", \"position\": 3}}}}",
                "faraday");
        HttpResponse<String> all = preview(
                "SEC",
                before + "{\"layout\": 3, \"issue_types\": {\"Bug\": {\"feilds\": {}, \"icon\": \"bug\"}}}}",
                "faraday");

        assertThat(one.statusCode()).isEqualTo(400);
        JsonNode problems = BridgeWorld.json(one.body()).at("/messages/json");
        assertThat(problems).hasSize(2);
        assertThat(problems.at("/colour/0").asText()).contains("is unknown");
        assertThat(problems.at("/Priority/0").asText()).contains("'vaule' is unknown");
        assertThat(all.statusCode()).isEqualTo(400);
        problems = BridgeWorld.json(all.body()).at("/messages/json");
        assertThat(problems).hasSize(2);
        assertThat(problems.at("/layout/0").asText()).contains("is unknown");
        assertThat(problems.at("/Bug.feilds/0").asText()).contains("is unknown");
        assertThat(preview(
                                "SEC",
                                before + "{\"layout\": 2, \"issue_types\": {\"Bug\": {\"icon\": \"bug\","
                                        + " \"fields\": {\"Priority\": {\"value\": \"Low\", \"position\": 3}}}}}}",
                                "faraday")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_issue_type_is_found_by_jiras_id_of_it_too() {
        int vulnerability = world.vulnerabilities(1).get(0);
        world.configure("""
                jsonb_set(value, '{projects,SEC,ticket_config}', '{"issue_types": {"Bug": {"icon": "bug",
                  "fields": {"Priority": {"value": "High", "position": 3}}}}}')""");
        String before = "{\"vulnerability_ids\": [" + vulnerability + "], ";

        HttpResponse<String> saved = preview("SEC", before + "\"issue_type\": \"10004\"}", "faraday");
        HttpResponse<String> tried = preview(
                "SEC",
                before + "\"ticket_config\": {\"issue_types\": {\"10004\": {\"icon\": \"bug\","
                        + " \"fields\": {\"Priority\": {\"value\": \"Low\", \"position\": 3}}}}}}",
                "faraday");

        assertThat(saved.statusCode()).as(saved.body()).isEqualTo(200);
        assertThat(BridgeWorld.json(saved.body()).path("issue_type").asText()).isEqualTo("Bug");
        assertThat(tried.statusCode()).as(tried.body()).isEqualTo(200);
        assertThat(BridgeWorld.json(tried.body()).at("/vulnerabilities/0/problems"))
                .isEmpty();
    }

    @Test
    void a_saved_field_that_left_the_screen_or_became_ambiguous_is_reported() {
        world.jira().addProjectWithTwins("TWIN");
        world.configure("""
                jsonb_set(value, '{projects,TWIN}', '{"ticket_config": {"issue_types": {"Bug": {"fields": {
                  "Team": {"schema": {"type": "string"}, "value": "Red"},
                  "Colour": {"schema": {"type": "option"}, "value": "Blue"}}}}}}')""");
        int vulnerability = world.vulnerabilities(1).get(0);

        JsonNode problems = previewed("TWIN", "{\"vulnerability_ids\": [" + vulnerability + "]}")
                .get(0)
                .path("problems");
        long batch = world.export(List.of(vulnerability), "TWIN").path("id").asLong();

        assertThat(problems.toString())
                .contains("\"Team\"", "use the id of one", "\"Colour\"", "not on the create screen");
        await().until(() -> world.batch(batch).path("finished").asBoolean());
        assertThat(world.batch(batch).toString())
                .contains("Team: names several fields", "Colour: is not on the create screen");
    }

    @Test
    void a_screen_that_was_changed_since_it_was_read_is_read_again_before_anything_is_refused() {
        world.jira().addProjectWithFields("DET", 2);
        world.configure("""
                jsonb_set(value, '{projects,DET}', '{"ticket_config": {"issue_types": {"Bug": {"fields": {
                  "Detail 1": {"schema": {"type": "string"}, "value": "one"},
                  "Detail 2": {"schema": {"type": "string"}, "value": "two"}}}}}}')""");
        List<Integer> vulnerabilities = world.vulnerabilities(2);
        previewed("DET", "{\"vulnerability_ids\": " + vulnerabilities + "}");
        world.export(vulnerabilities.subList(0, 1), "DET");
        await().until(() -> !world.issueKey(vulnerabilities.get(0)).isEmpty());
        world.jira().takeOffScreen("DET", "Detail 2");
        int issues = world.jira().issues().size();

        long batch =
                world.export(vulnerabilities.subList(1, 2), "DET").path("id").asLong();

        await().until(() -> world.batch(batch).path("finished").asBoolean());
        assertThat(world.batch(batch).toString())
                .contains("Detail 2: is not on the create screen; add it there or remove it from the configuration");
        assertThat(world.jira().issues()).hasSize(issues);
        world.configure("value #- '{projects,DET,ticket_config,issue_types,Bug,fields,Detail 2}'");
        world.export(vulnerabilities.subList(1, 2), "DET");
        await().until(() -> !world.issueKey(vulnerabilities.get(1)).isEmpty());
    }

    @Test
    void names_each_problem_by_its_field() {
        JsonNode problems = previewed(
                        "SEC",
                        "{\"vulnerability_ids\": [" + world.vulnerabilities(1).get(0)
                                + "], \"ticket_config\": {\"issue_type\": \"Bug\", \"fields\": {"
                                + "\"Summary\": {\"value\": \"{% if %}\"}, \"Description\": {\"value\": \"{{ 1 / 0 }}\"},"
                                + " \"Priority\": {\"value\": \"Enormous\"}, \"Nowhere\": {\"value\": \"x\"}}}}")
                .get(0)
                .path("problems");

        assertThat(problems.findValuesAsText("field"))
                .containsExactlyInAnyOrder("Summary", "Description", "Priority", "Nowhere");
        assertThat(problems.findValuesAsText("message"))
                .anyMatch(message -> message.contains("line 1"))
                .anyMatch(message -> message.contains("division"))
                .anyMatch(message -> message.contains("'Enormous' is not allowed; allowed are"));
    }

    @Test
    void a_template_of_too_many_parts_is_refused_whatever_it_would_print() {
        String template = "{% if false %}{{ [" + "a,".repeat(48_900) + "] }}{% endif %}x";
        JsonNode problem = previewed(
                        "SEC",
                        "{\"vulnerability_ids\": [" + world.vulnerabilities(1).get(0)
                                + "], \"ticket_config\": {\"issue_type\": \"Bug\", \"fields\": {"
                                + "\"Summary\": {\"value\": \"" + template + "\"},"
                                + " \"Priority\": {\"value\": \"Low\"}}}}")
                .get(0)
                .path("problems")
                .get(0);

        assertThat(problem.path("field").asText()).isEqualTo("Summary");
        assertThat(problem.path("message").asText()).contains("line 1", "more than 10000 parts");
    }

    @Test
    void says_where_the_status_leads() {
        Link link = Link.exported(world, "SEC");
        int fresh = world.vulnerabilities(1).get(0);
        world.setStatus(fresh, "closed");

        JsonNode both = previewed("SEC", "{\"vulnerability_ids\": [" + link.vulnerability() + "," + fresh + "]}");

        assertThat(both.at("/0/transition/issue").asText()).isEqualTo(link.issueKey());
        assertThat(both.at("/0/transition/to").asText()).isEqualTo("To Do");
        assertThat(both.at("/0/transition/message").asText()).contains("already");
        assertThat(both.at("/0/problems").toString()).contains("linked to " + link.issueKey());
        assertThat(both.at("/1/transition/to").asText()).isEqualTo("Done");
        assertThat(both.at("/1/transition/transition").isNull()).isTrue();
    }

    @Test
    void what_a_person_may_not_see_does_not_exist() {
        JsonNode outside = BridgeWorld.json(preview(
                                "SEC",
                                "{\"vulnerability_ids\": ["
                                        + world.vulnerabilities(1).get(0) + ", 999999]}",
                                "outsider")
                        .body())
                .path("vulnerabilities");

        assertThat(outside).hasSize(2).allMatch(draft -> draft.path("request").isNull());
        assertThat(outside.findValuesAsText("message"))
                .allMatch(message -> message.contains("the vulnerability does not exist"));
    }

    @Test
    void an_invalid_request_is_refused_by_field() {
        assertThat(preview("NOPE", "{\"vulnerability_ids\": [1]}", "faraday").statusCode())
                .isEqualTo(404);
        assertThat(preview("SEC", "{}", "faraday").body()).contains("\"vulnerability_ids\"");
        assertThat(preview("SEC", "{\"vulnerability_ids\": [1], \"ticket_config\": []}", "faraday")
                        .body())
                .contains("\"ticket_config\"");
        assertThat(preview("OPS", "{\"vulnerability_ids\": [1]}", "faraday").body())
                .contains("\"issue_type\"");
        assertThat(preview("SEC", "{\"vulnerability_ids\": [1]}", "client").statusCode())
                .isEqualTo(403);
    }
}
