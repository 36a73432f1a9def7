package io.faradaybridge.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.link.DueLinks;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.ReceivedCall.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** L14: a workflow without shortcuts, where Done is three transitions away. */
class SeveralTransitionsStoryTest {

    private static final String VIA = "{\"via\": {\"Done\": [\"In Progress\", \"In Review\"]}}";

    private BridgeWorld world;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
        world.rows().sql("DELETE FROM faraday_bridge.known_transitions").update();
        mapping(VIA);
    }

    private void mapping(String more) {
        world.configure("jsonb_set(value, '{projects,WEB,attribute_mapping}',"
                + " value #> '{projects,WEB,attribute_mapping}' || '" + more + "')");
    }

    private Link exported() {
        Link link = Link.exported(world, "WEB");
        link.awaitQuiet();
        return link.webhooksCome();
    }

    private List<String> details(Link link) {
        return world.rows()
                .sql("SELECT detail FROM faraday_bridge.activity WHERE vulnerability_id = ? ORDER BY id")
                .param(link.vulnerability())
                .query(String.class)
                .list();
    }

    private int ours(Link link) {
        return world.jira().issue(link.issueKey()).transitionsBy(SandboxConnection.SERVICE_ACCOUNT);
    }

    private boolean inTransit(Link link) {
        return world.rows()
                .sql("SELECT in_transit IS NOT NULL FROM faraday_bridge.issue_link WHERE vulnerability_id = ?"
                        + " AND ended_at IS NULL")
                .param(link.vulnerability())
                .query(Boolean.class)
                .single();
    }

    private String transitionsOf(Link link) {
        return ".*/issue/" + world.jira().issue(link.issueKey()).id() + "/transitions";
    }

    private void close(Link link) {
        world.setStatus(link.vulnerability(), "closed");
    }

    @Test
    void l14_the_issue_gets_to_its_target_hop_by_hop_and_the_activity_shows_the_way() {
        Link link = exported();

        close(link);

        link.awaitJira("Done");
        link.awaitQuiet();
        assertThat(ours(link)).isEqualTo(3);
        assertThat(inTransit(link)).isFalse();
        assertThat(link.outcomes()).containsExactly("exported", "driven", "driven", "driven");
        assertThat(details(link))
                .anyMatch(detail -> detail.contains("Faraday's 'closed': issue moved")
                        && detail.contains("to 'In Progress' (3), and goes on to 'In Review', then 'Done'"))
                .anyMatch(detail -> detail.contains("to 'In Review' (10100), and goes on to 'Done'"))
                .anyMatch(detail -> detail.endsWith("to 'Done' (10001)"));
        world.sweep();
        link.awaitQuiet();
        assertThat(link.faraday()).isEqualTo("closed");
        assertThat(ours(link)).isEqualTo(3);
    }

    @Test
    void l14_a_warm_way_costs_one_call_for_each_hop() {
        Link cold = exported();
        close(cold);
        cold.awaitJira("Done");
        cold.awaitQuiet();
        world.sweep(); // none in the next minute, which could see the way half gone
        Link warm = exported();
        world.jira().clearRequests();

        close(warm);

        warm.awaitJira("Done");
        warm.awaitQuiet();
        assertThat(warm.calls())
                .extracting(call -> call.kind())
                .containsExactly(Kind.TRANSITION, Kind.TRANSITION, Kind.TRANSITION);
    }

    @Test
    void l14_the_way_is_found_from_what_jira_has_shown_when_a_person_went_it() {
        mapping("{\"via\": {}}");
        Link shown = exported();
        for (String status : List.of("In Progress", "In Review")) {
            world.jira().movePerson(shown.issueKey(), status);
            world.post(
                    "/_api/v3/integrations/jira/update-issues",
                    "{\"title\": \"" + shown.issueKey() + "\", \"status\": \"" + status + "\"}",
                    Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN));
            await().until(() -> known().contains(status.equals("In Review") ? "10100" : "3"));
            shown.awaitQuiet();
        }
        Link link = exported();

        close(link);

        link.awaitJira("Done");
        link.awaitQuiet();
        assertThat(ours(link)).isEqualTo(3);
    }

    private List<String> known() {
        return world.rows()
                .sql("SELECT from_status FROM faraday_bridge.known_transitions WHERE project_key = 'WEB'")
                .query(String.class)
                .list();
    }

    @Test
    void l14_an_unknown_way_is_not_guessed_and_the_cure_is_named() {
        mapping("{\"via\": {}}");
        Link link = exported();

        close(link);

        await().until(() -> link.blockedReason().contains("no way of at most 6 transitions is known"));
        assertThat(link.blockedReason()).contains("'Begin' -> In Progress").contains("\"via\"");
        assertThat(link.jira()).isEqualTo("To Do");
        assertThat(ours(link)).isZero();

        mapping(VIA);

        link.awaitJira("Done");
    }

    @Test
    void l14_who_reopens_while_the_issue_is_half_way_is_followed_back() {
        Link link = exported();
        world.jira().faults().next(1, "POST", transitionsOf(link), Fault.slowAnswer(Duration.ofSeconds(2)));
        close(link);
        await().until(() -> link.jira().equals("In Progress"));

        world.setStatus(link.vulnerability(), "open");

        await().until(() -> link.jira().equals("To Do") && link.isQuiet() && !inTransit(link));
        assertThat(link.faraday()).isEqualTo("open");
        assertThat(ours(link)).isEqualTo(2);
    }

    @Test
    void l14_a_link_that_was_left_half_way_is_due_though_faraday_is_back_at_the_agreed_status() {
        Link link = exported();
        world.configure("value || '{\"enabled\": false}'");
        world.jira().movePerson(link.issueKey(), "In Progress");
        world.rows()
                .sql("UPDATE faraday_bridge.issue_link SET jira_status_id = '3', jira_status_name = 'In Progress',"
                        + " in_transit = '[\"10001\", \"10000\"]' WHERE vulnerability_id = ?")
                .param(link.vulnerability())
                .update();
        assertThat(world.bean(DueLinks.class).claim(Map.of("OTHER", "none"), 10, false))
                .isEmpty();

        mapping(VIA);
        world.configure("value || '{\"enabled\": true}'");

        link.awaitJira("To Do");
        await().until(() -> !inTransit(link));
    }

    @Test
    void l14_a_lost_answer_half_way_doubles_nothing() {
        Link link = exported();
        world.jira().faults().next(1, "POST", transitionsOf(link), Fault.latency(Duration.ZERO));
        world.jira().faults().next(1, "POST", transitionsOf(link), Fault.lostAfter());
        close(link);
        await().until(() -> world.rows()
                .sql("SELECT retry_at IS NOT NULL AND driving_since IS NOT NULL FROM faraday_bridge.issue_link"
                        + " WHERE vulnerability_id = ?")
                .param(link.vulnerability())
                .query(Boolean.class)
                .single());

        link.leaseRunsOut();

        link.awaitJira("Done");
        link.awaitQuiet();
        assertThat(ours(link)).isEqualTo(3);
        assertThat(link.faraday()).isEqualTo("closed");
        assertThat(link.outcomes()).doesNotContain("applied", "conflict");
    }

    @Test
    void l14_l15_a_hop_that_jira_only_claims_to_have_made_is_made_again() {
        for (int lie = 0; lie < 3; lie++) {
            Link link = exported();
            for (int before = 0; before < lie; before++) {
                world.jira().faults().next(1, "POST", transitionsOf(link), Fault.latency(Duration.ZERO));
            }
            world.jira().faults().next(1, "POST", transitionsOf(link), Fault.nothingDone());

            close(link);

            await("lie at hop " + lie).untilAsserted(() -> {
                world.sweep();
                assertThat(link.jira()).isEqualTo("Done");
            });
            link.awaitQuiet();
            assertThat(link.faraday()).isEqualTo("closed");
            assertThat(ours(link)).isEqualTo(3);
            assertThat(link.outcomes()).doesNotContain("applied", "conflict", "overtaken");
        }
    }

    @Test
    void l14_a_person_who_takes_the_issue_off_its_way_is_heard() {
        mapping("{\"policy\": \"jira-wins\"}");
        Link link = exported();
        world.jira().faults().next(1, "POST", transitionsOf(link), Fault.slowAnswer(Duration.ofSeconds(2)));
        close(link);
        await().until(() -> link.jira().equals("In Progress"));
        world.jira().movePerson(link.issueKey(), "To Do");
        world.post(
                "/_api/v3/integrations/jira/update-issues",
                "{\"title\": \"" + link.issueKey() + "\", \"status\": \"To Do\"}",
                Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN));

        link.awaitFaraday("open");
        link.awaitQuiet();
        assertThat(link.jira()).isEqualTo("To Do");
        assertThat(inTransit(link)).isFalse();
        assertThat(link.outcomes()).contains("conflict");
    }
}
