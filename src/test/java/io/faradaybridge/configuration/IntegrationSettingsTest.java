package io.faradaybridge.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntegrationSettingsTest {

    private static final String DOCUMENTED = """
            {"url": "https://your-jira-instance.atlassian.net/", "consumer_key": "faraday-key",
             "rsa_public_key": "-----BEGIN PUBLIC KEY-----", "authorization_state": "authorized", "enabled": true,
             "projects": {"PROJECT_KEY": {
               "ticket_config": {"issue_types": {"Bug": {"fields": {
                 "Summary": {"schema": {"type": "string"}, "value": "Fixed words"},
                 "Components": {"schema": {"type": "array", "items": "component"}, "value": ["Web"]},
                 "Priority": {"schema": {"type": "priority"}, "value": "High"}}}}},
               "attribute_mapping": {"incoming": {"Done": "Closed"}, "outgoing": {"Closed": "Done"}}}}}
            """;

    @Test
    void reads_what_faraday_documents() {
        IntegrationSettings settings = read(DOCUMENTED);

        assertThat(settings.url()).isEqualTo("https://your-jira-instance.atlassian.net");
        assertThat(settings.consumerKey()).isEqualTo("faraday-key");
        assertThat(settings.authorizationState()).isEqualTo("authorized");
        assertThat(settings.enabled()).isTrue();
        assertThat(settings.problems()).isEmpty();
        ProjectSettings project = settings.project("PROJECT_KEY").orElseThrow();
        assertThat(project.active()).isTrue();
        assertThat(project.policy()).isEqualTo(ConflictPolicy.JIRA_WINS);
        assertThat(project.mapping().in(JiraStatus.named("Done"))).contains(FaradayStatus.CLOSED);
        assertThat(project.mapping().out(FaradayStatus.CLOSED)).contains(JiraStatus.named("Done"));
        TicketConfig bug = project.issueType("Bug").orElseThrow();
        assertThat(bug.fields()).containsOnlyKeys("Summary", "Components", "Priority");
        assertThat(bug.fields())
                .containsEntry("Components", new FieldSetting("array", "component", json("[\"Web\"]")))
                .containsEntry("Priority", new FieldSetting("priority", null, json("\"High\"")));
    }

    @Test
    void a_project_without_an_issue_type_is_not_active() {
        IntegrationSettings settings = read("{\"projects\": {\"A\": {}, \"B\": {\"active\": null}}}");

        assertThat(settings.projects().values()).hasSize(2).noneMatch(ProjectSettings::active);
    }

    @Test
    void a_project_is_switched_off_by_its_own_key() {
        IntegrationSettings settings =
                read(DOCUMENTED.replace("\"ticket_config\"", "\"active\": false, \"ticket_config\""));

        assertThat(settings.project("PROJECT_KEY").orElseThrow().active()).isFalse();
    }

    @Test
    void faraday_wins_where_a_project_says_so() {
        IntegrationSettings settings =
                read(DOCUMENTED.replace("\"incoming\"", "\"policy\": \"faraday-wins\", \"incoming\""));

        assertThat(settings.project("PROJECT_KEY").orElseThrow().policy()).isEqualTo(ConflictPolicy.FARADAY_WINS);
    }

    @Test
    void a_broken_project_leaves_the_others_alone() {
        IntegrationSettings settings = read("""
                {"projects": {
                  "BROKEN": "yes",
                  "HALF": {"ticket_config": {"issue_types": {"Bug": 1, "Task": {}}},
                           "attribute_mapping": {"incoming": [], "policy": "nobody"}},
                  "GOOD": {"ticket_config": {"issue_types": {"Task": {"fields": {}}}}}}}
                """);

        assertThat(settings.projects()).containsOnlyKeys("HALF", "GOOD");
        assertThat(settings.problems()).containsOnlyKeys("BROKEN", "HALF");
        assertThat(settings.problems().get("HALF"))
                .containsExactly(
                        "issue type 'Bug' must be an object with \"fields\"; it is ignored",
                        "attribute_mapping.incoming must be an object of statuses, so it is ignored",
                        "attribute_mapping.policy is 'nobody'; expected jira-wins or faraday-wins, so jira-wins is used");
        assertThat(settings.project("HALF").orElseThrow().issueTypes()).containsOnlyKeys("Task");
    }

    @Test
    void shows_the_project_of_an_old_faraday_as_not_set_up_yet() {
        IntegrationSettings settings = read("{\"url\": \"https://jira.example\", \"project_key\": \"SEC\"}");

        assertThat(settings.project("SEC").orElseThrow().active()).isFalse();
        assertThat(settings.problems()).containsOnlyKeys("SEC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "[]", "\"x\"", "{\"projects\": []}", "{\"projects\": null, \"enabled\": []}"})
    void survives_any_json(String json) {
        assertThat(read(json).projects()).isEmpty();
        assertThat(read(json).enabled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Done\": \"Open\"",
                "\"Doing\": \"Closed\"",
                "\"Done\": \"Closed\", \"To Do\": \"Open\"",
                "\"Done\": \"Closed\"}, \"policy\": \"faraday-wins\", \"x\": {",
                "\"Done\": \"Closed\"}, \"outgoing\": {\"Closed\": {\"id\": \"7\", \"name\": \"Done\"}}, \"x\": {",
                "\"Done\": \"Closed\"}}, \"active\": true, \"x\": {\"y\": {",
            })
    void the_version_changes_with_everything_a_decision_depends_on(String incoming) {
        assertThat(version(incoming)).isNotEqualTo(version("\"Done\": \"Closed\""));
    }

    @Test
    void the_version_does_not_change_with_spelling_or_fields() {
        String spelled = "\" dONE\": \"closed\"}, \"policy\": \"jira-wins\", \"unknown\": {";

        assertThat(version(spelled)).isEqualTo(version("\"Done\": \"Closed\"")).matches("[0-9a-f]{16}");
    }

    private static String version(String incoming) {
        return read("{\"projects\": {\"A\": {\"attribute_mapping\": {\"incoming\": {" + incoming + "}}}}}")
                .project("A")
                .orElseThrow()
                .mappingVersion();
    }

    private static IntegrationSettings read(String text) {
        return IntegrationSettings.read(json(text));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
