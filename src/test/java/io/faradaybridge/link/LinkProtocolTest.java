package io.faradaybridge.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.faraday.TestRights;
import io.faradaybridge.faraday.WebhookCaller;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.answers.Transition;
import io.faradaybridge.link.decision.BlockReason;
import io.faradaybridge.link.decision.StatusPair;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import io.faradaybridge.workflow.TransitionContent;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The protocol's rules as the statements keep them: two workers stepped by hand against a real database. Each test is a
 * counter-example that the rule of its name forbids.
 */
class LinkProtocolTest {

    private static final JiraStatus TO_DO = new JiraStatus("1", "To Do");
    private static final JiraStatus DONE = new JiraStatus("3", "Done");
    private static final Map<String, String> AT_WORK = Map.of("SEC", "v1");

    private static final FaradayDatabase.Instance database =
            FaradayDatabase.shared().newBridgeDatabase();
    private static final JdbcClient rows = database.rows();

    private IssueLinks links;
    private Hints hints;
    private DueLinks dueLinks;
    private LinkDrives drives;
    private int vulnerability;
    private long id;

    @BeforeEach
    void link() {
        links = new IssueLinks(rows);
        hints = new Hints(rows, TestRights.of(rows));
        dueLinks = new DueLinks(rows);
        drives = new LinkDrives(rows);
        rows.sql("DELETE FROM faraday_bridge.issue_link").update();
        vulnerability = SampleVulnerabilities.insertWithIssue(database.dataSource(), "SEC-1");
        id = links.add(new NewLink(
                vulnerability, 1, "SEC", "Bug", "10001", "SEC-1", new StatusPair(FaradayStatus.OPEN, TO_DO)));
    }

    private LinkWork lease() {
        UUID token = UUID.randomUUID();
        return LinkWork.leased(links.lease(id, token).orElseThrow(), token, "test");
    }

    private void webhook(String status) {
        assertThat(hints.fromWebhook(
                        WebhookCaller.ofToken(SampleFaraday.TOKEN_OF_ADMIN),
                        "",
                        "SEC-1",
                        JiraStatus.named(status),
                        "hint"))
                .isPresent();
    }

    private IssueLink row() {
        return links.find(id).orElseThrow();
    }

    private void leaseRunsOut() {
        rows.sql("UPDATE faraday_bridge.issue_link SET lease_until = now() - interval '1 second'")
                .update();
    }

    private List<LinkWork> due() {
        return dueLinks.claim(AT_WORK, 10, false);
    }

    private static IssueLink.Block mark() {
        return new IssueLink.Block(new BlockReason(BlockReason.REFUSED, "no way"), FaradayStatus.OPEN, TO_DO, "v1");
    }

    private void faraday(String status) {
        rows.sql("UPDATE vulnerability SET status = ?::vulnerability_statuses WHERE id = ?")
                .param(status)
                .param(vulnerability)
                .update();
    }

    @Test
    void l1_a_worker_that_stalled_past_its_lease_writes_nothing() {
        LinkWork stalled = lease();
        leaseRunsOut();
        LinkWork second = lease();
        assertThat(links.settle(second, new StatusPair(FaradayStatus.CLOSED, DONE)))
                .isTrue();

        assertThat(links.settle(stalled, new StatusPair(FaradayStatus.OPEN, TO_DO)))
                .isFalse();
        assertThat(drives.intend(stalled, new StatusPair(FaradayStatus.CLOSED, DONE)))
                .isEmpty();
        assertThat(row().agreed()).isEqualTo(new StatusPair(FaradayStatus.CLOSED, DONE));
    }

    @Test
    void l1_a_link_that_is_held_is_not_leased_again() {
        lease();
        assertThat(links.lease(id, UUID.randomUUID())).isEmpty();
    }

    @Test
    void l1_whoever_takes_a_link_takes_it_under_a_token_of_its_own() {
        faraday("closed");
        LinkWork stalled = due().get(0);
        leaseRunsOut();
        LinkWork second = due().get(0);

        assertThat(second.leaseToken()).isNotEqualTo(stalled.leaseToken());
        assertThat(links.held(id, stalled.leaseToken())).isEmpty();
        assertThat(links.held(id, second.leaseToken())).isPresent();
    }

    @Test
    void l1_who_lets_go_of_a_link_has_lost_it() {
        LinkWork released = lease();
        links.release(released);
        assertThat(links.settle(released, row().agreed())).isFalse();

        LinkWork settled = lease();
        links.settle(settled, row().agreed());
        assertThat(links.settle(settled, row().agreed())).isFalse();

        LinkWork blocked = lease();
        links.block(blocked, mark());
        assertThat(links.rekey(blocked, "OPS-1", "OPS")).isEmpty();

        LinkWork over = lease();
        links.end(id, "unlinked");
        assertThat(links.rekey(over, "OPS-1", "OPS")).isEmpty();
    }

    @Test
    void l3_a_hint_of_faraday_is_looked_at_too() {
        hints.fromFaraday(vulnerability, "test");
        assertThat(due()).hasSize(1);
    }

    @Test
    void l3_a_hint_to_a_blocked_link_is_looked_at_and_only_then_seen() {
        links.block(lease(), mark());
        webhook("Done");
        LinkWork claimed = due().get(0);
        LinkWork work = LinkWork.leased(claimed.link(), claimed.leaseToken(), "test");
        webhook("In Progress");

        assertThat(links.staysBlocked(work)).as("another one came meanwhile").isFalse();
        links.release(work);
        LinkWork again = due().get(0);
        assertThat(links.staysBlocked(LinkWork.leased(again.link(), again.leaseToken(), "test")))
                .isTrue();
        assertThat(due()).isEmpty();
    }

    @Test
    void l3_a_hint_that_comes_during_the_look_is_looked_at() {
        LinkWork work = lease();
        webhook("In Progress");

        assertThat(links.settle(work, work.link().agreed())).isFalse();
        assertThat(row().hints()).isNotEqualTo(row().hintsSeen());
    }

    @Test
    void l3_a_row_that_the_look_itself_wrote_does_not_cover_a_later_hint() {
        LinkWork work = lease();
        webhook("In Progress");

        LinkWork moved = work.withLink(links.rekey(work, "OPS-1", "OPS").orElseThrow());

        assertThat(moved.link().issueKey()).isEqualTo("OPS-1");
        assertThat(links.settle(moved, moved.link().agreed())).isFalse();
        assertThat(row().hints()).isEqualTo(1);
    }

    @Test
    void l4_an_echo_is_dropped_only_while_nobody_works_on_the_link() {
        webhook("to do ");
        assertThat(row().hints()).isZero();

        lease();
        webhook("To Do");
        assertThat(row().hints()).isEqualTo(1);
    }

    @Test
    void l4_a_hint_equal_to_what_is_driven_is_counted_apart_and_ignored_only_after_our_own_204() {
        LinkWork work = lease();
        assertThat(drives.intend(work, new StatusPair(FaradayStatus.CLOSED, DONE)))
                .isPresent();
        LinkWork driving = work.withLink(row());
        webhook("Done");
        assertThat(row().hints()).isZero();
        assertThat(row().echoHints()).isEqualTo(1);

        assertThat(links.settle(driving, driving.link().agreed()))
                .as("any other settling looks again")
                .isFalse();
        assertThat(drives.settleDriven(driving, row().intention(), TO_DO, Instant.now()))
                .isPresent();
        assertThat(row().echoHints()).isZero();
        assertThat(row().hints()).as("nothing is left to look at").isZero();
        assertThat(row().agreed()).isEqualTo(new StatusPair(FaradayStatus.CLOSED, DONE));
    }

    @Test
    void l4_an_echo_counts_while_an_intention_stands_though_nobody_holds_the_link() {
        LinkWork work = lease();
        drives.intend(work, new StatusPair(FaradayStatus.CLOSED, DONE));
        links.postpone(work, Duration.ZERO, false, false);

        webhook("To Do");

        assertThat(row().hints()).isEqualTo(1);
    }

    @Test
    void l4_what_looked_like_our_echo_is_a_hint_once_jira_has_refused() {
        LinkWork work = lease();
        drives.intend(work, new StatusPair(FaradayStatus.CLOSED, DONE));
        webhook("Done");

        drives.dropIntention(work);

        assertThat(row().hints()).isEqualTo(1);
        assertThat(row().intention()).isNull();
    }

    @Test
    void l4_the_sweep_only_hints_and_drops_echoes_by_the_same_rule() {
        sweep(TO_DO);
        assertThat(row().hints()).isZero();

        lease();
        sweep(TO_DO);
        assertThat(row().hints()).isEqualTo(1);

        sweep(DONE);
        assertThat(row().hints()).isEqualTo(2);
        assertThat(row().agreed()).isEqualTo(new StatusPair(FaradayStatus.OPEN, TO_DO));
    }

    private void sweep(JiraStatus found) {
        hints.fromSweep(
                List.of(new IssueSnapshot(
                        "10001", "SEC-1", "10000", "SEC", "Bug", found, "", Instant.EPOCH, List.of())),
                issue -> Optional.empty(),
                "sweep");
    }

    @Test
    void l4_a_hint_kept_for_a_new_link_is_no_echo_once_somebody_works_on_it() {
        hints.keepForUnlinked("SEC-1", "To Do", SampleFaraday.ADMIN);
        lease();

        hints.takeUp(id, "SEC-1");

        assertThat(row().hints()).isEqualTo(1);
    }

    @Test
    void l5_a_hint_equal_to_an_intention_of_a_blocked_link_is_compared_with_the_block() {
        LinkWork work = lease();
        drives.intend(work, new StatusPair(FaradayStatus.OPEN, DONE));
        links.block(work, mark());

        webhook("Done");

        assertThat(due()).hasSize(1);
    }

    @Test
    void l5_the_echo_of_a_blocked_link_is_the_status_of_its_block_not_of_the_pair() {
        links.block(
                lease(),
                new IssueLink.Block(new BlockReason(BlockReason.REFUSED, "no way"), FaradayStatus.OPEN, DONE, "v1"));

        webhook("Done");
        assertThat(due()).isEmpty();
        webhook("To Do");
        assertThat(due()).hasSize(1);
    }

    @Test
    void l5_a_block_applies_only_to_what_it_was_based_on() {
        IssueLink.Block mark = mark();

        assertThat(mark.stillStands(FaradayStatus.OPEN, TO_DO, "v1")).isTrue();
        assertThat(mark.stillStands(FaradayStatus.CLOSED, TO_DO, "v1")).isFalse();
        assertThat(mark.stillStands(FaradayStatus.OPEN, DONE, "v1")).isFalse();
        assertThat(mark.stillStands(FaradayStatus.OPEN, TO_DO, "v2")).isFalse();
    }

    @Test
    void l5_a_blocked_link_is_due_again_when_faraday_goes_back_to_the_agreed_status() {
        faraday("closed");
        LinkWork work = lease();
        assertThat(links.block(
                        work,
                        new IssueLink.Block(
                                new BlockReason(BlockReason.REFUSED, "no way"), FaradayStatus.CLOSED, TO_DO, "v1")))
                .isTrue();
        assertThat(due()).isEmpty();
        webhook("To Do");
        assertThat(due()).as("the mark's own status is old news").isEmpty();

        faraday("open");
        assertThat(due()).hasSize(1);
    }

    @Test
    void l5_a_blocked_link_is_due_again_under_another_mapping() {
        LinkWork work = lease();
        links.block(work, mark());

        assertThat(dueLinks.claim(Map.of("SEC", "v2"), 10, false)).hasSize(1);
    }

    @Test
    void l8_l13_an_intention_outlives_its_holder_and_falls_due() {
        LinkWork work = lease();
        drives.intend(work, new StatusPair(FaradayStatus.CLOSED, DONE));
        assertThat(due()).as("still held").isEmpty();

        leaseRunsOut();

        List<LinkWork> due = due();
        assertThat(due).hasSize(1);
        assertThat(due.get(0).link().intention()).isNotNull();
        assertThat(due.get(0).link().jiraMayBeAssumed(false)).isFalse();
    }

    @Test
    void l8_giving_up_before_jira_could_be_asked_keeps_the_intention() {
        LinkWork work = lease();
        drives.intend(work, new StatusPair(FaradayStatus.CLOSED, DONE));
        leaseRunsOut();
        LinkWork second = lease();

        links.block(second, mark());

        assertThat(row().intention()).isNotNull();
        assertThat(due()).as("the mark rests").isEmpty();
        faraday("closed");
        assertThat(due()).hasSize(1);
    }

    @Test
    void l8_giving_up_after_a_call_whose_outcome_is_open_keeps_the_intention() {
        LinkWork asked = lease();
        Observation observation = asked.observation()
                .seeingJira(TO_DO, true)
                .taking(new Transition("31", "Finish", DONE, List.of()), true, List.of(), TransitionContent.NOTHING);
        drives.intend(asked, new StatusPair(FaradayStatus.CLOSED, DONE));

        links.block(asked.withObservation(observation), mark());

        assertThat(row().intention()).isNotNull();
    }

    @Test
    void l8_letting_go_keeps_the_intention() {
        LinkWork work = lease();
        drives.intend(work, new StatusPair(FaradayStatus.CLOSED, DONE));

        links.release(work);

        assertThat(row().intention()).isNotNull();
        assertThat(due()).as("L13").hasSize(1);
    }

    @Test
    void l8_a_block_based_on_jiras_own_answer_ends_the_intention() {
        LinkWork work = lease();
        drives.intend(work, new StatusPair(FaradayStatus.CLOSED, DONE));
        leaseRunsOut();
        LinkWork second = lease();

        links.block(second.withObservation(second.observation().seeingJira(TO_DO, true)), mark());

        assertThat(row().intention()).isNull();
    }

    @Test
    void l9_our_own_move_found_in_the_history_makes_the_pair_and_its_echoes_count_again() {
        LinkWork work = lease();
        drives.intend(work, new StatusPair(FaradayStatus.CLOSED, DONE));
        webhook("Done");
        leaseRunsOut();
        LinkWork second = lease();

        assertThat(drives.settleFound(second, row().intention())).isPresent();

        assertThat(row().agreed()).isEqualTo(new StatusPair(FaradayStatus.CLOSED, DONE));
        assertThat(row().intention()).isNull();
        assertThat(row().hints()).isEqualTo(1);
    }

    @Test
    void l10_a_lapsed_lease_sends_nothing() {
        LinkWork work = lease();
        leaseRunsOut();

        assertThat(drives.intend(work, new StatusPair(FaradayStatus.CLOSED, DONE)))
                .isEmpty();
        assertThat(row().intention()).isNull();
    }

    @Test
    void l10_another_look_has_time_of_its_own_unless_the_link_was_lost() {
        LinkWork work = lease();
        leaseRunsOut();

        assertThat(links.heldAnew(id, work.leaseToken())).isPresent();
        assertThat(drives.intend(work, new StatusPair(FaradayStatus.CLOSED, DONE)))
                .isPresent();

        leaseRunsOut();
        lease();
        assertThat(links.heldAnew(id, work.leaseToken())).isEmpty();
    }

    @Test
    void l11_the_lease_outlives_the_longest_call_and_what_jira_may_go_on_for() {
        assertThat(IssueLinks.CALL_LEASE).isGreaterThanOrEqualTo(Duration.ofSeconds(30 + 90 + 10));

        LinkWork work = lease();
        drives.intend(work, new StatusPair(FaradayStatus.CLOSED, DONE));
        Instant until = leaseUntil();
        links.heldAnew(id, work.leaseToken());

        assertThat(leaseUntil()).as("another look does not shorten it").isEqualTo(until);
    }

    private static Instant leaseUntil() {
        return rows.sql("SELECT lease_until FROM faraday_bridge.issue_link")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    @Test
    void l11_a_persons_replay_leaves_block_and_waiting_to_the_holder_of_the_link() {
        links.block(lease(), mark());
        webhook("Done");
        due();

        hints.replay(vulnerability, "test");
        assertThat(row().block()).isNotNull();

        leaseRunsOut();
        hints.replay(vulnerability, "test");
        assertThat(row().block()).isNull();
    }

    @Test
    void l11_after_a_lost_answer_the_lease_stays_for_as_long_as_jira_may_go_on() {
        LinkWork work = lease();
        drives.intend(work, new StatusPair(FaradayStatus.CLOSED, DONE));

        links.postpone(work, Duration.ZERO, true, false);

        assertThat(due()).isEmpty();
        assertThat(rows.sql("SELECT lease_until > now() + interval '2 minutes' FROM faraday_bridge.issue_link")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void l12_an_announced_change_is_not_driven_over() {
        LinkWork work = lease();
        webhook("In Progress");

        assertThat(drives.intend(work, new StatusPair(FaradayStatus.CLOSED, DONE)))
                .isEmpty();
        links.release(work);
        assertThat(lease().mustAskJira()).isTrue();
    }

    @Test
    void l12_jira_is_asked_after_a_hint_beside_an_intention_and_beside_a_block() {
        LinkWork work = lease();
        assertThat(work.mustAskJira()).isFalse();

        drives.intend(work, new StatusPair(FaradayStatus.CLOSED, DONE));
        assertThat(work.withLink(row()).mustAskJira()).as("intention").isTrue();
        assertThat(work.withLink(row()).needsHistory()).as("L9").isTrue();

        drives.dropIntention(work);
        assertThat(work.withLink(row()).mustAskJira()).isFalse();
        links.block(work, mark());
        assertThat(work.withLink(row()).mustAskJira()).as("mark").isTrue();

        hints.replay(vulnerability, "test");
        assertThat(row().block()).isNull();
        assertThat(work.withLink(row()).mustAskJira()).as("hint").isTrue();
    }

    /** Driven from (open, To Do) to (closed, Done), and let go. @param at when the call began, by Jira's clock */
    private IssueLink.UnseenDrive driven(Instant at) {
        LinkWork work = lease();
        drives.intend(work, new StatusPair(FaradayStatus.CLOSED, DONE));
        drives.settleDriven(work, row().intention(), TO_DO, at);
        assertThat(links.rest(work.withLink(row()))).isTrue();
        return Objects.requireNonNull(row().unseenDrive());
    }

    @Test
    void l15_after_our_204_the_pair_before_is_kept_and_jiras_status_is_not_assumed() {
        IssueLink.UnseenDrive drive = driven(Instant.now());

        assertThat(row().agreed()).isEqualTo(new StatusPair(FaradayStatus.CLOSED, DONE));
        assertThat(drive.replaced()).isEqualTo(new StatusPair(FaradayStatus.OPEN, TO_DO));
        LinkWork next = lease();
        assertThat(next.mustAskJira()).isTrue();
        assertThat(next.needsHistory()).as("the look reads who moved it").isTrue();
        assertThat(drives.intend(next, new StatusPair(FaradayStatus.RE_OPENED, TO_DO)))
                .as("nothing is driven on a promise")
                .isEmpty();
    }

    @Test
    void l15_a_webhook_is_no_proof() {
        driven(Instant.now());

        webhook("Done");

        assertThat(row().unseenDrive()).isNotNull();
    }

    private static IssueSnapshot indexed(JiraStatus status, Instant updated) {
        return new IssueSnapshot("10001", "SEC-1", "10000", "SEC", "Bug", status, "", updated, List.of());
    }

    @Test
    void l15_only_the_target_in_a_row_younger_than_the_drive_is_a_sight() {
        Instant at = Instant.parse("2026-03-01T10:00:00Z");
        IssueLink.UnseenDrive drive = driven(at);

        assertThat(drive.confirmedBy(indexed(DONE, at.minusSeconds(1)), DONE)).isFalse();
        assertThat(drive.confirmedBy(indexed(DONE, Instant.EPOCH), DONE))
                .as("no time is known")
                .isFalse();
        assertThat(drive.confirmedBy(indexed(TO_DO, at.plusSeconds(1)), DONE)).isFalse();
        assertThat(drive.confirmedBy(indexed(DONE, at.plusSeconds(1)), DONE)).isTrue();
    }

    @Test
    void l15_once_it_was_seen_jiras_status_is_assumed_again() {
        IssueLink.UnseenDrive drive = driven(Instant.now());

        assertThat(drives.seen(row(), drive)).isPresent();

        assertThat(row().unseenDrive()).isNull();
        assertThat(lease().mustAskJira()).isFalse();
    }

    @Test
    void l15_what_was_seen_of_one_drive_says_nothing_of_the_next() {
        IssueLink before = row();
        IssueLink.UnseenDrive first = driven(Instant.now().minusSeconds(10));
        drives.seen(before, first);
        driven(Instant.now());

        assertThat(drives.seen(before, first)).isEmpty();
        assertThat(row().unseenDrive()).isNotNull();
    }

    @Test
    void l15_what_moved_nothing_makes_the_kept_pair_count_again() {
        IssueLink.UnseenDrive drive = driven(Instant.now());
        LinkWork work = lease();

        assertThat(drives.unmoved(work, drive, drive.replaced())).isPresent();

        assertThat(row().agreed()).isEqualTo(new StatusPair(FaradayStatus.OPEN, TO_DO));
        assertThat(row().unseenDrive()).isNull();
    }

    @Test
    void l15_only_the_holder_takes_a_drive_back() {
        IssueLink.UnseenDrive drive = driven(Instant.now());
        LinkWork stalled = lease();
        leaseRunsOut();
        lease();

        assertThat(drives.unmoved(stalled, drive, drive.replaced())).isEmpty();
        assertThat(row().agreed()).isEqualTo(new StatusPair(FaradayStatus.CLOSED, DONE));
    }

    @Test
    void l15_what_moved_nothing_is_counted_until_something_was_seen_moved() {
        for (int times = 0; times < 2; times++) {
            IssueLink.UnseenDrive drive = driven(Instant.now());
            LinkWork work = lease();
            drives.unmoved(work, drive, drive.replaced());
            links.release(work);
        }
        assertThat(row().unmoved()).isEqualTo(2);

        drives.seen(row(), driven(Instant.now()));

        assertThat(row().unmoved()).isZero();
    }

    @Test
    void l15_the_sweep_leaves_to_who_works_on_a_link_what_it_looks_at_itself() {
        IssueLink.UnseenDrive drive = driven(Instant.now());
        assertThat(drives.waiting(List.of("WEB"))).isEmpty();
        assertThat(drives.waiting(List.of("SEC"))).hasSize(1);

        assertThat(drives.ask(row(), drive, "sweep")).isTrue();
        assertThat(drives.waiting(List.of("SEC"))).as("about to be looked at").isEmpty();
        assertThat(due()).hasSize(1);
    }

    @Test
    void a_hint_that_came_before_the_link_was_saved_counts() {
        rows.sql("DELETE FROM faraday_bridge.issue_link").update();
        hints.keepForUnlinked("SEC-1", "Done", SampleFaraday.ADMIN);
        link();

        hints.takeUp(id, "SEC-1");

        assertThat(row().hints()).isEqualTo(1);
        assertThat(rows.sql("SELECT count(*) FROM faraday_bridge.unlinked_hint")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void links_of_inactive_projects_are_left_alone() {
        faraday("closed");
        assertThat(dueLinks.claim(Map.of("WEB", "v1"), 10, false)).isEmpty();
        assertThat(due()).hasSize(1);
    }

    @Test
    void two_detectors_never_claim_the_same_link() {
        faraday("closed");
        assertThat(due()).hasSize(1);
        assertThat(due()).isEmpty();
    }

    @Test
    void hints_for_invented_issues_do_not_accumulate() {
        rows.sql("""
                        INSERT INTO faraday_bridge.unlinked_hint (issue_key, status_name, received_at)
                        SELECT 'SEC-' || n, 'Done', now() - n * interval '1 second'
                          FROM generate_series(10001, 10000 + :n) n""").param("n", Hints.MOST_UNLINKED + 1000).update();

        for (int n = 0; n < Hints.KEPT_BETWEEN_TRIMS; n++) {
            hints.keepForUnlinked("SEC-" + (900_000 + n), "Done", 1);
        }

        assertThat(rows.sql("SELECT count(*) FROM faraday_bridge.unlinked_hint")
                        .query(Integer.class)
                        .single())
                .isEqualTo(Hints.MOST_UNLINKED);
        assertThat(rows.sql("SELECT count(*) FROM faraday_bridge.unlinked_hint WHERE issue_key LIKE 'SEC-900%'")
                        .query(Integer.class)
                        .single())
                .as("the newest are kept")
                .isEqualTo(Hints.KEPT_BETWEEN_TRIMS);
        rows.sql("DELETE FROM faraday_bridge.unlinked_hint").update();
    }
}
