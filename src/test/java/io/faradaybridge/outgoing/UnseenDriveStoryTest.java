package io.faradaybridge.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.ReceivedCall;
import io.faradaybridge.sandbox.jira.ReceivedCall.Kind;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Jira's success is a promise: a workflow may move nothing all the same, and a person may have moved the issue just before.
 * What people did on either side is not undone by it, and is recorded.
 */
class UnseenDriveStoryTest {

    private BridgeWorld world;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
    }

    private Link exported() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        return link.webhooksCome();
    }

    private void movesNothing(Link link, int calls) {
        world.jira().faults().next(calls, "POST", transitionsOf(link), Fault.nothingDone());
    }

    private String transitionsOf(Link link) {
        return ".*/issue/" + world.jira().issue(link.issueKey()).id() + "/transitions";
    }

    private void drive(Link link, String status) {
        long before = driven(link);
        world.setStatus(link.vulnerability(), status);
        await().until(() -> driven(link) > before);
        link.awaitQuiet();
    }

    private static long driven(Link link) {
        return link.outcomes().stream().filter("driven"::equals).count();
    }

    private List<String> details(Link link) {
        return world.rows()
                .sql("SELECT detail FROM faraday_bridge.activity WHERE vulnerability_id = ? ORDER BY id")
                .param(link.vulnerability())
                .query(String.class)
                .list();
    }

    private boolean unseen(Link link) {
        return world.rows()
                .sql("SELECT driven_at IS NOT NULL FROM faraday_bridge.issue_link WHERE vulnerability_id = ?")
                .param(link.vulnerability())
                .query(Boolean.class)
                .single();
    }

    private void webhook(Link link, String status) {
        world.post(
                "/_api/v3/integrations/jira/update-issues",
                "{\"title\": \"" + link.issueKey() + "\", \"status\": \"" + status + "\"}",
                Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN));
    }

    private void noWebhookEverCame() {
        world.rows().sql("DELETE FROM faraday_bridge.project_webhooks").update();
    }

    @Test
    void l15_a_success_that_moved_nothing_does_not_undo_the_person_who_closed() {
        Link link = exported();
        movesNothing(link, 1);
        drive(link, "closed");
        assertThat(link.jira()).isEqualTo("To Do");

        world.sweep();

        link.awaitJira("Done");
        link.awaitQuiet();
        assertThat(link.faraday()).isEqualTo("closed");
        assertThat(link.outcomes()).containsExactly("exported", "driven", "postponed", "driven");
        world.sweep();
        await().until(() -> !unseen(link));
    }

    @Test
    void l15_a_second_change_does_not_build_on_a_success_that_moved_nothing() {
        Link link = exported();
        movesNothing(link, 2);
        drive(link, "closed");
        drive(link, "re-opened");
        assertThat(link.jira()).isEqualTo("To Do");

        world.sweep();

        link.awaitJira("In Progress");
        link.awaitQuiet();
        assertThat(link.faraday()).isEqualTo("re-opened");
        assertThat(link.outcomes()).doesNotContain("applied", "conflict");
    }

    @Test
    void l15_an_old_webhook_is_no_sight() {
        Link link = exported();
        movesNothing(link, 1);
        drive(link, "closed");

        webhook(link, "Done");

        assertThat(unseen(link)).isTrue();
        webhook(link, "To Do");
        link.awaitJira("Done");
        assertThat(link.faraday()).isEqualTo("closed");
    }

    @Test
    void l15_a_workflow_that_moves_nothing_three_times_in_a_row_blocks_the_link() {
        Link link = exported();
        world.jira().faults().sometimes(1, "POST", transitionsOf(link), Fault.nothingDone());
        world.jira().clearRequests();
        world.setStatus(link.vulnerability(), "closed");

        await().untilAsserted(() -> {
            world.sweep();
            assertThat(link.blockedReason())
                    .contains("Jira answered success 3 times in a row, but the issue stayed in 'To Do'")
                    .contains("instead of moving to 'Done'")
                    .contains("validator or post function");
        });
        assertThat(link.faraday()).isEqualTo("closed");
        assertThat(link.calls())
                .filteredOn(call -> call.kind() == Kind.TRANSITION)
                .hasSize(3);
        world.jira().faults().clear();
        HttpResponse<String> shown = world.get(
                "/_api/v3/integrations/jira/links/" + link.vulnerability(), BridgeWorld.basic("faraday", "faraday"));
        assertThat(BridgeWorld.json(shown.body()).at("/blocked/code").asText()).isEqualTo("not-moved");

        world.post(
                "/_api/v3/integrations/jira/links/" + link.vulnerability() + "/replay",
                "",
                BridgeWorld.basic("faraday", "faraday"));

        link.awaitJira("Done");
    }

    @Test
    void l15_a_person_who_moved_the_issue_on_after_our_drive_is_followed() {
        Link link = exported();
        drive(link, "closed");
        world.jira().movePerson(link.issueKey(), "In Progress");

        world.sweep();

        link.awaitFaraday("re-opened");
        link.awaitQuiet();
        assertThat(link.outcomes()).containsExactly("exported", "driven", "applied");
    }

    @Test
    void drives_are_seen_in_one_search_for_all_of_them() {
        List<Link> links = Link.exported(world, "SEC", 5);
        links.forEach(Link::awaitQuiet);
        world.sweep();
        await().until(() -> links.stream().noneMatch(this::unseen));
        links.forEach(link -> world.setStatus(link.vulnerability(), "closed"));
        links.forEach(link -> link.awaitJira("Done"));
        links.forEach(Link::awaitQuiet);
        assertThat(links).allMatch(this::unseen);
        world.jira().clearRequests();

        world.sweep();

        await().until(() -> links.stream().noneMatch(this::unseen));
        assertThat(links).allMatch(link -> link.calls().isEmpty());
        assertThat(world.jira().requests())
                .filteredOn(call -> call.query().contains("expand=changelog"))
                .hasSize(1);
    }

    @Test
    void a_persons_move_is_not_driven_over_where_no_webhooks_come() {
        Link link = exported();
        noWebhookEverCame();
        world.jira().movePerson(link.issueKey(), "In Progress");

        world.setStatus(link.vulnerability(), "closed");

        link.awaitFaraday("re-opened");
        link.awaitQuiet();
        assertThat(link.jira()).isEqualTo("In Progress");
        assertThat(link.outcomes()).containsExactly("exported", "conflict");
    }

    @Test
    void where_no_webhooks_come_a_change_costs_one_read_more() {
        Link warm = exported();
        drive(warm, "closed");
        Link link = exported();
        noWebhookEverCame();
        world.jira().clearRequests();

        drive(link, "closed");

        assertThat(link.calls()).extracting(ReceivedCall::method).containsExactly("GET", "POST");
        assertThat(details(link)).last().asString().contains("moved from 'To Do'");
    }

    @Test
    void an_overtaken_move_without_webhook_is_recorded_with_its_author_and_former_status() {
        Link link = exported();
        world.jira().movePerson(link.issueKey(), "In Progress");
        drive(link, "closed");
        assertThat(link.jira()).isEqualTo("Done");

        world.sweep();

        await().until(() -> link.outcomes().contains("overtaken"));
        assertThat(link.outcomes()).containsExactly("exported", "driven", "overtaken");
        assertThat(details(link))
                .noneMatch(detail -> detail.contains("issue moved from"))
                .last()
                .asString()
                .contains("Jane Doe moved the issue from 'To Do'")
                .contains("to 'In Progress'")
                .contains("the bridge moved it to 'Done'");
    }

    @Test
    void after_a_change_that_only_the_sweep_found_nothing_is_assumed_until_the_next_webhook() {
        Link lost = exported();
        Link next = exported();
        world.jira().movePerson(lost.issueKey(), "Done");
        world.sweep();
        lost.awaitFaraday("closed");
        lost.awaitQuiet();
        world.jira().movePerson(next.issueKey(), "In Progress");

        world.setStatus(next.vulnerability(), "closed");

        next.awaitFaraday("re-opened");
        next.awaitQuiet();
        assertThat(next.outcomes()).containsExactly("exported", "conflict");
    }
}
