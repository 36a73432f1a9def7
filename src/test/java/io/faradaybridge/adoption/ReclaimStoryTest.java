package io.faradaybridge.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.jira.Fault;
import java.net.http.HttpResponse;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A backup was restored, and issues that were made after it are found again. */
class ReclaimStoryTest {

    private BridgeWorld world;
    private AdoptionApi api;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
        api = new AdoptionApi(world);
    }

    /** What the database knows of the exports is gone, as it is after a restore. */
    private void restored(List<Link> links) {
        Integer[] ids = links.stream().map(Link::vulnerability).toArray(Integer[]::new);
        for (String sql : List.of(
                "DELETE FROM faraday_bridge.issue_link WHERE vulnerability_id = ANY (:ids)",
                "DELETE FROM faraday_bridge.export_item WHERE vulnerability_id = ANY (:ids)",
                "DELETE FROM faraday_bridge.activity WHERE vulnerability_id = ANY (:ids)",
                "UPDATE vulnerability SET issuetracker = '' WHERE id = ANY (:ids)")) {
            world.rows().sql(sql).param("ids", ids, Types.ARRAY).update();
        }
    }

    private List<Link> exportedAndRestored(int count) {
        List<Link> links = Link.exported(world, "SEC", count);
        links.forEach(Link::awaitQuiet);
        restored(links);
        return links;
    }

    private HttpResponse<String> call(String more) {
        return api.post(
                "adoption/reclaim",
                "{\"project\": \"SEC\", \"since\": \"" + Instant.now().minusSeconds(60) + "\"" + more + "}");
    }

    private JsonNode reclaim(String more) {
        HttpResponse<String> answer = call(more);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return BridgeWorld.json(answer.body());
    }

    private static JsonNode issue(JsonNode report, String key) {
        for (JsonNode issue : report.path("issues")) {
            if (issue.path("issue_key").asText().equals(key)) {
                return issue;
            }
        }
        throw new AssertionError(key + " is not in " + report);
    }

    private static String verdict(JsonNode report, Link link) {
        return issue(report, link.issueKey()).path("verdict").asText();
    }

    private void set(Link link, String change) {
        world.rows()
                .sql("UPDATE vulnerability SET " + change + " WHERE id = ?")
                .param(link.vulnerability())
                .update();
    }

    @Test
    void a_new_issue_says_for_which_vulnerability_it_was_made() {
        Link link = Link.exported(world, "SEC");

        JsonNode property = world.jira().issue(link.issueKey()).properties().get("faraday-bridge");

        assertThat(property.path("marker").asText()).isNotEmpty();
        assertThat(property.path("vulnerability").asInt()).isEqualTo(link.vulnerability());
        assertThat(Instant.parse(property.path("created").asText()))
                .isEqualTo(world.rows()
                        .sql("SELECT create_date FROM vulnerability WHERE id = ?")
                        .param(link.vulnerability())
                        .query(LocalDateTime.class)
                        .single()
                        .toInstant(ZoneOffset.UTC));
    }

    @Test
    void a_preview_changes_nothing_and_a_confirmed_call_links_once() {
        List<Link> links = exportedAndRestored(2);
        int issues = world.jira().issues().size();

        JsonNode preview = reclaim("");
        assertThat(links).allMatch(link -> verdict(preview, link).equals("linkable"));
        assertThat(preview.path("message").asText()).contains("Nothing was changed", "\"confirm\": true");
        assertThat(links).allMatch(link -> world.issueKey(link.vulnerability()).isEmpty());

        JsonNode done = reclaim(", \"confirm\": true");
        assertThat(links).allMatch(link -> verdict(done, link).equals("linked"));
        JsonNode again = reclaim(", \"confirm\": true");
        assertThat(links).allMatch(link -> verdict(again, link).equals("already_linked"));

        for (Link link : links) {
            assertThat(world.issueKey(link.vulnerability())).isEqualTo(link.issueKey());
            assertThat(world.outcomes(link.vulnerability())).containsExactly("adopted");
        }
        assertThat(api.link(links.get(0).vulnerability(), "SEC-1", "faraday").body())
                .contains("is linked to " + links.get(0).issueKey());
        world.setStatus(links.get(0).vulnerability(), "closed");
        links.get(0).awaitJira("Done");
        assertThat(world.jira().issues()).hasSize(issues);
    }

    @Test
    void two_calls_at_once_link_each_issue_once() {
        List<Link> links = exportedAndRestored(8);

        CompletableFuture<JsonNode> other = CompletableFuture.supplyAsync(() -> reclaim(", \"confirm\": true"));
        JsonNode one = reclaim(", \"confirm\": true");
        JsonNode two = other.join();

        for (Link link : links) {
            assertThat(List.of(verdict(one, link), verdict(two, link)))
                    .containsExactlyInAnyOrder("linked", "already_linked");
            assertThat(api.activeLinks(link.vulnerability())).isEqualTo(1);
            assertThat(world.outcomes(link.vulnerability())).containsExactly("adopted");
        }
    }

    @Test
    void what_is_not_certain_is_left_to_a_person() {
        List<Link> links = exportedAndRestored(6);
        set(links.get(0), "create_date = create_date + interval '1 second'");
        set(links.get(1), "name = 'Something else'");
        set(links.get(2), "issuetracker = 'SEC-99999'");
        set(links.get(3), "disassociated_manually = true");
        world.rows()
                .sql("DELETE FROM vulnerability WHERE id = ?")
                .param(links.get(4).vulnerability())
                .update();
        asAnOlderVersionLeftIt(links.get(5));

        String notOurs = unmarked();

        JsonNode report = reclaim(", \"confirm\": true");

        assertThat(links.stream().map(link -> verdict(report, link)))
                .containsExactly("other_vulnerability", "changed", "other_issue", "unlinked", "gone", "unnamed");
        assertThat(issue(report, links.get(5).issueKey()).path("reason").asText())
                .contains("issue-link");
        assertThat(issue(report, notOurs).path("verdict").asText()).isEqualTo("unmarked");
        assertThat(links).allMatch(link -> api.activeLinks(link.vulnerability()) == 0);
        JsonNode accepted = reclaim(
                ", \"confirm\": true, \"vulnerability_ids\": [" + links.get(1).vulnerability() + "]");
        assertThat(verdict(accepted, links.get(1))).isEqualTo("linked");
        assertThat(api.link(links.get(5).vulnerability(), links.get(5).issueKey(), "faraday")
                        .statusCode())
                .isEqualTo(200);
    }

    private void asAnOlderVersionLeftIt(Link link) {
        world.bean(JiraClient.class)
                .send(world.bean(JiraRequests.class)
                        .setIssueProperty(
                                world.jira().issue(link.issueKey()).id(),
                                JiraRequests.MARKER_PROPERTY,
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("marker", UUID.randomUUID().toString())));
    }

    private String unmarked() {
        ObjectNode fields = JsonNodeFactory.instance.objectNode().put("summary", "Not the bridge's");
        fields.putObject("project").put("key", "SEC");
        fields.putObject("issuetype").put("name", "Bug");
        ObjectNode issue = JsonNodeFactory.instance.objectNode();
        issue.set("fields", fields);
        return world.bean(JiraClient.class)
                .send(world.bean(JiraRequests.class).createIssues(List.of(issue)))
                .body()
                .at("/issues/0/key")
                .asText();
    }

    @Test
    void of_two_issues_of_one_vulnerability_the_newer_is_linked() {
        Link older = exportedAndRestored(1).get(0);
        long batch =
                world.export(List.of(older.vulnerability()), "SEC").path("id").asLong();
        await().until(() -> world.batch(batch).path("finished").asBoolean());
        Link newer = new Link(world, older.vulnerability(), world.issueKey(older.vulnerability()));
        newer.awaitQuiet();
        restored(List.of(newer));

        JsonNode report = reclaim(", \"confirm\": true");

        assertThat(verdict(report, newer)).isEqualTo("linked");
        assertThat(issue(report, older.issueKey()).path("reason").asText()).contains("has " + newer.issueKey());
    }

    @Test
    void an_export_that_is_at_work_is_not_overtaken() {
        Link link = exportedAndRestored(1).get(0);
        world.rows().sql("""
                    INSERT INTO faraday_bridge.export_item (batch_id, vulnerability_id, project_key, issue_type, state,
                           faraday_status, marker)
                    SELECT max(id), ?, 'SEC', 'Bug', 'unknown', 'open', gen_random_uuid() FROM faraday_bridge.export_batch""").param(link.vulnerability()).update();

        JsonNode report = reclaim(", \"confirm\": true");

        assertThat(verdict(report, link)).isEqualTo("not_linkable");
        assertThat(issue(report, link.issueKey()).path("reason").asText()).contains("resolve it");
    }

    @Test
    void jira_fails_half_way_and_the_call_is_repeated() {
        List<Link> links = exportedAndRestored(12);
        world.jira().faults().next(20, "GET", ".*/properties/faraday-bridge", Fault.errorBefore(500));
        world.jira().faults().next(20, "POST", ".*/issue/bulkfetch", Fault.errorBefore(500));

        HttpResponse<String> interrupted = call(", \"confirm\": true");
        world.jira().calm();

        assertThat(interrupted.statusCode()).as(interrupted.body()).isEqualTo(502);
        JsonNode report = reclaim(", \"confirm\": true");
        assertThat(links).allMatch(link -> verdict(report, link).matches("linked|already_linked"));
        assertThat(links).allMatch(link -> api.activeLinks(link.vulnerability()) == 1);
    }

    @Test
    void a_request_that_cannot_be_meant_is_refused() {
        assertThat(api.post("adoption/reclaim", "{\"project\": \"SEC\"}").body())
                .contains("since");
        assertThat(api.post("adoption/reclaim", "{\"project\": \"NO\", \"since\": \"2026-11-20T00:00:00Z\"}")
                        .body())
                .contains("'NO' is not configured");
        assertThat(api.post("adoption/reclaim", "{\"project\": \"SEC\", \"since\": \"2999-01-01T00:00:00Z\"}")
                        .body())
                .contains("must be the time of the backup");
    }
}
