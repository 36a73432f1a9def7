package io.faradaybridge.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Jira, or a proxy in front of it, shows nobody what its create screens ask for: the project is set up all the same. */
class HiddenScreensStoryTest {

    private static final String CONFIG = "projects/OPS/ticket-config";

    private BridgeWorld world;
    private Administrator administrator;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
        administrator = Administrator.of(world);
        administrator.put("projects/OPS", "{}");
    }

    @AfterEach
    void leave() {
        world.jira().calm();
    }

    private void hide(int status) {
        world.jira()
                .faults()
                .sometimes(
                        1,
                        "GET",
                        "/issue/createmeta",
                        status == 401 ? Fault.scopeMismatch() : Fault.errorBefore(status));
    }

    private void configure(String fields) {
        administrator.put(CONFIG, "{'issue_types': {'Bug': {'fields': " + fields + "}}}");
        administrator.put("projects/OPS/active", "{'active': true}");
    }

    private JsonNode finished(int vulnerability) {
        long batch = world.export(List.of(vulnerability), "OPS").path("id").asLong();
        await().until(() -> world.batch(batch).path("finished").asBoolean());
        return world.batch(batch);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404})
    void fields_are_saved_unchecked_with_a_warning(int status) {
        hide(status);

        assertThat(administrator.get("projects/OPS/issue-types").findValuesAsText("name"))
                .containsExactly("Bug", "Task", "Story");
        JsonNode shown = administrator.get("projects/OPS/issue-types/Bug/fields");
        assertThat(shown.path("hidden").asText()).contains("(" + status + ")");
        assertThat(shown.path("fields").findValuesAsText("name")).contains("Category", "Labels", "Component/s");
        JsonNode saved = administrator.put(CONFIG, "{'issue_type': 'Bug', 'fields': {'labels': ['hidden']}}");

        assertThat(saved.at("/ticket_config/issue_types/Bug/fields/Labels/value")
                        .toString())
                .isEqualTo("[\"hidden\"]");
        assertThat(saved.at("/warnings/0").asText())
                .contains("the fields of Bug are saved unchecked", "(" + status + ")");
        assertThat(administrator
                        .tryPut(CONFIG, "{'issue_type': 'Bug', 'fields': {'Colour of the sky': 'blue'}}")
                        .body())
                .contains("is not on the create screen");
    }

    @Test
    void an_export_shows_what_jira_says_and_leaves_out_what_nobody_asked_for() {
        hide(403);
        configure("{}");
        List<Integer> vulnerabilities = world.vulnerabilities(3);

        assertThat(finished(vulnerabilities.get(0)).toString()).contains("Category is required");

        configure("{'Category': {'parent': 'Network', 'child': 'DNS'}, 'Severity': 'High'}");
        finished(vulnerabilities.get(1));
        world.jira().clearRequests();
        finished(vulnerabilities.get(2));

        for (int exported : vulnerabilities.subList(1, 3)) {
            SandboxIssue issue = world.jira().issue(world.issueKey(exported)); // OPS has no labels on its screen
            assertThat(issue.fields().get("summary").asText()).isNotEmpty();
            assertThat(issue.fields().toString()).contains("DNS", "High");
        }
        assertThat(world.jira().requests())
                .filteredOn(call -> call.method().equals("POST"))
                .hasSize(1);
    }

    @Test
    void a_configured_field_is_refused_with_jiras_message() {
        hide(404);
        configure("{'Category': {'parent': 'Network', 'child': 'DNS'}, 'Severity': 'High', 'Labels': 'mine'}");

        assertThat(finished(world.vulnerabilities(1).get(0)).toString())
                .contains("Field 'labels' cannot be set. It is not on the appropriate screen");
    }
}
