package io.faradaybridge.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change could not be carried out; a person cures the cause and says so. */
class LinkReplayStoryTest {

    private BridgeWorld world;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
    }

    private HttpResponse<String> replay(int vulnerability, String user) {
        return world.post(path(vulnerability) + "/replay", "", BridgeWorld.basic(user, user));
    }

    private HttpResponse<String> show(int vulnerability, String user) {
        return world.get(path(vulnerability), BridgeWorld.basic(user, user));
    }

    private JsonNode show(Link link) {
        return BridgeWorld.json(show(link.vulnerability(), "faraday").body());
    }

    private static String path(int vulnerability) {
        return "/_api/v3/integrations/jira/links/" + vulnerability;
    }

    private Link blocked() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().permissions().withdraw(Permission.TRANSITION, "SEC", SandboxConnection.SERVICE_ACCOUNT);
        world.setStatus(link.vulnerability(), "closed");
        await().until(() -> !link.blockedReason().isEmpty());
        return link;
    }

    @Test
    void a_blocked_link_goes_on_when_its_cause_is_removed_and_it_is_replayed() {
        Link link = blocked();
        world.jira().permissions().grant(Permission.TRANSITION, "SEC", SandboxConnection.SERVICE_ACCOUNT);

        HttpResponse<String> answer = replay(link.vulnerability(), "pentester");

        assertThat(answer.statusCode()).isEqualTo(202);
        link.awaitJira("Done");
        link.awaitQuiet();
        assertThat(link.outcomes()).containsExactly("exported", "blocked", "replayed", "driven");
        assertThat(show(link).path("blocked").isNull()).isTrue();
        assertThat(show(link).at("/agreed/jira").asText()).isEqualTo("Done");
    }

    @Test
    void replayed_before_its_cause_is_removed_it_is_blocked_again_and_nothing_is_lost() {
        Link link = blocked();

        replay(link.vulnerability(), "faraday");

        await().until(() -> link.outcomes().equals(java.util.List.of("exported", "blocked", "replayed", "blocked")));
        assertThat(link.blockedReason()).isNotEmpty();
        assertThat(link.faraday()).isEqualTo("closed");
    }

    @Test
    void a_change_of_jira_that_could_not_be_applied_is_not_forgotten_by_a_replay() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        workspace(link, "readonly = true");
        world.jira().movePerson(link.issueKey(), "Done");
        world.post(
                "/_api/v3/integrations/jira/update-issues",
                "{\"title\": \"" + link.issueKey() + "\", \"status\": \"Done\"}",
                Map.of("X-Jira-Token", io.faradaybridge.sandbox.SampleFaraday.TOKEN_OF_ADMIN));
        await().until(() -> link.blockedReason().contains("read-only"));

        replay(link.vulnerability(), "faraday");

        await().until(() -> link.outcomes().stream().filter("blocked"::equals).count() == 2);
        workspace(link, "readonly = false");
        link.awaitFaraday("closed");
    }

    private void workspace(Link link, String change) {
        world.rows()
                .sql("UPDATE workspace SET " + change
                        + " WHERE id = (SELECT workspace_id FROM vulnerability WHERE id = ?)")
                .param(link.vulnerability())
                .update();
    }

    @Test
    void a_link_that_waits_for_its_next_attempt_need_not_wait_longer() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().faults().next(1, "POST", ".*/transitions", Fault.tooManyRequests(Duration.ofMinutes(10)));
        world.setStatus(link.vulnerability(), "closed");
        await().until(() -> !show(link).path("retry_at").isNull());

        replay(link.vulnerability(), "faraday");

        link.awaitJira("Done");
        link.awaitQuiet();
    }

    @Test
    void a_link_in_work_is_only_hinted() {
        Link link = blocked();
        world.rows()
                .sql("UPDATE faraday_bridge.issue_link SET lease_token = gen_random_uuid(),"
                        + " lease_until = now() + interval '1 hour' WHERE vulnerability_id = ?")
                .param(link.vulnerability())
                .update();

        HttpResponse<String> answer = replay(link.vulnerability(), "faraday");

        assertThat(BridgeWorld.json(answer.body()).path("in_work").asBoolean()).isTrue();
        assertThat(link.blockedReason()).isNotEmpty();
        assertThat(world.rows()
                        .sql("SELECT hints > hints_seen FROM faraday_bridge.issue_link WHERE vulnerability_id = ?")
                        .param(link.vulnerability())
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void shows_how_a_link_stands() {
        Link link = blocked();

        JsonNode shown = show(link);

        assertThat(shown.path("issue_key").asText()).isEqualTo(link.issueKey());
        assertThat(shown.path("url").asText()).isEqualTo(world.jira().baseUrl() + "/browse/" + link.issueKey());
        assertThat(shown.at("/agreed/faraday").asText()).isEqualTo("open");
        assertThat(shown.at("/agreed/jira").asText()).isEqualTo("To Do");
        assertThat(shown.at("/blocked/reason").asText()).isEqualTo(link.blockedReason());
        assertThat(shown.path("retry_at").isNull()).isTrue();
        assertThat(shown.path("in_work").asBoolean()).isFalse();
    }

    @Test
    void only_who_may_enter_the_workspace_sees_or_replays_a_link() {
        Link link = Link.exported(world, "SEC");

        assertThat(show(link.vulnerability(), "client").statusCode()).isEqualTo(403);
        assertThat(replay(link.vulnerability(), "client").statusCode()).isEqualTo(403);
        for (HttpResponse<String> answer :
                java.util.List.of(show(link.vulnerability(), "outsider"), replay(link.vulnerability(), "outsider"))) {
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body())
                    .contains("is not linked to an issue, or it is in a workspace that you may not enter");
        }
        assertThat(show(2_000_000, "faraday").statusCode()).isEqualTo(404);
    }

    @Test
    void while_the_project_rests_a_replay_says_why_it_would_be_in_vain() {
        Link link = Link.exported(world, "SEC");
        world.configure("jsonb_set(value, '{projects,SEC,active}', 'false')");

        HttpResponse<String> answer = replay(link.vulnerability(), "faraday");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("'SEC' is not active; activate it first");
    }
}
