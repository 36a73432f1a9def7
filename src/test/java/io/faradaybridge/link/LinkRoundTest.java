package io.faradaybridge.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.link.decision.BlockReason;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One round of work stepped by hand, with a person moving, or a call failing, between two steps: what the rules forbid
 * where more than one statement keeps them. The bridge itself runs beside it and finishes what was let go.
 */
class LinkRoundTest {

    private BridgeWorld world;
    private Link link;
    private LinkWork work;

    @BeforeEach
    void lease() {
        world = BridgeWorld.shared();
        link = Link.exported(world, "SEC");
        link.awaitQuiet();
        link.webhooksCome();
        long id = world.bean(IssueLinks.class)
                .ofVulnerability(link.vulnerability())
                .orElseThrow()
                .id();
        work = Objects.requireNonNull(reconciliation().lease(new LinkHint(id, "round")));
    }

    @AfterEach
    void letGo() {
        world.rows()
                .sql("UPDATE faraday_bridge.issue_link SET lease_token = NULL, lease_until = NULL, retry_at = NULL"
                        + " WHERE id = ?")
                .param(work.link().id())
                .update();
        if (world.bean(IssueLinks.class).ofVulnerability(link.vulnerability()).isPresent()) {
            link.awaitQuiet();
        }
    }

    private Reconciliation reconciliation() {
        return world.bean(Reconciliation.class);
    }

    private JiraAnswer send(JiraRequest request) {
        return world.bean(JiraClient.class).send(request);
    }

    private JiraRequests requests() {
        return world.bean(JiraRequests.class);
    }

    private IssueLink row() {
        return world.bean(IssueLinks.class).find(work.link().id()).orElseThrow();
    }

    @Test
    void l6_a_person_who_changes_faraday_after_our_look_is_not_overwritten() {
        world.jira().movePerson(link.issueKey(), "Done");
        work = reconciliation().lookAtFaraday(work.lookAgain(work.link(), true));
        work = reconciliation()
                .lookAtJira(work, send(requests().issueStatus(work.link().issueId(), false)));
        work = reconciliation().decide(work);
        assertThat(work.next()).isEqualTo("faraday");

        world.setStatus(link.vulnerability(), "re-opened");
        work = reconciliation().applyToFaraday(work);

        assertThat(link.faraday()).isEqualTo("re-opened");
        assertThat(row().agreed().faraday()).isEqualTo(FaradayStatus.OPEN);
        assertThat(work.open()).as("looks again").isTrue();
    }

    @Test
    void l6_nor_is_the_pair_settled_on_a_status_that_faraday_left_meanwhile() {
        world.jira().movePerson(link.issueKey(), "Done");
        world.setStatus(link.vulnerability(), "closed");
        work = reconciliation().lookAtFaraday(work.lookAgain(work.link(), true));
        work = reconciliation()
                .lookAtJira(work, send(requests().issueStatus(work.link().issueId(), false)));
        work = reconciliation().decide(work);
        assertThat(work.next()).isEqualTo("settle");

        world.setStatus(link.vulnerability(), "open");
        work = reconciliation().settle(work);

        assertThat(row().agreed().faraday()).isEqualTo(FaradayStatus.OPEN);
        assertThat(row().agreed().jira().name()).isEqualTo("To Do");
        assertThat(work.open()).as("looks again").isTrue();
    }

    @Test
    void l7_after_the_transition_the_pair_is_what_was_driven_not_what_faraday_says_by_then() {
        JiraDrive drive = world.bean(JiraDrive.class);
        world.setStatus(link.vulnerability(), "closed");
        work = reconciliation().decide(reconciliation().lookAtFaraday(work));
        work = drive.plan(work, send(requests().transitions(work.link().issueId())));
        work = drive.intend(work);
        JiraAnswer answer = send(requests()
                .transition(
                        work.link().issueId(),
                        Objects.requireNonNull(work.observation().transition()).id()));

        world.setStatus(link.vulnerability(), "re-opened");
        work = drive.driven(work, answer);

        assertThat(row().agreed().faraday()).isEqualTo(FaradayStatus.CLOSED);
        assertThat(row().agreed().jira().name()).isEqualTo("Done");
        assertThat(work.open()).as("decides again on what Faraday says now").isTrue();
        world.bean(IssueLinks.class).release(work);
        link.awaitJira("In Progress");
    }

    private JiraAnswer status() {
        return send(requests().issueStatus(work.link().issueId(), true));
    }

    /** Looked at, decided, the intention saved; what comes next is the call. */
    private void aboutToDrive() {
        JiraDrive drive = world.bean(JiraDrive.class);
        world.setStatus(link.vulnerability(), "closed");
        work = reconciliation().decide(reconciliation().lookAtFaraday(work));
        work = drive.plan(work, send(requests().transitions(work.link().issueId())));
        work = drive.intend(work);
        assertThat(drive.ready(work)).isTrue();
    }

    private void call() {
        send(requests()
                .transition(
                        work.link().issueId(),
                        Objects.requireNonNull(work.observation().transition()).id()));
    }

    /** Our lease ran out after a lost answer, and this is the next to take the link. */
    private void takenOver() {
        UUID token = UUID.randomUUID();
        world.rows()
                .sql("UPDATE faraday_bridge.issue_link SET lease_token = ?, retry_at = NULL,"
                        + " lease_until = now() + interval '1 minute' WHERE id = ?")
                .params(token, work.link().id())
                .update();
        work = LinkWork.leased(row(), token, "second");
    }

    private boolean held() {
        return world.rows()
                .sql("SELECT lease_until > now() + interval '1 minute' FROM faraday_bridge.issue_link WHERE id = ?")
                .param(work.link().id())
                .query((rs, n) -> rs.getBoolean(1))
                .single();
    }

    private static JiraFailure failure(JiraFailure.Kind kind, int status) {
        return status == 0
                ? JiraFailure.unanswered(kind, "on purpose")
                : JiraFailure.answered(kind, status, "on purpose");
    }

    private void webhook(String status) {
        world.post(
                "/_api/v3/integrations/jira/update-issues",
                "{\"title\": \"" + link.issueKey() + "\", \"status\": \"" + status + "\"}",
                Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN));
    }

    @Test
    void l1_a_stalled_worker_who_learns_that_the_issue_was_moved_brings_no_key_back() {
        work = reconciliation().lookAtFaraday(work.lookAgain(work.link(), true));
        world.jira().moveToProject(link.issueKey(), "OPS");
        JiraAnswer answer = status();
        world.bean(LinkEndings.class).unlink(link.vulnerability(), SampleFaraday.ADMIN, "faraday");

        work = reconciliation().lookAtJira(work, answer);

        assertThat(work.open()).isFalse();
        assertThat(world.issueKey(link.vulnerability())).isEmpty();
        assertThat(link.outcomes()).endsWith("unlinked");
    }

    @Test
    void l1_nor_does_its_holder_where_somebody_took_the_key_away_in_faraday() {
        work = reconciliation().lookAtFaraday(work.lookAgain(work.link(), true));
        world.jira().moveToProject(link.issueKey(), "OPS");
        world.rows()
                .sql("UPDATE vulnerability SET issuetracker = '' WHERE id = ?")
                .param(link.vulnerability())
                .update();

        work = reconciliation().lookAtJira(work, status());

        assertThat(world.issueKey(link.vulnerability())).isEmpty();
        assertThat(reconciliation().lookAtFaraday(work).open())
                .as("the link ends")
                .isFalse();
    }

    @Test
    void l3_a_hint_that_comes_after_jira_has_answered_is_looked_at_though_our_own_move_is_found() {
        aboutToDrive();
        call();
        takenOver();
        work = reconciliation().lookAtFaraday(work);
        JiraAnswer answer = status();
        world.jira().movePerson(link.issueKey(), "In Progress");
        webhook("In Progress");

        work = reconciliation().decide(reconciliation().lookAtJira(work, answer));
        work = reconciliation().settle(work);

        assertThat(row().hints()).isNotEqualTo(row().hintsSeen());
        assertThat(row().agreed().jira().name()).isEqualTo("Done");
    }

    @Test
    void l3_a_hint_that_comes_after_jira_has_answered_is_looked_at_though_the_issue_was_moved() {
        work = reconciliation().lookAtFaraday(work.lookAgain(work.link(), true));
        world.jira().moveToProject(link.issueKey(), "OPS");
        JiraAnswer answer = status();
        world.bean(Hints.class).ask(work.link().id());

        work = reconciliation().lookAtJira(work, answer);

        assertThat(world.bean(IssueLinks.class).settle(work, work.link().agreed()))
                .isFalse();
        world.bean(LinkEndings.class).unlink(link.vulnerability(), SampleFaraday.ADMIN, "faraday");
    }

    @Test
    void l6_a_person_who_is_about_to_change_faraday_is_waited_for() throws Exception {
        world.jira().movePerson(link.issueKey(), "Done");
        work = reconciliation().lookAtFaraday(work.lookAgain(work.link(), true));
        work = reconciliation().decide(reconciliation().lookAtJira(work, status()));

        try (Connection person = world.database().dataSource().getConnection()) {
            person.setAutoCommit(false);
            try (Statement change = person.createStatement()) {
                change.executeUpdate(
                        "UPDATE vulnerability SET status = 're-opened' WHERE id = " + link.vulnerability());
            }
            Future<LinkWork> applied =
                    CompletableFuture.supplyAsync(() -> reconciliation().applyToFaraday(work));
            await().until(() -> waiting() || applied.isDone());
            person.commit();
            work = applied.get();
        }

        assertThat(link.faraday()).isEqualTo("re-opened");
        assertThat(work.open()).as("looks again").isTrue();
    }

    private boolean waiting() {
        return world.rows()
                        .sql("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event_type = 'Lock'")
                        .query(Integer.class)
                        .single()
                > 0;
    }

    @Test
    void l6_what_was_known_of_jira_before_faraday_was_read_does_not_count() {
        work = reconciliation().lookAtFaraday(work.lookAgain(work.link(), true));
        work = reconciliation().lookAtJira(work, status());

        work = reconciliation().lookAtFaraday(work);

        assertThat(work.observation().jira()).isNull();
    }

    @Test
    void l1_whoever_takes_a_link_up_does_so_under_a_token_of_its_own() {
        LinkWork first = work;
        world.bean(IssueLinks.class).release(first);

        work = Objects.requireNonNull(
                reconciliation().lease(new LinkHint(first.link().id(), "second")));

        assertThat(world.bean(IssueLinks.class).settle(first, first.link().agreed()))
                .as("the one before has nothing to say any more")
                .isFalse();
        assertThat(world.bean(IssueLinks.class).settle(work, work.link().agreed()))
                .isTrue();
    }

    @Test
    void l5_a_block_that_still_applies_ends_the_round_before_anything_is_decided() {
        world.setStatus(link.vulnerability(), "closed");
        work = reconciliation().decide(reconciliation().lookAtFaraday(work));
        assertThat(work.next()).isEqualTo("jira");
        work = reconciliation().block(work, new BlockReason(BlockReason.REFUSED, "Jira said no"));

        work = Objects.requireNonNull(
                reconciliation().lease(new LinkHint(work.link().id(), "told again")));
        assertThat(work.mustAskJira()).isTrue();
        work = reconciliation()
                .decide(reconciliation().lookAtJira(reconciliation().lookAtFaraday(work), status()));

        assertThat(work.open()).isFalse();
        assertThat(work.next()).isEqualTo("on");
        assertThat(row().block()).isNotNull();
        world.setStatus(link.vulnerability(), "open");
        await().until(() -> row().block() == null);
    }

    @Test
    void l8_l11_after_a_lost_answer_intention_and_lease_stay() {
        aboutToDrive();

        world.bean(LinkFailures.class).postpone(work, failure(JiraFailure.Kind.UNKNOWN_OUTCOME, 0));

        assertThat(row().intention()).isNotNull();
        assertThat(held()).isTrue();
    }

    @Test
    void l8_l11_after_an_error_nobody_foresaw_they_stay_too() {
        aboutToDrive();

        world.bean(LinkFailures.class).unexpected(work, new IllegalStateException("on purpose"));

        assertThat(row().intention()).isNotNull();
        assertThat(held()).isTrue();
    }

    @Test
    void l8_an_answer_that_leaves_the_outcome_open_frees_the_link_and_keeps_the_intention() {
        aboutToDrive();

        world.bean(LinkFailures.class).postpone(work, failure(JiraFailure.Kind.UNKNOWN_OUTCOME, 500));

        assertThat(row().intention()).isNotNull();
        assertThat(held()).isFalse();
    }

    @Test
    void l8_a_definite_refusal_ends_the_intention() {
        aboutToDrive();

        world.bean(LinkFailures.class).postpone(work, failure(JiraFailure.Kind.TRANSIENT, 429));

        assertThat(row().intention()).isNull();
    }

    @Test
    void l8_an_older_intention_outlives_a_look_that_fails() {
        aboutToDrive();
        takenOver();
        work = reconciliation().lookAtFaraday(work);

        world.bean(LinkFailures.class).postpone(work, failure(JiraFailure.Kind.TRANSIENT, 503));

        assertThat(row().intention()).isNotNull();
    }

    @Test
    void l9_our_own_transition_is_not_taken_for_a_persons() {
        aboutToDrive();
        call();
        world.setStatus(link.vulnerability(), "re-opened");
        takenOver();

        work = reconciliation().lookAtFaraday(work);
        work = reconciliation().decide(reconciliation().lookAtJira(work, status()));

        assertThat(row().agreed().faraday()).isEqualTo(FaradayStatus.CLOSED);
        assertThat(work.next()).as("only Faraday moved since").isEqualTo("jira");
    }

    /** Jira answers with success; then somebody is the next to take the link. */
    private void driven(boolean moved) {
        aboutToDrive();
        if (moved) {
            call();
        }
        work = world.bean(JiraDrive.class).driven(work, new JiraAnswer(204, MissingNode.getInstance(), Instant.now()));
        assertThat(work.open()).isFalse();
        takenOver();
    }

    private void looksAndDecides() {
        work = reconciliation().lookAtFaraday(work);
        work = reconciliation().decide(reconciliation().lookAtJira(work, status()));
    }

    @Test
    void l15_a_success_that_moved_nothing_is_no_move_of_a_persons_and_is_decided_again() {
        driven(false);

        looksAndDecides();

        assertThat(row().agreed().jira().name()).as("the kept pair stands").isEqualTo("To Do");
        assertThat(row().unmoved()).isEqualTo(1);
        assertThat(work.next()).as("Faraday moved").isEqualTo("jira");
    }

    @Test
    void l15_nothing_is_assumed_on_a_success_that_nobody_has_seen() {
        driven(false);
        world.setStatus(link.vulnerability(), "re-opened");

        work = reconciliation().lookAtFaraday(work);
        assertThat(work.mustAskJira()).isTrue();
        work = reconciliation().decide(reconciliation().lookAtJira(work, status()));

        assertThat(work.next()).isEqualTo("jira");
        assertThat(work.jira().name()).as("driven from where it is").isEqualTo("To Do");
        assertThat(row().agreed().faraday()).isEqualTo(FaradayStatus.OPEN);
    }

    @Test
    void l15_our_move_in_the_history_is_a_sight_though_a_person_moved_the_issue_on() {
        driven(true);
        world.jira().movePerson(link.issueKey(), "In Progress");

        looksAndDecides();

        assertThat(row().agreed().jira().name()).isEqualTo("Done");
        assertThat(row().unseenDrive()).isNull();
        assertThat(work.next()).as("the person is followed").isEqualTo("faraday");
    }

    @Test
    void l15_a_move_that_we_made_on_an_earlier_occasion_proves_nothing() {
        driven(true);
        looksAndDecides();
        work = reconciliation().settle(work);
        world.jira().movePerson(link.issueKey(), "To Do");
        webhook("To Do");
        link.awaitFaraday("open");
        link.awaitQuiet();
        takenOver();
        world.rows()
                .sql("UPDATE faraday_bridge.issue_link SET faraday_status = 'closed', jira_status_id = '10001',"
                        + " jira_status_name = 'Done', replaced_faraday = 'open', replaced_jira_id = '10000',"
                        + " replaced_jira_name = 'To Do', driven_over_id = '10000', driven_over_name = 'To Do',"
                        + " driven_at = now() + interval '10 seconds' WHERE id = ?")
                .param(work.link().id())
                .update();
        work = work.withLink(row());

        looksAndDecides();

        assertThat(row().agreed().jira().name()).isEqualTo("To Do");
    }

    @Test
    void l15_an_answer_without_jiras_clock_keeps_the_pair_too() {
        aboutToDrive();
        call();

        world.bean(JiraDrive.class).driven(work, new JiraAnswer(204, MissingNode.getInstance(), null));

        assertThat(Objects.requireNonNull(row().unseenDrive()).replaced().faraday())
                .isEqualTo(FaradayStatus.OPEN);
    }

    @Test
    void l9_a_persons_transition_is_not_taken_for_ours() {
        aboutToDrive();
        world.setStatus(link.vulnerability(), "open");
        world.jira().movePerson(link.issueKey(), "Done");
        takenOver();

        work = reconciliation().lookAtFaraday(work);
        work = reconciliation().decide(reconciliation().lookAtJira(work, status()));

        assertThat(row().agreed().jira().name()).as("the old pair stands").isEqualTo("To Do");
        assertThat(work.next()).isEqualTo("faraday");
    }
}
