package io.faradaybridge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pentester and outsider have the same role; the outsider is a member of no workspace. */
class VisibilityStoryTest {

    private static final String API = "/_api/v3/integrations/jira/";

    private BridgeWorld world;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
    }

    private HttpResponse<String> get(String path, String user) {
        return world.get(API + path, BridgeWorld.basic(user, user));
    }

    private JsonNode json(String path, String user) {
        return BridgeWorld.json(get(path, user).body());
    }

    private long deadLetter(String body) {
        String mark = UUID.randomUUID().toString();
        try (var producer = world.bean(org.apache.camel.CamelContext.class).createProducerTemplate()) {
            producer.sendBody("jms:queue:vuln-status", body.replace("MARK", mark));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        String find = "SELECT id FROM faraday_bridge.dead_letter WHERE position(convert_to(?, 'UTF8') IN body) > 0";
        await().until(() ->
                world.rows().sql(find).param(mark).query(Long.class).optional().isPresent());
        return world.rows().sql(find).param(mark).query(Long.class).single();
    }

    private List<Long> deadLetters(String user) {
        return json("dead-letters?limit=200", user).findValues("id").stream()
                .map(JsonNode::asLong)
                .toList();
    }

    @Test
    void events_are_shown_to_members_of_the_workspace_only() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        String question = "activity?vulnerability_id=" + link.vulnerability();

        assertThat(json(question, "faraday").findValuesAsText("outcome")).containsExactly("exported");
        assertThat(json(question, "pentester").findValuesAsText("outcome")).containsExactly("exported");
        assertThat(json(question, "outsider")).isEmpty();
        assertThat(json("activity?limit=500", "outsider").findValuesAsText("issue_key"))
                .doesNotContain(link.issueKey());
        assertThat(json("activity?limit=500", "pentester").findValuesAsText("issue_key"))
                .contains(link.issueKey());
    }

    @Test
    void events_of_a_vulnerability_that_is_gone_stay_its_workspaces() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.rows()
                .sql("DELETE FROM vulnerability WHERE id = ?")
                .param(link.vulnerability())
                .update();
        await().until(() -> world.outcomes(link.vulnerability()).contains("unlinked"));

        String question = "activity?vulnerability_id=" + link.vulnerability();
        assertThat(json(question, "pentester").findValuesAsText("outcome")).containsExactly("unlinked", "exported");
        assertThat(json(question, "outsider")).isEmpty();
    }

    @Test
    void a_dead_letter_is_shown_to_who_may_know_all_the_vulnerabilities_it_names() {
        int known = world.vulnerabilities(1).get(0);
        long named = deadLetter("{\"vulnerability_ids\": [" + known + "], \"mark\": \"MARK\"}");
        long none = deadLetter("{\"mark\": \"MARK\"}");
        long unreadable = deadLetter("no JSON MARK");

        assertThat(deadLetters("faraday")).contains(named, none, unreadable);
        assertThat(deadLetters("pentester")).contains(named, none, unreadable);
        assertThat(deadLetters("outsider")).contains(none, unreadable).doesNotContain(named);
        assertThat(get("dead-letters/" + named, "outsider").statusCode()).isEqualTo(404);
        assertThat(get("dead-letters/" + none, "outsider").statusCode()).isEqualTo(200);
        assertThat(world.post(API + "dead-letters/" + named + "/replay", "", BridgeWorld.basic("outsider", "outsider"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void an_export_is_shown_to_who_asked_for_it_and_to_who_may_know_all_of_it() {
        Link link = Link.exported(world, "SEC");
        long batch = world.rows()
                .sql("SELECT max(batch_id) FROM faraday_bridge.export_item WHERE vulnerability_id = ?")
                .param(link.vulnerability())
                .query(Long.class)
                .single();
        HttpResponse<String> asked = world.post(
                API + "export",
                "{\"vulnerability_ids\": [" + link.vulnerability() + "], \"project\": \"SEC\"}",
                BridgeWorld.basic("outsider", "outsider"));
        long own = BridgeWorld.json(asked.body()).path("id").asLong();

        assertThat(get("exports/" + batch, "pentester").statusCode()).isEqualTo(200);
        assertThat(get("exports/" + batch, "outsider").statusCode()).isEqualTo(404);
        assertThat(get("exports/" + batch + "/events", "outsider").body())
                .contains("event:missing")
                .doesNotContain(link.issueKey());
        assertThat(get("exports/" + own, "outsider").statusCode()).isEqualTo(200);
        assertThat(get("exports/" + own, "outsider").body()).doesNotContain(link.issueKey());
    }
}
