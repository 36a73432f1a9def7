package io.faradaybridge.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A person clears what waits for one: equal causes together, after seeing what will be done and to how many. */
class InboxStoryTest {

    private static final String INBOX = "/_api/v3/integrations/jira/inbox";

    private static BridgeWorld world;

    @BeforeAll
    static void begin() {
        world = BridgeWorld.of(SandboxJira.Options.dataCenter());
    }

    @AfterAll
    static void end() {
        world.close();
    }

    private static JsonNode get(String path, String user) {
        HttpResponse<String> answer = world.get(INBOX + path, BridgeWorld.basic(user, user));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return BridgeWorld.json(answer.body());
    }

    private static HttpResponse<String> post(String path, String body) {
        return world.post(INBOX + path, body, BridgeWorld.basic("faraday", "faraday"));
    }

    private static JsonNode asked(String path, String body) {
        HttpResponse<String> answer = post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return BridgeWorld.json(answer.body());
    }

    /** The groups of a list, by the overview. */
    private static JsonNode groups(String list) {
        for (JsonNode one : get("", "faraday").path("lists")) {
            if (one.path("list").asText().equals(list)) {
                return one.path("groups");
            }
        }
        throw new AssertionError("the overview has no list " + list);
    }

    private static String body(JsonNode group, long confirm) {
        return "{\"group\": \"" + group.path("group").asText() + "\", \"confirm\": " + confirm + "}";
    }

    private static String body(JsonNode group) {
        return "{\"group\": \"" + group.path("group").asText() + "\"}";
    }

    private static List<Long> ids(String list) {
        return get("/" + list, "faraday").path("rows").findValues("id").stream()
                .map(JsonNode::asLong)
                .toList();
    }

    /** By the mapping of now, so that the detector sees no cause to look at it again. */
    private static void block(Link link, String reason) {
        Map<String, String> mappings =
                world.bean(IntegrationConfigurationSource.class).current().mappingVersions();
        world.rows()
                .sql("""
            UPDATE faraday_bridge.issue_link l SET blocked_at = now(), blocked_code = 'refused-by-jira', blocked_reason = :reason,
                   blocked_faraday = faraday_status, blocked_jira_id = jira_status_id, blocked_jira_name = jira_status_name,
                   blocked_version = :version WHERE vulnerability_id = :id""")
                .param("reason", reason)
                .param("version", mappings.getOrDefault("SEC", ""))
                .param("id", link.vulnerability())
                .update();
    }

    @Test
    void blocked_links_of_one_cause_are_looked_at_again_together() {
        List<Link> links = Link.exported(world, "SEC", 3);
        links.forEach(Link::awaitQuiet);
        world.configure("jsonb_set(value, '{projects,SEC,active}', 'false')");
        links.subList(0, 2)
                .forEach(link -> block(link, "Jira answered 403 for " + link.issueKey() + ", ask an administrator"));
        block(links.get(2), "Jira answered 404 for " + links.get(2).issueKey() + ", ask an administrator");

        assertThat(groups("blocked"))
                .extracting(group -> group.path("count").asInt())
                .containsExactly(2, 1);
        JsonNode group = groups("blocked").get(0);
        assertThat(group.path("code").asText()).isEqualTo("refused-by-jira");
        assertThat(get("/blocked", "outsider").path("count").asInt()).isZero();
        assertThat(get("/blocked?group=" + group.path("group").asText(), "pentester")
                        .path("rows"))
                .extracting(row -> row.path("issue_key").asText())
                .containsExactly(links.get(1).issueKey(), links.get(0).issueKey());
        JsonNode resting = asked("/blocked/replay", body(group));
        assertThat(resting.path("count").asInt()).isZero();
        assertThat(resting.at("/left/0/text").asText()).contains("'SEC' is not active");
        assertThat(resting.at("/left/0/count").asInt()).isEqualTo(2);

        world.configure("jsonb_set(value, '{projects,SEC,active}', 'true')");
        links.subList(0, 2)
                .forEach(link -> block(link, "Jira answered 403 for " + link.issueKey() + ", ask an administrator"));
        group = groups("blocked").get(0);
        JsonNode done = asked("/blocked/replay", body(group, group.path("count").asInt()));

        assertThat(done.path("confirmed").asBoolean()).isTrue();
        for (Link link : links.subList(0, 2)) {
            await().until(() -> link.blockedReason().isEmpty());
            assertThat(link.outcomes()).containsOnlyOnce("replayed");
        }
    }

    @Test
    void refused_vulnerabilities_are_sent_again_when_their_cause_is_gone() {
        List<Integer> four = world.vulnerabilities(4);
        world.rows()
                .sql("UPDATE vulnerability SET confirmed = false WHERE id IN (:ids)")
                .param("ids", four)
                .update();
        world.export(four, "SEC");
        JsonNode group = groups("refused").get(0);
        assertThat(group.path("cause").asText()).contains("confirm it in Faraday first");
        assertThat(group.path("count").asInt()).isEqualTo(4);

        JsonNode tooEarly = asked("/refused/send-again", body(group));
        assertThat(tooEarly.path("count").asInt()).isZero();
        assertThat(tooEarly.at("/left/0/text").asText()).contains("not confirmed");

        List<Integer> three = four.subList(0, 3);
        world.rows()
                .sql("UPDATE vulnerability SET confirmed = true WHERE id IN (:ids)")
                .param("ids", three)
                .update();
        assertThat(asked("/refused/send-again", body(group)).at("/does/0/text").asText())
                .isEqualTo("sent to SEC as Bug");
        asked("/refused/send-again", body(group, 3));

        await().until(() -> three.stream().noneMatch(id -> world.issueKey(id).isEmpty()));
        assertThat(ids("refused")).hasSize(1);
        String left = "{\"ids\": " + ids("refused") + ", \"confirm\": 1}";
        assertThat(asked("/refused/discard", left).path("count").asInt()).isEqualTo(1);
        assertThat(ids("refused")).isEmpty();
        assertThat(world.outcomes(four.get(3))).containsExactly("discarded");
    }

    @Test
    void unknown_exports_are_given_up_or_looked_for_together() {
        List<Integer> three = world.vulnerabilities(3);
        world.rows()
                .sql("UPDATE vulnerability SET confirmed = false WHERE id IN (:ids)")
                .param("ids", three)
                .update();
        world.export(three, "SEC");
        world.rows().sql("""
            UPDATE faraday_bridge.export_item SET state = 'unknown', reason = 'no answer after ' || vulnerability_id || ' s',
                   sent_at = now() - interval '1 hour' WHERE vulnerability_id IN (:ids)""").param("ids", three).update();
        JsonNode group = groups("unknown").get(0);
        assertThat(group.path("count").asInt()).isEqualTo(3);
        assertThat(get("/unknown", "faraday").at("/rows/0/facts/label").asText())
                .startsWith("faraday-bridge-");

        String one = "{\"ids\": [" + ids("unknown").get(0) + "], \"confirm\": 1}";
        assertThat(asked("/unknown/give-up", one).path("count").asInt()).isEqualTo(1);
        assertThat(post("/unknown/create-again", body(group, 3)).statusCode()).isEqualTo(409);
        assertThat(asked("/unknown/create-again", body(group, 2)).path("count").asInt())
                .isEqualTo(2);

        assertThat(world.rows().sql("""
            SELECT state FROM faraday_bridge.export_item
             WHERE vulnerability_id IN (:ids) AND (state = 'given-up' OR look_first) ORDER BY vulnerability_id""").param("ids", three).query(String.class).list())
                .as("two are looked for before they are created")
                .hasSize(3)
                .endsWith("given-up")
                .doesNotContain("unknown");
        assertThat(world.outcomes(three.get(2))).containsExactly("replayed");
    }

    @Test
    void a_conflict_says_who_lost_what_until_somebody_has_seen_it() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.configure("value || '{\"enabled\": false}'");
        world.jira().movePerson(link.issueKey(), "In Progress");
        world.setStatus(link.vulnerability(), "closed");
        world.configure("value || '{\"enabled\": true}'");
        world.post(
                "/_api/v3/integrations/jira/links/" + link.vulnerability() + "/replay",
                "",
                BridgeWorld.basic("faraday", "faraday"));
        await().until(() -> link.outcomes().contains("conflict"));

        JsonNode group = groups("conflicts").get(0);
        assertThat(group.path("cause").asText())
                .contains(
                        "vulnerability changed from 'closed' to 're-opened'",
                        "Faraday's move from open to closed is lost");
        asked("/conflicts/discard", body(group, 1));

        assertThat(groups("conflicts")).isEmpty();
        assertThat(link.outcomes()).endsWith("discarded");
    }

    @Test
    void pairs_that_differ_follow_one_side() {
        List<Link> links = Link.exported(world, "SEC", 2);
        links.forEach(Link::awaitQuiet);
        world.configure("value || '{\"enabled\": false}'");
        links.forEach(link -> {
            world.setStatus(link.vulnerability(), "closed");
            world.rows().sql("""
                UPDATE faraday_bridge.issue_link SET faraday_status = 'closed', adopted = true, as_adopted = true,
                       differs_since_adoption = true WHERE vulnerability_id = ?""").param(link.vulnerability()).update();
        });
        world.configure("value || '{\"enabled\": true}'");
        JsonNode group = groups("differs").get(0);
        assertThat(group.path("cause").asText()).isEqualTo("Faraday 'closed', Jira 'To Do'");

        JsonNode preview = asked("/differs/follow-faraday", body(group));
        assertThat(preview.at("/does/0/text").asText()).contains("issues of SEC move to 'Done'");
        assertThat(links.get(0).jira()).isEqualTo("To Do");
        asked("/differs/follow-faraday", body(group, 2));

        links.forEach(link -> link.awaitJira("Done"));
        assertThat(ids("differs")).isEmpty();
    }
}
