package io.faradaybridge.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.EachJira;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.jira.Edition;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** An administrator comes to a Faraday that never heard of Jira, and leaves with the first issue in step: by the API alone. */
class FirstIssueStoryTest {

    private BridgeWorld world;
    private Administrator administrator;

    @AfterEach
    void leave() {
        world.close();
    }

    @EachJira
    void from_an_empty_database_to_the_first_issue_with_every_type_of_field(Edition edition) {
        world = Administrator.beforeAnything(edition.options()).start();
        administrator = Administrator.of(world);
        world.jira().createPerson("SEC", "Story", "the parent");
        for (int other = 1; other <= 7; other++) {
            world.jira().createPerson("OPS", "Story", "epic no. " + other);
        }

        JsonNode nothing = administrator.get("");
        assertThat(nothing.path("version").asText()).isEmpty();
        assertThat(nothing.at("/readiness/connection/missing/0").asText()).contains("address");
        connect();
        chooseProject();
        configure(edition);
        mapStatuses();
        JsonNode activated = administrator.put("projects/SEC/active", "{'active': true}");
        assertThat(activated.path("enabled").asBoolean()).isTrue();
        assertThat(administrator.get("").at("/readiness/ready").asBoolean()).isTrue();
        assertThat(administrator.get("take-over").path("observing").asBoolean()).isFalse();

        Link link = Link.exported(world, "SEC");

        SandboxIssue issue = world.jira().issue(link.issueKey());
        assertThat(issue.type()).isEqualTo("Bug");
        EveryField.NAMES.forEach((id, text) ->
                assertThat(issue.fields().get(id)).as(id).asString().contains(text));
        bothWays(link);
        await().untilAsserted(() -> assertThat(
                        administrator.get("status").at("/counts/links").asInt())
                .isEqualTo(1));
        assertThat(audited())
                .containsSubsequence(
                        "connection",
                        "connection.keys",
                        "connection.credentials",
                        "projects.SEC",
                        "projects.SEC.ticket_config",
                        "projects.SEC.attribute_mapping",
                        "projects.SEC.active, enabled");
        JsonNode last = administrator.get("audit?limit=1").get(0);
        assertThat(last.path("what").asText()).startsWith("tokens.");
        JsonNode switched = administrator
                .get("audit?limit=1&before=" + last.path("id").asLong())
                .get(0);
        assertThat(switched.path("before").toString()).isEqualTo("{\"active\":false,\"enabled\":false}");
        assertThat(switched.path("after").toString()).isEqualTo("{\"active\":true,\"enabled\":true}");
        assertThat(world.jira().rejectedSignatures()).isEmpty();
    }

    private void connect() {
        administrator.connect();
        administrator.link();
        administrator.authorise();
        assertThat(administrator.done("POST", "connection/test", "").path("ok").asBoolean())
                .isTrue();
        assertThat(administrator.get("").at("/readiness/connection/ready").asBoolean())
                .isTrue();
    }

    private void chooseProject() {
        JsonNode available = administrator.get("available-projects?query=find");
        assertThat(available.path("projects")).hasSize(1);
        assertThat(available.at("/projects/0/key").asText()).isEqualTo("SEC");
        JsonNode added = administrator.put("projects/SEC", "{}");
        assertThat(added.path("active").asBoolean()).isFalse();
        assertThat(added.at("/missing/0").asText()).contains("no issue type");
    }

    private void configure(Edition edition) {
        assertThat(administrator.get("projects/SEC/issue-types").findValuesAsText("name"))
                .contains("Bug", "Task", "Story");
        JsonNode fields = administrator.get("projects/SEC/issue-types/Bug/fields");
        assertThat(fields.path("fields").findValuesAsText("name")).contains("Severity", "Labels", "Parent");
        JsonNode configured = administrator.put(
                "projects/SEC/ticket-config",
                "{'issue_type': 'Bug', 'version': '"
                        + administrator.get("").path("version").asText() + "', 'fields': " + EveryField.GIVEN + "}");
        assertThat(configured.at("/ticket_config/issue_types/Bug/fields"))
                .isEqualTo(EveryField.stored(edition.isCloud()));
    }

    private void mapStatuses() {
        assertThat(administrator.get("projects/SEC/statuses").findValuesAsText("name"))
                .contains("To Do", "Done");
        administrator.put(
                "projects/SEC/attribute-mapping",
                "{'incoming': {'to do': 'Open', 'In Progress': 'Re-Opened', '10001': 'Closed'},"
                        + " 'outgoing': {'Open': 'To Do', 're opened': 'in progress', 'closed': 'Done'}}");
    }

    /** Faraday closes it; a person reopens the issue, and Jira says so with a token made here. */
    private void bothWays(Link link) {
        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");
        link.awaitQuiet();
        String token = administrator
                .done("POST", "tokens", "{\"alias\": \"Jira Automation\"}")
                .path("token")
                .asText();
        world.jira().automation(world.webhookUrl(), token);
        world.jira().movePerson(link.issueKey(), "To Do");
        link.awaitFaraday("open");
        link.awaitQuiet();
    }

    private List<String> audited() {
        return world.rows()
                .sql("SELECT what FROM faraday_bridge.setup_change ORDER BY id")
                .query(String.class)
                .list();
    }
}
