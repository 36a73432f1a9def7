package io.faradaybridge.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.project.IntegrationConfigurationSource;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.Deployment;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An administrator comes to a Faraday that never heard of Jira, and leaves with the first issue exported. */
class FirstIssueStoryTest {

    private BridgeWorld world;

    @AfterEach
    void leave() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource(Deployment.class)
    void from_an_empty_row_to_the_first_issue_with_every_type_of_field(Deployment deployment) {
        world = BridgeWorld.of(
                deployment == Deployment.CLOUD ? SandboxJira.Options.cloud() : SandboxJira.Options.dataCenter());
        Administrator administrator = Administrator.of(world);
        world.jira().createPerson("SEC", "Story", "the parent");
        world.rows()
                .sql("DELETE FROM configuration WHERE key = 'jira_integration'")
                .update();
        world.bean(IntegrationConfigurationSource.class).changed();

        JsonNode nothing = administrator.get("");
        assertThat(nothing.path("version").asText()).isEmpty();
        assertThat(nothing.at("/readiness/connection/missing/0").asText()).contains("address");
        connect();
        assertThat(administrator.get("").at("/readiness/connection/ready").asBoolean())
                .isTrue();

        JsonNode available = administrator.get("available-projects?query=find");
        assertThat(available.path("projects")).hasSize(1);
        assertThat(available.at("/projects/0/key").asText()).isEqualTo("SEC");
        JsonNode added = administrator.put("projects/SEC", "{}");
        assertThat(added.path("active").asBoolean()).isFalse();
        assertThat(added.at("/missing/0").asText()).contains("no issue type");

        assertThat(administrator.get("projects/SEC/issue-types").findValuesAsText("name"))
                .contains("Bug", "Task", "Story");
        JsonNode fields = administrator.get("projects/SEC/issue-types/Bug/fields");
        assertThat(fields.path("fields").findValuesAsText("name")).contains("Severity", "Labels", "Parent");
        JsonNode configured = administrator.put(
                "projects/SEC/ticket-config",
                "{'issue_type': 'Bug', 'version': '" + added.path("version").asText() + "', 'fields': "
                        + EveryField.GIVEN + "}");
        assertThat(configured.at("/ticket_config/issue_types/Bug/fields"))
                .isEqualTo(EveryField.stored(deployment == Deployment.CLOUD));

        JsonNode statuses = administrator.get("projects/SEC/statuses");
        assertThat(statuses.findValuesAsText("name")).contains("To Do", "Done");
        administrator.put(
                "projects/SEC/attribute-mapping",
                "{'incoming': {'to do': 'Open', 'In Progress': 'Re-Opened', '10001': 'Closed'},"
                        + " 'outgoing': {'Open': 'To Do', 're opened': 'in progress', 'closed': 'Done'}}");
        JsonNode activated = administrator.put("projects/SEC/active", "{'active': true}");

        assertThat(activated.path("enabled").asBoolean()).isTrue();
        assertThat(administrator.get("").at("/readiness/ready").asBoolean()).isTrue();
        Link link = Link.exported(world, "SEC");
        SandboxIssue issue = world.jira().issue(link.issueKey());
        assertThat(issue.type()).isEqualTo("Bug");
        EveryField.NAMES.forEach((id, text) ->
                assertThat(issue.fields().get(id)).as(id).asString().contains(text));
        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");
        link.awaitQuiet();
        await().untilAsserted(() -> assertThat(
                        administrator.get("status").at("/counts/links").asInt())
                .isEqualTo(1));
        assertThat(audited())
                .containsExactly(
                        "projects.SEC",
                        "projects.SEC.ticket_config",
                        "projects.SEC.attribute_mapping",
                        "projects.SEC.active, enabled");
    }

    /** The connection is another part of the API. */
    private void connect() {
        world.rows()
                .sql("INSERT INTO configuration (key, value) VALUES ('jira_integration',"
                        + " jsonb_build_object('url', ?::text, 'consumer_key', ?::text))")
                .params(world.jira().baseUrl(), SandboxConnection.CONSUMER_KEY)
                .update();
        world.bean(IntegrationConfigurationSource.class).changed();
    }

    private List<String> audited() {
        return world.rows()
                .sql("SELECT what FROM faraday_bridge.setup_change ORDER BY id")
                .query(String.class)
                .list();
    }
}
