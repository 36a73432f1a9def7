package io.faradaybridge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.ReceivedCall.Kind;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Jira is migrated from Data Center to Cloud: its issues keep their keys and get other ids. */
@Tag("long")
class MoveToCloudStoryTest {

    private static final String PAT = "pat-of-the-old-jira";
    private static final String API_TOKEN = "token-of-the-cloud";

    private BridgeWorld world;
    private SandboxJira cloud;
    private Administrator administrator;
    private List<Link> links;

    @BeforeEach
    void migrate() {
        world = Administrator.unconnected(
                        SandboxJira.Options.dataCenter().personalAccessToken(PAT, SandboxConnection.SERVICE_ACCOUNT))
                .with("bridge.sweep.interval", "1s")
                .start();
        administrator = new Administrator(world, "faraday");
        administrator.connect();
        administrator.put("connection/credentials", "{'type': 'personal_access_token', 'token': '" + PAT + "'}");
        links = Link.exported(world, "SEC", 4);
        links.forEach(Link::awaitQuiet);
        world.setStatus(links.get(1).vulnerability(), "closed");
        links.get(1).awaitJira("Done");
        links.get(1).awaitQuiet();
        cloud = SandboxJira.start(SandboxJira.Options.cloud()
                .apiToken("bridge@example.org", API_TOKEN, SandboxConnection.SERVICE_ACCOUNT));
        // so that an id here is the id of another issue there
        cloud.createPerson("WEB", "Bug", "Somebody else's");
        cloud.createPerson("WEB", "Bug", "Somebody else's");
        for (SandboxIssue issue : world.jira().issues()) {
            Link link = links.stream()
                    .filter(known -> known.issueKey().equals(issue.key()))
                    .findFirst()
                    .orElseThrow();
            boolean edited = link.equals(links.get(2));
            String key = cloud.createPerson("SEC", "Bug", edited ? "Edited by a person" : "[Web] " + name(link) + "!")
                    .key();
            cloud.movePerson(key, issue.statusName());
        }
        cloud.deletePerson(links.get(3).issueKey());
    }

    @AfterEach
    void leave() {
        cloud.close();
        world.close();
    }

    private String name(Link link) {
        return world.rows()
                .sql("SELECT name FROM vulnerability WHERE id = ?")
                .param(link.vulnerability())
                .query(String.class)
                .single();
    }

    private String id(Link link) {
        return world.rows()
                .sql("SELECT issue_id FROM faraday_bridge.issue_link WHERE vulnerability_id = ? AND ended_at IS NULL")
                .param(link.vulnerability())
                .query(String.class)
                .single();
    }

    private void enabled(boolean on) {
        administrator.put("enabled", "{'enabled': " + on + "}");
    }

    private JsonNode connectToTheCloud() {
        JsonNode connected =
                administrator.put("connection", "{'url': '" + cloud.baseUrl() + "', 'consumer_key': 'faraday-key'}");
        administrator.put(
                "connection/credentials",
                "{'type': 'api_token', 'email': 'bridge@example.org', 'token': '" + API_TOKEN + "'}");
        return connected;
    }

    private JsonNode relink(String body) {
        return administrator.done("POST", "connection/relink", body.replace('\'', '"'));
    }

    private List<String> verdicts(JsonNode report) {
        return report.path("issues").findValuesAsText("verdict");
    }

    private String inTheCloud(Link link) {
        return cloud.issue(link.issueKey()).statusName();
    }

    @Test
    void the_issues_are_found_by_key_shown_and_linked_by_their_new_ids_and_work_goes_on() {
        assertThat(administrator
                        .send("POST", "connection/relink", "{\"confirm\": true}")
                        .statusCode())
                .as("while links are worked on")
                .isEqualTo(409);
        enabled(false);
        List<String> before = links.stream().map(this::id).toList();

        assertThat(connectToTheCloud().path("warnings").toString()).contains("POST connection/relink");
        cloud.clearRequests();
        JsonNode shown = relink("");

        assertThat(cloud.requests())
                .filteredOn(call -> call.kind() == Kind.SEARCH)
                .as("once for those that are there")
                .hasSizeLessThanOrEqualTo(2);
        assertThat(verdicts(shown)).containsExactly("same", "same", "other_summary", "missing");
        assertThat(shown.at("/issues/0/id").asText())
                .isEqualTo(cloud.issue(links.get(0).issueKey()).id())
                .isNotEqualTo(before.get(0));
        assertThat(shown.at("/issues/0/former_id").asText()).isEqualTo(before.get(0));
        assertThat(shown.at("/issues/2/summary").asText()).isEqualTo("Edited by a person");
        assertThat(shown.at("/counts/same").asInt()).isEqualTo(2);
        assertThat(shown.path("confirmed").asBoolean()).isFalse();
        assertThat(links.stream().map(this::id)).isEqualTo(before);

        JsonNode saved = relink("{'confirm': true}");

        assertThat(saved.path("confirmed").asBoolean()).isTrue();
        assertThat(id(links.get(0)))
                .isEqualTo(cloud.issue(links.get(0).issueKey()).id());
        assertThat(id(links.get(2))).isEqualTo("former:" + before.get(2));
        assertThat(id(links.get(3))).isEqualTo("former:" + before.get(3));
        assertThat(verdicts(relink("{'confirm': true}")))
                .as("repeated")
                .containsExactly("unchanged", "unchanged", "other_summary", "missing");
        relink("{'confirm': true, 'vulnerability_ids': [" + links.get(2).vulnerability() + "]}");
        assertThat(verdicts(relink("{'confirm': true}")))
                .containsExactly("unchanged", "unchanged", "unchanged", "missing");
        assertThat(world.rows()
                        .sql("SELECT count(*) FROM faraday_bridge.setup_change WHERE what = 'connection.relink'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(4);

        worksInTheCloud();
    }

    private void worksInTheCloud() {
        long oldCalls = world.jira().requests().size();
        enabled(true);
        world.setStatus(links.get(0).vulnerability(), "closed");
        world.setStatus(links.get(3).vulnerability(), "closed");
        cloud.movePerson(links.get(1).issueKey(), "In Progress");
        world.setStatus(links.get(2).vulnerability(), "closed");

        await().until(() -> inTheCloud(links.get(0)).equals("Done")
                && inTheCloud(links.get(2)).equals("Done"));
        links.get(1).awaitFaraday("re-opened");
        await().until(() -> links.get(3).blockedReason().contains("does not exist"));
        assertThat(cloud.issue("WEB-1").statusName())
                .isEqualTo(cloud.issue("WEB-2").statusName());
        assertThat(world.jira().requests()).hasSize((int) oldCalls);
        assertThat(administrator.get("links/" + links.get(0).vulnerability()).toString())
                .contains(cloud.baseUrl() + "/browse/" + links.get(0).issueKey());
    }

    @Test
    void the_links_are_read_two_hundred_at_a_time_and_only_administrators_may() {
        enabled(false);
        connectToTheCloud();
        int last = links.get(3).vulnerability();

        assertThat(relink("{'after': " + links.get(1).vulnerability() + "}").path("issues"))
                .hasSize(2);
        assertThat(relink("{'after': " + last + "}").path("issues")).isEmpty();
        HttpResponse<String> refused =
                new Administrator(world, "pentester").send("POST", "connection/relink", "{\"confirm\": true}");
        assertThat(refused.statusCode()).isIn(401, 403);
    }
}
