package io.faradaybridge.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.Oddities.Oddity;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An administrator says what issues are filled with; what Jira would refuse is refused when it is saved. */
class TicketConfigStoryTest {

    private static final String CONFIG = "projects/SEC/ticket-config";

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

    private static JsonNode problems(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return BridgeWorld.json(answer.body()).at("/messages/json");
    }

    @Test
    void everything_that_jira_would_refuse_is_reported_at_once_by_field() {
        JsonNode before = administrator.row();

        JsonNode problems = problems(save("""
                {'Priority': {'value': 'Urgent'}, 'priority ': {'value': 'High'}, 'Labels': {'value': ['two words', 'fine', 'a b']},
                 'Component/s': {'value': ['Cellar']}, 'Fix Version/s': {'value': ['9.9']}, 'Assignee': {'value': 'nobody'},
                 'Owning group': {'value': 'security'}, 'CVSS score': {'value': 'high'}, 'Fix by': {'value': '1.6.2031'},
                 'Discovered at': {'value': 'noon'}, 'Parent': {'value': 'SEC-987654'}, 'Related project': {'value': 'NOPE'},
                 'Category': {'value': {'parent': 'Network', 'child': 'Printer'}}, 'Colour': {'value': 'Blue'},
                 'Severity': {'value': '{{ vuln.severity }}'}, 'Summary': {'value': '{{ vuln.name'},
                 'Time tracking': {'value': 'soon'}, 'Advisory': {'value': 'see wiki'}, 'Attachment': {'value': 'x.png'}}"""));

        assertThat(problems.at("/Priority/0").asText())
                .isEqualTo("'Urgent' is not allowed; allowed are Highest, High, Medium, Low, Lowest");
        assertThat(problems.at("/priority /0").asText()).contains("is the same field as 'Priority'");
        assertThat(problems.at("/Labels/0").asText()).contains("'two words' holds a blank", "'a b' holds a blank");
        assertThat(problems.path("Component~1s")).isNotNull();
        assertThat(problems.get("Component/s").toString()).contains("allowed are Backend, Frontend");
        assertThat(problems.get("Fix Version/s").toString()).contains("allowed are 1.0, 2.0");
        assertThat(problems.at("/Assignee/0").asText()).contains("no user 'nobody'");
        assertThat(problems.at("/Owning group/0").asText())
                .contains("no group 'security'", "similar are security-team");
        assertThat(problems.at("/CVSS score/0").asText()).contains("is not a number");
        assertThat(problems.at("/Fix by/0").asText()).contains("write it as 2026-11-22");
        assertThat(problems.at("/Discovered at/0").asText()).contains("is not a time");
        assertThat(problems.at("/Parent/0").asText()).contains("no issue 'SEC-987654'");
        assertThat(problems.at("/Related project/0").asText()).contains("no project 'NOPE'");
        assertThat(problems.at("/Category/0").asText()).contains("allowed are Firewall, DNS");
        assertThat(problems.at("/Colour/0").asText()).contains("not on the create screen");
        assertThat(problems.at("/Severity/0").asText()).contains("only Summary and Description are templates");
        assertThat(problems.at("/Summary/0").asText()).startsWith("line 1: the template cannot be used");
        assertThat(problems.at("/Time tracking/0").asText()).contains("2d 4h");
        assertThat(problems.at("/Advisory/0").asText()).contains("not a URL");
        assertThat(problems.at("/Attachment/0").asText()).contains("cannot be configured");
        assertThat(administrator.row()).isEqualTo(before);
    }

    @Test
    void a_cascading_value_keeps_its_child_in_jiras_own_form_too() {
        save("{'Category': {'value': 'Network', 'child': {'value': 'DNS'}}}");

        assertThat(administrator.row().at("/projects/SEC/ticket_config/issue_types/Bug/fields/Category/value"))
                .isEqualTo(BridgeWorld.json("{\"parent\": \"Network\", \"child\": \"DNS\"}"));
    }

    @Test
    void an_issue_type_is_found_by_any_name_in_a_path() {
        HttpResponse<String> answer =
                administrator.tryGet("projects/SEC/issue-types/Bug%20%2F%20100%25%20D%C3%A9faut/fields");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("Jira offers no issue type 'Bug / 100% Défaut' in SEC");
    }

    @Test
    void a_required_field_is_missed_and_its_values_are_named() {
        JsonNode problems = problems(administrator.tryPut(
                "projects/OPS/ticket-config", "{'issue_type': 'bug', 'fields': {'Severity': 'Low'}}"));

        assertThat(problems).hasSize(1);
        assertThat(problems.at("/Category/0").asText())
                .isEqualTo("is required by Jira and not configured; allowed are Network, Application, Other");
    }

    @Test
    void a_field_whose_name_is_not_the_only_one_is_configured_by_its_id() {
        world.jira().addProjectWithTwins("TWIN");
        administrator.put("projects/TWIN", "{}");
        String path = "projects/TWIN/ticket-config";

        JsonNode problems = problems(administrator.tryPut(path, "{'issue_type': 'Bug', 'fields': {'Team': 'Red'}}"));

        assertThat(problems.at("/Team/0").asText())
                .contains("customfield_40001, customfield_40002", "use the id of one");
        JsonNode saved = administrator.put(path, "{'issue_type': 'Bug', 'fields': {'customfield_40002': 'Red'}}");
        assertThat(saved.at("/ticket_config/issue_types/Bug/fields/customfield_40002/value")
                        .asText())
                .isEqualTo("Red");
        administrator.delete("projects/TWIN?confirm=true");
    }

    @Test
    void one_issue_type_is_configured_and_the_others_stay() {
        administrator.put(CONFIG, "{'issue_type': '10002', 'fields': {'Labels': 'task'}}");

        JsonNode types = administrator.row().at("/projects/SEC/ticket_config/issue_types");
        assertThat(types.at("/Task/fields/Labels/value").toString()).isEqualTo("[\"task\"]");
        assertThat(types.at("/Bug/fields/Priority/value").asText()).isEqualTo("High");
    }

    @Test
    void what_nobody_here_knows_of_a_type_or_a_field_stays() {
        world.configure("""
                jsonb_set(value, '{projects,SEC,ticket_config}',
                  '{"layout": 2, "issue_types": {"Bug": {"icon": "bug", "fields": {
                     "Priority": {"schema": {"type": "priority", "hint": "x"}, "value": {"name": "High"}, "position": 3}}}}}')""");

        save("{'Priority': {'schema': {'type': 'string'}, 'value': {'id': '4'}}}");

        assertThat(administrator.row().at("/projects/SEC/ticket_config")).isEqualTo(BridgeWorld.json("""
                        {"layout": 2, "issue_types": {"Bug": {"icon": "bug", "fields": {
                          "Priority": {"schema": {"type": "priority"}, "value": "Low", "position": 3}}}}}"""));
    }

    @Test
    void a_misspelt_key_of_a_type_or_a_field_is_refused_and_one_that_stands_already_may_come_back() {
        world.configure("""
            jsonb_set(value, '{projects,SEC,ticket_config}',
              '{"issue_types": {"Bug": {"icon": "bug", "fields": {
                 "Priority": {"schema": {"type": "priority"}, "value": "High", "position": 3}}}}}')\
            """);
        JsonNode before = administrator.row();

        JsonNode problems = problems(administrator.tryPut(
                CONFIG,
                "{'issue_types': {'Bug': {'feilds': {}, 'icon': 'bug', 'fields': {'Priority': {'value': 'High',"
                        + " 'position': 3, 'vaule': 'Low'}}}}}"));

        assertThat(problems.at("/Bug.feilds/0").asText()).contains("is unknown");
        assertThat(problems.at("/Bug.Priority/0").asText()).contains("'vaule' is unknown");
        assertThat(problems).hasSize(2);
        assertThat(administrator.row()).isEqualTo(before);
        administrator.put(
                CONFIG,
                "{'issue_types': {'Bug': {'icon': 'bug', 'fields': {'Priority': {'value': 'Low', 'position': 3}}}}}");
        assertThat(administrator
                        .row()
                        .at("/projects/SEC/ticket_config/issue_types/Bug/fields/Priority/value")
                        .asText())
                .isEqualTo("Low");
    }

    @Test
    void what_may_not_be_meant_is_saved_with_a_warning() {
        JsonNode saved =
                BridgeWorld.json(save("{'Environment': '${vulnerability.name}', 'Risk note': {'value': {'level': 3}}}")
                        .body());

        assertThat(saved.path("warnings").toString())
                .contains("Environment: looks like a FreeMarker template", "Risk note: the bridge does not know");
        assertThat(saved.at("/ticket_config/issue_types/Bug/fields/Risk note/value/level")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void a_name_that_no_vulnerability_has_is_warned_of_in_a_template() {
        JsonNode saved = BridgeWorld.json(save("{'Summary': '{{ severty }}: {{ name }}', 'Description':"
                        + " '{% for ref in refs %}{{ loop.index }} {{ ref.name }} {{ vuln.custom_fields }}{% endfor %}"
                        + " {{ epss }} {{ faraday_url }} {{ metadata.creator }} {{ _attachments }} {{ servce }}'}")
                .body());

        assertThat(saved.path("warnings")).hasSize(2);
        assertThat(saved.at("/warnings/0").asText()).contains("Summary: the template uses 'severty', which");
        assertThat(saved.at("/warnings/1").asText()).contains("Description: the template uses 'servce', which");
        assertThat(save("{'Summary': '{{ vuln.name }} {{ vulnerability.id }} {{ command_id }}'}")
                        .body())
                .contains("the template uses 'command_id'");
    }

    @Test
    void a_user_who_may_not_be_looked_up_is_taken_with_a_warning() {
        // A refusal that does not say whom it refused is asked for twice.
        world.jira().faults().next(2, "GET", "/user/search", Fault.errorBefore(403));

        JsonNode saved = BridgeWorld.json(save("{'Assignee': 'asmith'}").body());

        assertThat(saved.at("/warnings/0").asText()).contains("Assignee: 'asmith' could not be checked");
    }

    @Test
    void a_user_of_several_alike_is_named_exactly() {
        JsonNode saved = BridgeWorld.json(save("{'Assignee': 'asmith@example.com', 'Security owner': 'JDOE'}")
                .body());

        assertThat(saved.at("/ticket_config/issue_types/Bug/fields/Assignee/value")
                        .asText())
                .isEqualTo("asmith");
        assertThat(saved.at("/ticket_config/issue_types/Bug/fields/Security owner/value")
                        .asText())
                .isEqualTo("jdoe");
    }

    @Test
    void fields_are_shown_as_whoever_configures_them_needs_them() {
        JsonNode fields =
                administrator.get("projects/SEC/issue-types/Bug/fields").path("fields");

        JsonNode category = named(fields, "Category");
        assertThat(category.at("/allowed_values/0/name").asText()).isEqualTo("Network");
        assertThat(category.at("/allowed_values/0/children/1/name").asText()).isEqualTo("DNS");
        assertThat(category.path("allowed_count").asInt()).isEqualTo(3);
        assertThat(named(fields, "Summary").path("required").asBoolean()).isTrue();
        assertThat(named(fields, "Summary").path("template").asBoolean()).isTrue();
        assertThat(named(fields, "Reporter").path("required").asBoolean(true)).isFalse();
        assertThat(named(fields, "Labels").path("operations").toString()).isEqualTo("[\"add\",\"set\",\"remove\"]");
        assertThat(named(fields, "Labels").path("items").asText()).isEqualTo("string");
        assertThat(named(fields, "Assignee").path("allowed_count").isNull()).isTrue();
        assertThat(named(fields, "Asset").at("/allowed_values/1/id").asText()).isEqualTo("8");
        assertThat(named(fields, "Asset").at("/allowed_values/1/name").asText()).isEqualTo("Web server");
        assertThat(named(fields, "Severity").path("custom").asText()).endsWith(":select");
        assertThat(named(fields, "Attachment").path("supported").asBoolean(true))
                .isFalse();
        assertThat(named(fields, "Attachment").path("unsupported_because").asText())
                .contains("files");
        assertThat(named(fields, "Risk note").path("unsupported_because").asText())
                .contains("sd-risk");
        JsonNode one = administrator.get("projects/SEC/issue-types/10004/fields?field=severity");
        assertThat(one.path("count").asInt()).isEqualTo(1);
        assertThat(one.at("/fields/0/id").asText()).isEqualTo("customfield_10010");
        assertThat(administrator.tryGet("projects/SEC/issue-types/Epic/fields").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_jira_before_8_4_shows_and_takes_the_same() {
        JsonNode today = administrator.get("projects/SEC/issue-types/Bug/fields");
        world.jira().oddities().enable(Oddity.CREATE_META_BEFORE_84);

        assertThat(administrator.get("projects/SEC/issue-types/Bug/fields")).isEqualTo(today);
        assertThat(administrator.get("projects/SEC/issue-types").findValuesAsText("name"))
                .containsExactly("Bug", "Task", "Story");
        assertThat(save("{'Priority': 'Low'}").statusCode()).isEqualTo(200);
    }

    private static JsonNode named(JsonNode fields, String name) {
        for (JsonNode field : fields) {
            if (field.path("name").asText().equals(name)) {
                return field;
            }
        }
        throw new AssertionError(name + " is not among the fields");
    }
}
