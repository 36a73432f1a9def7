package io.faradaybridge.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.ReceivedCall;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A workflow without shortcuts whose last transition demands a resolution; on Data Center. */
class StrictWorkflowStoryTest {

    private static final String MAPPING = "projects/STR/attribute-mapping";
    private static final String VIA = "'via': {'Done': ['In Progress', 'In Review']}";
    private static final String FIXED = "'transition_fields': {'closed': {'Resolution': 'Duplicate', 'Summary': 'x'}}";

    private static BridgeWorld world;
    private static Administrator administrator;

    @BeforeAll
    static void start() {
        begin(SandboxJira.Options.dataCenter());
    }

    static void begin(SandboxJira.Options options) {
        world = BridgeWorld.of(options);
        world.jira().addStrictProject("STR");
        world.configure("jsonb_set(value, '{projects,STR}', value #> '{projects,WEB}')");
        administrator = Administrator.of(world);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void mapping() {
        administrator.put(MAPPING, "{" + VIA + ", " + FIXED + ", 'transition_comment': ''}");
    }

    private Link exported() {
        Link link = Link.exported(world, "STR");
        link.awaitQuiet();
        return link.webhooksCome();
    }

    private static SandboxIssue issue(Link link) {
        return world.jira().issue(link.issueKey());
    }

    private void close(Link link) {
        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");
        link.awaitQuiet();
    }

    @Test
    void the_transition_sends_the_values_of_the_outcome_that_its_screen_shows() {
        Link link = exported();
        String summary = issue(link).summary();

        close(link);

        assertThat(issue(link).fields().get("resolution").path("name").asText()).isEqualTo("Duplicate");
        assertThat(issue(link).summary()).as("not on the screen").isEqualTo(summary);
    }

    @Test
    void the_comment_is_rendered_for_the_vulnerability_and_added_once() {
        administrator.put(
                MAPPING, "{'transition_comment': '{{ vuln.severity_name }}: closed in Faraday, {{ vuln.status }}'}");
        Link link = exported();

        close(link);

        JsonNode comments = issue(link).fields().get("comment").path("comments");
        assertThat(comments).hasSize(1);
        assertThat(comments.at("/0/body").asText()).endsWith(": closed in Faraday, closed");
    }

    @Test
    void a_screen_that_asks_for_more_blocks_with_the_names_and_the_cure() {
        administrator.put(MAPPING, "{'transition_fields': {}}");
        Link link = exported();

        world.setStatus(link.vulnerability(), "closed");

        await().until(() -> link.blockedReason().contains("'Approve'"));
        assertThat(link.blockedReason())
                .contains("asks for 'Resolution' (allowed are ", "Won't Do", "\"transition_fields\": {\"closed\"");
        assertThat(link.jira()).isEqualTo("In Review");
        assertThat(link.faraday()).isEqualTo("closed");

        administrator.put(MAPPING, "{" + FIXED + "}");

        link.awaitJira("Done");
        link.awaitQuiet();
        assertThat(issue(link).transitionsBy(SandboxConnection.SERVICE_ACCOUNT)).isEqualTo(3);
    }

    @Test
    void a_value_that_the_screen_does_not_allow_is_not_sent_and_the_allowed_ones_are_named() {
        administrator.put(MAPPING, "{'transition_fields': {'closed': {'resolution': 'Mended'}}}");
        Link link = exported();

        world.setStatus(link.vulnerability(), "closed");

        await().until(() -> link.blockedReason().contains("Mended"));
        assertThat(link.blockedReason()).contains("resolution", "Duplicate", "\"transition_fields\" of 'closed'");
        assertThat(link.jira()).isEqualTo("In Review");
    }

    @Test
    void what_cannot_be_sent_or_rendered_is_refused_when_it_is_saved() {
        JsonNode problems = BridgeWorld.json(administrator
                        .tryPut(
                                MAPPING,
                                "{'transition_fields': {'fixed': {}, 'closed': {'Resolution': '', 'Team': '{{ x }}'},"
                                        + " 'open': 1}, 'transition_comment': '{{ vuln.name '}")
                        .body())
                .at("/messages/json");

        assertThat(problems.path("transition_fields").toString())
                .contains(
                        "'fixed' is not a status of Faraday",
                        "'Resolution' needs a value",
                        "'Team' holds Jinja2 markup",
                        "'open' needs an object of values");
        assertThat(problems.path("transition_comment").toString()).contains("line 1");
    }

    private static JsonNode way(JsonNode preview, String from, String to) {
        for (JsonNode way : preview.path("ways")) {
            if (way.path("issue_type").asText().equals("Bug")
                    && way.path("from").asText().equals(from)
                    && way.path("to").asText().equals(to)) {
                return way;
            }
        }
        throw new AssertionError(from + " to " + to + " is not in " + preview);
    }

    @Test
    void the_ways_are_shown_as_far_as_jira_has_shown_them() {
        JsonNode other = administrator
                .done("POST", "projects/WEB/attribute-mapping/preview", "")
                .at("/ways/0");
        assertThat(other.path("reach").asText()).isEqualTo("unknown");
        assertThat(other.path("message").asText()).contains("has not yet shown the transitions from");
        Link link = exported();
        for (String status : List.of("In Progress", "In Review", "In Progress", "To Do")) {
            world.jira().movePerson(link.issueKey(), status);
            world.sweep();
            await().until(() -> world.rows()
                    .sql("SELECT count(*) FROM faraday_bridge.known_transitions WHERE from_status = ?")
                    .param(issue(link).statusId())
                    .query(Integer.class)
                    .single()
                    .equals(1));
        }

        JsonNode shown = administrator.done("POST", MAPPING + "/preview", "");

        assertThat(way(shown, "To Do", "Done").path("reach").asText()).isEqualTo("by_way");
        assertThat(way(shown, "To Do", "Done").path("by").toString())
                .isEqualTo("[\"In Progress\",\"In Review\",\"Done\"]");
        assertThat(way(shown, "To Do", "Done").path("outgoing").toString()).contains("closed");
        assertThat(way(shown, "In Review", "Done").path("reach").asText()).isEqualTo("direct");
        JsonNode single = administrator.done("POST", MAPPING + "/preview", "{\"via\": \"off\"}");
        assertThat(way(single, "To Do", "Done").path("reach").asText()).isEqualTo("unreachable");
        assertThat(administrator
                        .send("POST", MAPPING + "/preview", "{\"via\": {\"Nowhere\": [\"To Do\"]}}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(administrator.row().at("/projects/STR/attribute_mapping/via").isObject())
                .as("nothing is saved")
                .isTrue();
    }

    @Test
    void the_preview_of_an_export_shows_the_way_of_a_linked_issue() {
        Link link = exported();
        close(exported());
        world.configure("jsonb_set(value, '{enabled}', 'false')");
        world.setStatus(link.vulnerability(), "closed");

        JsonNode transition = administrator
                .done("POST", "projects/STR/preview", "{\"vulnerability_ids\": [" + link.vulnerability() + "]}")
                .at("/vulnerabilities/0/transition");

        assertThat(transition.path("to").asText()).isEqualTo("Done");
        assertThat(transition.path("message").asText())
                .contains("from 'To Do' to 'In Progress', and goes on to 'In Review', then 'Done'");
        world.configure("jsonb_set(value, '{enabled}', 'true')");
    }

    @Test
    @Tag("long")
    void a_hundred_closings_all_arrive_with_three_calls_each() {
        close(exported());
        List<Link> links = Link.exported(world, "STR", 100);
        links.forEach(Link::awaitQuiet);
        links.get(0).webhooksCome();
        world.jira().clearRequests();

        links.forEach(link -> world.setStatus(link.vulnerability(), "closed"));

        links.forEach(link -> link.awaitJira("Done"));
        links.forEach(Link::awaitQuiet);
        assertThat(links).allMatch(link -> issue(link).transitionsBy(SandboxConnection.SERVICE_ACCOUNT) == 3);
        assertThat(links)
                .allMatch(link -> Objects.equals(
                        issue(link).fields().get("resolution").path("name").asText(), "Duplicate"));
        assertThat(links).allMatch(link -> link.count(ReceivedCall.Kind.TRANSITION) == 3);
        assertThat(links.stream().mapToInt(link -> link.calls().size()).sum())
                .as("a sweep on a busy machine may see a few of them half way, and has each read once")
                .isBetween(300, 306);
        links.forEach(link -> assertThat(link.faraday()).isEqualTo("closed"));
    }
}
