package io.faradaybridge.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.EachJira;
import io.faradaybridge.sandbox.Markdown;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.Edition;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** The recipes of {@code docs/templates.md}, read from the page and exported. */
class TemplateRecipesTest {

    /** What Jira shows afterwards of a critical vulnerability, and of a low one; by the recipe's heading. */
    private record Expected(String field, String critical, String low) {}

    private static final Map<String, Expected> RECIPES = Map.of(
            "Priority by severity", new Expected("priority", "Highest", "Medium"),
            "Due date by SLA", new Expected("duedate", "2025-09-22", ""),
            "Labels from CVE and tool", new Expected("labels", "CVE-2021-45046", "Nessus"),
            "Component by workspace", new Expected("components", "Frontend", "Frontend"),
            "Assignee by tag", new Expected("assignee", "Alex Smith", "Jane Doe"),
            "Security level", new Expected("security", "Confidential", "Internal"),
            "Environment", new Expected("environment", "Workspace acme-external", "Workspace acme-external"),
            "Sprint", new Expected("customfield_50001", "Hardening", ""),
            "Parent epic", new Expected("parent", "REC-2", "REC-2"),
            "Link to Faraday",
                    new Expected("customfield_50005", "https://faraday.example/1", "https://faraday.example/"));

    private BridgeWorld world;

    @AfterEach
    void leave() {
        world.close();
    }

    @EachJira(daily = Edition.DATA_CENTER_10)
    void each_recipe_does_what_its_heading_says(Edition edition) {
        world = BridgeWorld.asleep(edition.options())
                .with("bridge.faraday.url", "https://faraday.example/{id}")
                .start();
        Administrator administrator = Administrator.of(world);
        world.jira().addAgileProject("REC");
        world.jira().createPerson("REC", "Bug", "All findings");
        world.jira().createPerson("REC", "Bug", "Findings of acme-external");
        administrator.put("projects/REC", "{}");
        int low = world.vulnerabilities(1).get(0);
        world.rows()
                .sql("UPDATE vulnerability SET severity = 'low' WHERE id = ?")
                .param(low)
                .update();
        world.rows()
                .sql("UPDATE vulnerability SET create_date = '2025-09-15 23:30' WHERE id = ?")
                .param(SampleFaraday.LOG4SHELL)
                .update();

        ObjectNode all = JsonNodeFactory.instance.objectNode();
        recipes().values().forEach(recipe -> all.setAll((ObjectNode) recipe));
        administrator.done("PUT", "projects/REC/ticket-config", "{\"issue_type\": \"Bug\", \"fields\": " + all + "}");
        administrator.put("projects/REC/active", "{'active': true}");
        long batch = world.export(List.of(SampleFaraday.LOG4SHELL, low), "REC")
                .path("id")
                .asLong();
        await().until(() -> world.batch(batch).path("finished").asBoolean());

        assertThat(world.batch(batch).path("items").findValuesAsText("state"))
                .as(world.batch(batch).toString())
                .containsOnly("linked");
        SandboxIssue critical = world.jira().issue(world.issueKey(SampleFaraday.LOG4SHELL));
        SandboxIssue other = world.jira().issue(world.issueKey(low));
        RECIPES.forEach((heading, expected) -> {
            assertThat(shown(critical, expected)).as(heading).contains(expected.critical());
            if (expected.low().isEmpty()) {
                assertThat(other.fields()).as(heading).doesNotContainKey(expected.field());
            } else {
                assertThat(shown(other, expected)).as(heading).contains(expected.low());
            }
        });
    }

    private static String shown(SandboxIssue issue, Expected expected) {
        return String.valueOf(issue.fields().get(expected.field()));
    }

    private static Map<String, JsonNode> recipes() {
        Markdown page = Markdown.of("docs/templates.md");
        List<String> headings = List.copyOf(page.sections(3).keySet());
        List<String> blocks = page.blocks("json");
        assertThat(headings)
                .containsExactlyInAnyOrderElementsOf(RECIPES.keySet())
                .hasSameSizeAs(blocks);
        Map<String, JsonNode> recipes = new LinkedHashMap<>();
        for (int i = 0; i < blocks.size(); i++) {
            recipes.put(headings.get(i), BridgeWorld.json(blocks.get(i)));
        }
        return recipes;
    }
}
