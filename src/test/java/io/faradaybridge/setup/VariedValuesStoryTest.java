package io.faradaybridge.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values of fields that depend on the vulnerability: checked when they are saved, previewed, sent, and replaced with a reason. */
class VariedValuesStoryTest {

    private static final String CONFIG = "projects/SEC/ticket-config";
    private static final String FIELDS = "/projects/SEC/ticket_config/issue_types/Bug/fields/";

    private BridgeWorld world;
    private Administrator administrator;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
        administrator = Administrator.of(world);
    }

    private HttpResponse<String> save(String fields) {
        return administrator.tryPut(CONFIG, "{'issue_type': 'Bug', 'fields': " + fields + "}");
    }

    private JsonNode saved(String fields) {
        HttpResponse<String> answer = save(fields);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return BridgeWorld.json(answer.body());
    }

    private JsonNode problems(String fields) {
        HttpResponse<String> answer = save(fields);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return BridgeWorld.json(answer.body()).at("/messages/json");
    }

    private int vulnerability(String severity) {
        int id = world.vulnerabilities(1).get(0);
        world.rows()
                .sql("UPDATE vulnerability SET severity = ?::vulnerability_severity WHERE id = ?")
                .param(severity)
                .param(id)
                .update();
        return id;
    }

    private JsonNode exported(int vulnerability) {
        long batch = world.export(List.of(vulnerability), "SEC").path("id").asLong();
        await().until(() -> world.batch(batch).path("finished").asBoolean());
        return world.batch(batch).at("/items/0");
    }

    private SandboxIssue issue(int vulnerability) {
        return world.jira().issue(world.issueKey(vulnerability));
    }

    private JsonNode preview(int vulnerability) {
        return administrator
                .done("POST", "projects/SEC/preview", "{\"vulnerability_ids\": [" + vulnerability + "]}")
                .at("/vulnerabilities/0");
    }

    @Test
    void values_by_severity_are_saved_as_they_are_written_and_sent() {
        saved(
                "{'Priority': {'value': 'Medium', 'by_severity': {'critical': 'highest', 'high': 'High', 'info': 'Lowest'}}}");

        JsonNode stored = administrator.row().at(FIELDS + "Priority");
        assertThat(stored.path("by_severity"))
                .isEqualTo(BridgeWorld.json("{\"critical\": \"Highest\", \"high\": \"High\", \"info\": \"Lowest\"}"));
        assertThat(stored.path("value").asText()).isEqualTo("Medium");
        for (String[] expected :
                List.of(new String[] {"critical", "Highest"}, new String[] {"informational", "Lowest"}, new String[] {
                    "low", "Medium"
                })) {
            int vulnerability = vulnerability(expected[0]);
            assertThat(exported(vulnerability).path("reason").isNull()).isTrue();
            assertThat(issue(vulnerability).fields().get("priority").toString())
                    .as(expected[0])
                    .contains("\"" + expected[1] + "\"");
        }
    }

    @Test
    void a_template_that_cannot_be_right_for_a_severity_is_refused_when_it_is_saved() {
        JsonNode before = administrator.row();

        JsonNode problems = problems("""
                {'Priority': {'template': '{{ {\\"critical\\": \\"Highest\\", \\"high\\": \\"Urgent\\"}.get(vuln.severity, \\"Low\\") }}'},
                 'Due date': {'template': '{{ vuln.date|datetimeformat(\\"%d.%m.%Y\\") }}'},
                 'Severity': {'by_severity': {'critical': 'Urgent', 'worst': 'High'}},
                 'CVSS score': {'template': '{{ severity'},
                 'Environment': {'template': 7, 'by_severity': 'High'},
                 'Security owner': {'template': '{{ \\"nobody\\" if severity == \\"high\\" }}'},
                 'Attachment': {'template': '{{ name }}'},
                 'Summary': {'by_severity': {'high': 'Fix at once'}}}""");

        assertThat(problems.at("/Priority/0").asText())
                .isEqualTo("the template for high: 'Urgent' is not allowed; allowed are Highest, High, Medium, Low,"
                        + " Lowest");
        assertThat(problems.path("Priority")).hasSize(1);
        assertThat(problems.at("/Due date")).hasSize(6);
        assertThat(problems.at("/Due date/0").asText()).contains("for critical: '22.11.2026' is not a date");
        assertThat(problems.at("/Severity").toString())
                .contains("by_severity.critical: 'Urgent' is not allowed", "by_severity.worst: is not a severity");
        assertThat(problems.at("/CVSS score/0").asText()).startsWith("line 1: the template cannot be used");
        assertThat(problems.at("/Environment").toString())
                .contains("\\\"template\\\" must be a text", "\\\"by_severity\\\" must be an object");
        assertThat(problems.at("/Security owner/0").asText())
                .contains("for high: Jira shows the bridge's account no user");
        assertThat(problems.at("/Attachment/0").asText()).contains("cannot be configured");
        assertThat(problems.at("/Summary/0").asText()).contains("has no values by severity");
        assertThat(administrator.row()).isEqualTo(before);
    }

    @Test
    void what_depends_on_more_than_the_severity_is_saved_with_a_warning() {
        JsonNode saved = saved(
                "{'Component/s': {'template': '{{ workspace_name }}-team', 'value': 'Backend'}, 'Labels': {'template': '{{ tgas|first }}'}}");

        assertThat(saved.path("warnings").toString())
                .contains("Component/s: the template for critical", "'None-team' is not allowed")
                .contains("Labels: the template uses 'tgas', which no vulnerability has");
    }

    @Test
    void the_fixed_value_is_sent_instead_and_everybody_is_told_why() {
        saved("{'Component/s': {'template': '{{ tags|first }}', 'value': 'Backend'},"
                + " 'Security owner': {'template': '{{ owner }}@example.org', 'value': 'Alex Smith'},"
                + " 'Ticket reference': {'template': '{{ name|replace(\\'no.\\', 42) }}'}}");
        int vulnerability = vulnerability("high");

        JsonNode preview = preview(vulnerability);
        assertThat(preview.at("/values/0/field").asText()).isEqualTo("Component/s");
        assertThat(preview.at("/values/0/from").asText()).isEqualTo("value");
        assertThat(preview.at("/values/0/why").asText())
                .isEqualTo(
                        "the template gives a value that Jira does not take: 'bulk' is not allowed; allowed are Backend,"
                                + " Frontend");
        assertThat(preview.at("/values/2/from").asText()).isEqualTo("template");
        JsonNode item = exported(vulnerability);

        assertThat(item.path("state").asText()).isEqualTo("linked");
        assertThat(item.path("reason").asText())
                .contains("Component/s: the template gives", "so the fixed value was sent. Security owner: ");
        assertThat(issue(vulnerability).fields().get("components").toString()).contains("Backend");
        assertThat(issue(vulnerability).fields().get("customfield_10016").toString())
                .contains("Alex Smith");
        assertThat(issue(vulnerability).fields().get("customfield_10027").asText())
                .startsWith("Outdated component 42");
        assertThat(administrator
                        .get("activity?vulnerability_id=" + vulnerability)
                        .get(0)
                        .path("detail")
                        .asText())
                .startsWith(
                        "exported to SEC as " + world.issueKey(vulnerability) + ". Component/s: the template gives");
    }

    @Test
    void a_required_field_without_any_value_refuses_the_issue_with_the_reason() {
        administrator.put(
                "projects/OPS/ticket-config",
                "{'issue_type': 'Bug', 'fields': {'Category': {'template': 'Network > {{ tags|first }}'},"
                        + " 'Severity': {'by_severity': {'critical': 'Critical', 'high': 'High'}}}}");
        int vulnerability = vulnerability("low");

        long batch = BridgeWorld.json(world.post(
                                "/_api/v3/integrations/jira/export",
                                "{\"vulnerability_ids\": [" + vulnerability
                                        + "], \"project\": \"OPS\", \"issue_type\": \"Bug\"}",
                                BridgeWorld.basic("faraday", "faraday"))
                        .body())
                .path("id")
                .asLong();
        await().until(() -> world.batch(batch).path("finished").asBoolean());

        assertThat(world.batch(batch).at("/items/0/reason").asText())
                .contains(
                        "Category: is required by Jira and has no value for this vulnerability, since the template gives")
                .contains("'bulk' is not allowed; allowed are Firewall, DNS; add a \"value\" for all others")
                .contains("Severity: is required by Jira and has no value for this vulnerability; add");
    }

    @Test
    void people_are_looked_up_once_for_many_vulnerabilities() {
        saved("{'Security owner': {'template': 'asmith@example.com'}, 'Informed people': {'template': '{{ owner }}'}}");
        List<Integer> vulnerabilities = world.vulnerabilities(30);
        world.jira().clearRequests();

        long batch = world.export(vulnerabilities, "SEC").path("id").asLong();
        await().until(() -> world.batch(batch).path("finished").asBoolean());

        assertThat(world.jira().requests())
                .filteredOn(call -> call.path().contains("/user"))
                .hasSizeLessThanOrEqualTo(2);
        assertThat(issue(vulnerabilities.get(29))
                        .fields()
                        .get("customfield_10016")
                        .toString())
                .contains("Alex Smith");
    }

    @Test
    void an_export_waits_where_jira_cannot_be_asked_for_a_person() {
        saved("{'Assignee': {'template': '{{ \\'Jane Doe\\' if tags }}', 'value': 'Alex Smith'}}");
        world.jira().faults().next(2, "GET", "/user/search", Fault.errorBefore(503));
        int vulnerability = vulnerability("high");

        JsonNode item = exported(vulnerability);

        assertThat(item.path("state").asText()).isEqualTo("linked");
        assertThat(issue(vulnerability).fields().get("assignee").toString()).contains("Jane Doe");
    }

    @Test
    void a_template_that_is_no_longer_given_is_removed_and_other_keys_stay() {
        saved("{'Priority': {'value': 'High', 'template': 'Low', 'by_severity': {'low': 'Low'}},"
                + " 'Environment': {'template': '{{ name }}', 'wiki_markup': 'raw'}}");

        saved("{'Priority': {'value': 'High'}, 'Environment': {'template': '{{ target }}'}}");

        assertThat(administrator.row().at(FIELDS + "Priority").toString())
                .isEqualTo("{\"value\":\"High\",\"schema\":{\"type\":\"priority\"}}");
        assertThat(administrator.row().at(FIELDS + "Environment/template").asText())
                .isEqualTo("{{ target }}");
        assertThat(administrator.row().at(FIELDS + "Environment/wiki_markup").asText())
                .isEqualTo("raw");
    }

    @Test
    void what_scanners_found_is_harmless_in_a_field_with_markup() {
        saved(
                "{'Environment': {'template': 'On {{ name }}'}, 'Summary': {'template': '{{ tags.missing }}', 'value': '{{ name }}'}}");
        int vulnerability = vulnerability("high");
        world.rows()
                .sql("UPDATE vulnerability SET name = '[~admin] is mentioned' WHERE id = ?")
                .param(vulnerability)
                .update();

        JsonNode item = exported(vulnerability);

        assertThat(issue(vulnerability).fields().get("environment").asText())
                .isEqualTo("On \\[\\~admin\\] is mentioned");
        assertThat(issue(vulnerability).summary()).isEqualTo("[~admin] is mentioned");
        assertThat(item.path("reason").asText())
                .isEqualTo("Summary: the template gives nothing, so the fixed value was sent");
    }
}
