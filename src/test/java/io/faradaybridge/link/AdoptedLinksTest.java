package io.faradaybridge.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.faraday.TestRights;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.link.AdoptedLinks.Choice;
import io.faradaybridge.link.AdoptedLinks.Difference;
import io.faradaybridge.link.decision.StatusPair;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Adoption keeps the link's protocol: it is one more worker, stepped by hand beside another. */
class AdoptedLinksTest {

    private static final JiraStatus TO_DO = new JiraStatus("1", "To Do");
    private static final JiraStatus DONE = new JiraStatus("3", "Done");
    private static final Choice ALL = new Choice(List.of(SampleFaraday.ACME_EXTERNAL), "", null);

    private static final FaradayDatabase.Instance database =
            FaradayDatabase.shared().newBridgeDatabase();
    private static final JdbcClient rows = database.rows();

    private AdoptedLinks adopted;
    private IssueLinks links;
    private DueLinks due;
    private Hints hints;
    private int vulnerability;
    private long id;

    @BeforeEach
    void adopt() {
        adopted = new AdoptedLinks(rows);
        links = new IssueLinks(rows);
        due = new DueLinks(rows);
        hints = new Hints(rows, TestRights.of(rows));
        rows.sql("DELETE FROM faraday_bridge.issue_link").update();
        vulnerability = SampleVulnerabilities.insertWithIssue(database.dataSource(), "SEC-1");
        id = adopted.add(link(vulnerability, "10001"), true).orElseThrow();
    }

    private static NewLink link(int vulnerability, String issueId) {
        return new NewLink(
                vulnerability,
                SampleFaraday.ACME_EXTERNAL,
                "SEC",
                "Bug",
                issueId,
                "SEC-1",
                new StatusPair(FaradayStatus.OPEN, DONE));
    }

    private IssueLink row() {
        return links.find(id).orElseThrow();
    }

    private boolean differs() {
        return rows.sql("SELECT differs_since_adoption FROM faraday_bridge.issue_link WHERE id = ?")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    private LinkWork lease() {
        UUID token = UUID.randomUUID();
        return LinkWork.leased(links.lease(id, token).orElseThrow(), token, "test");
    }

    @Test
    void an_issue_has_one_active_link_and_so_has_a_vulnerability() {
        int other = SampleVulnerabilities.insert(database.dataSource(), 1).get(0);

        assertThat(adopted.add(link(other, "10001"), false)).isEmpty();
        assertThat(adopted.add(link(vulnerability, "10002"), false)).isEmpty();
        links.end(id, "unlinked");
        assertThat(adopted.add(link(other, "10001"), false)).isPresent();
    }

    @Test
    void nobody_else_works_on_a_link_whose_pair_is_to_be_read_anew() {
        adopted.allDue();
        hints.ask(id);

        assertThat(links.lease(id, UUID.randomUUID())).isEmpty();
        assertThat(due.claim(Map.of("SEC", "v1"), 10, false)).isEmpty();
        assertThat(adopted.claimDue(UUID.randomUUID(), false, 0, 10)).hasSize(1);
    }

    @Test
    void a_link_that_somebody_works_on_is_not_read_anew() {
        lease();
        adopted.allDue();

        assertThat(adopted.claimDue(UUID.randomUUID(), false, 0, 10)).isEmpty();
    }

    @Test
    void a_hint_that_comes_while_both_sides_are_read_makes_them_be_read_once_more() {
        adopted.allDue();
        UUID token = UUID.randomUUID();
        IssueLink leased = adopted.claimDue(token, false, 0, 10).get(0);
        hints.ask(id);

        boolean settled =
                adopted.settle(leased, token, new StatusPair(FaradayStatus.OPEN, TO_DO), false, "SEC-1", "SEC");
        adopted.release(token);

        assertThat(settled).isFalse();
        assertThat(adopted.claimDue(UUID.randomUUID(), false, 0, 10)).hasSize(1);
    }

    @Test
    void what_was_pending_is_over_once_both_sides_were_read() {
        hints.ask(id);
        rows.sql("UPDATE faraday_bridge.issue_link SET retry_at = now() + interval '1 hour', driving_from = 'closed',"
                        + " driving_to_id = '3', driving_to_name = 'Done', driving_since = now()")
                .update();
        adopted.allDue();
        UUID token = UUID.randomUUID();
        IssueLink leased = adopted.claimDue(token, false, 0, 10).get(0);

        assertThat(adopted.settle(leased, token, new StatusPair(FaradayStatus.OPEN, TO_DO), false, "SEC-1", "SEC"))
                .isTrue();

        assertThat(row().agreed()).isEqualTo(new StatusPair(FaradayStatus.OPEN, TO_DO));
        assertThat(row().intention()).isNull();
        assertThat(row().jiraMayBeAssumed(false)).isTrue();
        assertThat(due.claim(Map.of("SEC", "v1"), 10, false)).isEmpty();
        assertThat(differs()).isFalse();
    }

    @Test
    void they_differ_until_one_of_them_moves_not_until_somebody_looks() {
        hints.ask(id);
        LinkWork looked = lease();
        links.settle(looked, row().agreed());
        assertThat(differs()).isTrue();

        hints.ask(id);
        LinkWork moved = lease();
        links.settle(moved, new StatusPair(FaradayStatus.CLOSED, DONE));

        assertThat(differs()).isFalse();
    }

    @Test
    void a_person_says_which_side_to_follow_and_the_flow_asks_jira() {
        Difference difference = adopted.differences(ALL).get(0);

        List<AdoptedLinks.Sent> sent =
                adopted.markAsMoved(ALL, difference, new StatusPair(FaradayStatus.OPEN, TO_DO), 1, "word");

        assertThat(sent).extracting(AdoptedLinks.Sent::vulnerabilityId).containsExactly(vulnerability);
        assertThat(row().agreed().jira()).isEqualTo(TO_DO);
        assertThat(row().jiraMayBeAssumed(false)).isFalse();
        assertThat(row().hintUserId()).isEqualTo(1);
        assertThat(due.claim(Map.of("SEC", "v1"), 10, false)).hasSize(1);
        assertThat(adopted.markAsMoved(ALL, difference, new StatusPair(FaradayStatus.OPEN, TO_DO), 1, "word"))
                .as("the same word twice")
                .isEmpty();
    }

    @Test
    void a_link_in_somebodys_hands_or_moved_meanwhile_follows_nobody() {
        Difference difference = adopted.differences(ALL).get(0);
        StatusPair pretended = new StatusPair(FaradayStatus.OPEN, TO_DO);

        LinkWork held = lease();
        assertThat(adopted.markAsMoved(ALL, difference, pretended, 1, "word")).isEmpty();
        links.release(held);
        rows.sql("UPDATE vulnerability SET status = 'closed' WHERE id = ?")
                .param(vulnerability)
                .update();
        assertThat(adopted.markAsMoved(ALL, difference, pretended, 1, "word")).isEmpty();

        assertThat(row().agreed().jira()).isEqualTo(DONE);
    }

    @Test
    void a_holder_that_stalled_cannot_write_over_a_persons_decision() {
        LinkWork stalled = lease();
        rows.sql("UPDATE faraday_bridge.issue_link SET lease_until = now() - interval '1 second'")
                .update();
        Difference difference = adopted.differences(ALL).get(0);
        adopted.markAsMoved(ALL, difference, new StatusPair(FaradayStatus.OPEN, TO_DO), 1, "word");

        assertThat(links.settle(stalled, new StatusPair(FaradayStatus.OPEN, DONE)))
                .isFalse();
        assertThat(new LinkDrives(rows).intend(stalled, new StatusPair(FaradayStatus.OPEN, TO_DO)))
                .isEmpty();
    }

    @Test
    void a_side_that_cannot_be_read_is_left_to_the_flow_or_while_observing_to_the_next_hour() {
        adopted.allDue();
        UUID token = UUID.randomUUID();
        adopted.passOver(adopted.claimDue(token, true, 0, 10).get(0), token, true);
        assertThat(adopted.claimDue(UUID.randomUUID(), true, 0, 10)).isEmpty();

        adopted.allDue();
        adopted.passOver(adopted.claimDue(token, false, 0, 10).get(0), token, false);
        assertThat(due.claim(Map.of("SEC", "v1"), 10, false)).hasSize(1);
    }
}
