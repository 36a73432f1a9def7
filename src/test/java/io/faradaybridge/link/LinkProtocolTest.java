package io.faradaybridge.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
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

    private static FaradayDatabase.Instance database;
    private static JdbcClient rows;

    private IssueLinks links;
    private Hints hints;
    private int vulnerability;
    private long id;

    @BeforeAll
    static void open() {
        database = FaradayDatabase.shared().newDatabase();
        rows = JdbcClient.create(database.dataSource());
        Flyway.configure()
                .dataSource(database.dataSource())
                .schemas("faraday_bridge")
                .load()
                .migrate();
    }

    @BeforeEach
    void link() {
        links = new IssueLinks(rows);
        hints = new Hints(rows);
        rows.sql("DELETE FROM faraday_bridge.issue_link").update();
        vulnerability = SampleVulnerabilities.insert(database.dataSource(), 1).get(0);
        rows.sql("UPDATE vulnerability SET issuetracker = 'SEC-1' WHERE id = ?")
                .param(vulnerability)
                .update();
        id = links.add(new IssueLinks.NewLink(
                vulnerability, 1, "SEC", "Bug", "10001", "SEC-1", new StatusPair(FaradayStatus.OPEN, TO_DO)));
    }

    private LinkWork lease() {
        UUID token = UUID.randomUUID();
        return LinkWork.leased(links.lease(id, token).orElseThrow(), token, "test");
    }

    private void webhook(String status) {
        assertThat(hints.fromWebhook(SampleFaraday.TOKEN_OF_ADMIN, "", "SEC-1", status, "hint"))
                .isPresent();
    }

    private IssueLink row() {
        return links.find(id).orElseThrow();
    }

    private void leaseRunsOut() {
        rows.sql("UPDATE faraday_bridge.issue_link SET lease_until = now() - interval '1 second'")
                .update();
    }

    private List<IssueLinks.Claimed> due() {
        return links.claimDue(AT_WORK, 10);
    }

    private static IssueLink.Block mark() {
        return new IssueLink.Block(new Obstacle(Obstacle.REFUSED, "no way"), FaradayStatus.OPEN, TO_DO, "v1");
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
        assertThat(links.intend(stalled, FaradayStatus.CLOSED, DONE)).isFalse();
        assertThat(row().agreed()).isEqualTo(new StatusPair(FaradayStatus.CLOSED, DONE));
    }

    @Test
    void l1_a_link_that_is_held_is_not_leased_again() {
        lease();
        assertThat(links.lease(id, UUID.randomUUID())).isEmpty();
    }

    @Test
    void l3_a_hint_that_comes_during_the_look_is_looked_at() {
        LinkWork work = lease();
        webhook("In Progress");

        assertThat(links.settle(work, work.link().agreed())).isFalse();
        assertThat(row().hints()).isNotEqualTo(row().hintsSeen());
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
        assertThat(links.intend(work, FaradayStatus.CLOSED, DONE)).isTrue();
        LinkWork driving = work.withLink(row());
        webhook("Done");
        assertThat(row().hints()).isZero();
        assertThat(row().echoHints()).isEqualTo(1);

        assertThat(links.settle(driving, driving.link().agreed()))
                .as("any other settling looks again")
                .isFalse();
        assertThat(links.settleDriven(driving, row().intention())).isTrue();
        assertThat(row().echoHints()).isZero();
        assertThat(row().agreed()).isEqualTo(new StatusPair(FaradayStatus.CLOSED, DONE));
    }

    @Test
    void l5_a_blocked_link_is_due_again_when_faraday_goes_back_to_the_agreed_status() {
        faraday("closed");
        LinkWork work = lease();
        assertThat(links.block(
                        work,
                        new IssueLink.Block(
                                new Obstacle(Obstacle.REFUSED, "no way"), FaradayStatus.CLOSED, TO_DO, "v1")))
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

        assertThat(links.claimDue(Map.of("SEC", "v2"), 10)).hasSize(1);
    }

    @Test
    void l8_l13_an_intention_outlives_its_holder_and_falls_due() {
        LinkWork work = lease();
        links.intend(work, FaradayStatus.CLOSED, DONE);
        assertThat(due()).as("still held").isEmpty();

        leaseRunsOut();

        List<IssueLinks.Claimed> due = due();
        assertThat(due).hasSize(1);
        assertThat(due.get(0).link().intention()).isNotNull();
        assertThat(due.get(0).link().jiraMayBeAssumed()).isFalse();
    }

    @Test
    void l8_giving_up_before_jira_could_be_asked_keeps_the_intention() {
        LinkWork work = lease();
        links.intend(work, FaradayStatus.CLOSED, DONE);
        leaseRunsOut();
        LinkWork second = lease();

        links.block(second, mark());

        assertThat(row().intention()).isNotNull();
        assertThat(due()).as("the mark rests").isEmpty();
        faraday("closed");
        assertThat(due()).hasSize(1);
    }

    @Test
    void l8_a_mark_made_on_jiras_own_answer_ends_the_intention() {
        LinkWork work = lease();
        links.intend(work, FaradayStatus.CLOSED, DONE);
        leaseRunsOut();
        LinkWork second = lease();

        links.block(second.withLook(second.look().seeingJira(TO_DO, true)), mark());

        assertThat(row().intention()).isNull();
    }

    @Test
    void l9_our_own_move_found_in_the_history_makes_the_pair_and_its_echoes_count_again() {
        LinkWork work = lease();
        links.intend(work, FaradayStatus.CLOSED, DONE);
        webhook("Done");
        leaseRunsOut();
        LinkWork second = lease();

        assertThat(links.settleFound(second, row().intention())).isTrue();

        assertThat(row().agreed()).isEqualTo(new StatusPair(FaradayStatus.CLOSED, DONE));
        assertThat(row().intention()).isNull();
        assertThat(row().hints()).isEqualTo(1);
    }

    @Test
    void l10_a_lapsed_lease_sends_nothing() {
        LinkWork work = lease();
        leaseRunsOut();

        assertThat(links.intend(work, FaradayStatus.CLOSED, DONE)).isFalse();
        assertThat(row().intention()).isNull();
    }

    @Test
    void l11_after_a_lost_answer_the_lease_stays_for_as_long_as_jira_may_go_on() {
        LinkWork work = lease();
        links.intend(work, FaradayStatus.CLOSED, DONE);

        links.postpone(work, Duration.ZERO, true, false);

        assertThat(due()).isEmpty();
        assertThat(rows.sql("SELECT lease_until > now() + interval '2 minutes' FROM faraday_bridge.issue_link")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void l12_a_change_we_were_told_of_is_not_driven_over() {
        LinkWork work = lease();
        webhook("In Progress");

        assertThat(links.intend(work, FaradayStatus.CLOSED, DONE)).isFalse();
        links.release(work);
        assertThat(lease().mustAskJira()).isTrue();
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
    void links_of_projects_at_rest_are_left_alone() {
        faraday("closed");
        assertThat(links.claimDue(Map.of("WEB", "v1"), 10)).isEmpty();
        assertThat(due()).hasSize(1);
    }

    @Test
    void two_detectors_never_claim_the_same_link() {
        faraday("closed");
        assertThat(due()).hasSize(1);
        assertThat(due()).isEmpty();
    }

    @Test
    void words_on_issues_that_somebody_makes_up_do_not_pile_up() {
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
