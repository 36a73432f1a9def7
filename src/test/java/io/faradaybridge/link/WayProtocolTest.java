package io.faradaybridge.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.faraday.TestRights;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.StatusChange;
import io.faradaybridge.link.decision.BlockReason;
import io.faradaybridge.link.decision.StatusPair;
import io.faradaybridge.link.decision.Transit;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** L14 as the statements keep it: a way of three hops, stepped by hand against a real database. */
class WayProtocolTest {

    private static final JiraStatus TO_DO = new JiraStatus("1", "To Do");
    private static final JiraStatus IN_PROGRESS = new JiraStatus("3", "In Progress");
    private static final JiraStatus IN_REVIEW = new JiraStatus("4", "In Review");
    private static final JiraStatus DONE = new JiraStatus("6", "Done");
    private static final Transit FIRST = new Transit("6", List.of("1"));
    private static final Transit SECOND = new Transit("6", List.of("1", "3"));
    private static final Map<String, String> AT_WORK = Map.of("SEC", "v1");

    private static final FaradayDatabase.Instance database =
            FaradayDatabase.shared().newBridgeDatabase();
    private static final JdbcClient rows = database.rows();

    private IssueLinks links;
    private LinkDrives drives;
    private long id;

    @BeforeEach
    void link() {
        links = new IssueLinks(rows);
        drives = new LinkDrives(rows);
        rows.sql("DELETE FROM faraday_bridge.issue_link").update();
        int vulnerability = SampleVulnerabilities.insertWithIssue(database.dataSource(), "SEC-1");
        id = links.add(new NewLink(
                vulnerability, 1, "SEC", "Bug", "10001", "SEC-1", new StatusPair(FaradayStatus.OPEN, TO_DO)));
    }

    private LinkWork lease() {
        UUID token = UUID.randomUUID();
        return LinkWork.leased(links.lease(id, token).orElseThrow(), token, "test");
    }

    private IssueLink row() {
        return links.find(id).orElseThrow();
    }

    private LinkWork hop(LinkWork work, StatusPair pair, JiraStatus over, Instant at) {
        IssueLink driving = drives.intend(work, pair).orElseThrow();
        return work.onward(
                drives.settleDriven(work.withLink(driving), Objects.requireNonNull(driving.intention()), over, at)
                        .orElseThrow());
    }

    private LinkWork firstHop(LinkWork work) {
        return hop(work, new StatusPair(FaradayStatus.OPEN, IN_PROGRESS, FIRST), TO_DO, Instant.now());
    }

    private LinkWork secondHop(LinkWork work) {
        return hop(work, new StatusPair(FaradayStatus.OPEN, IN_REVIEW, SECOND), IN_PROGRESS, Instant.now());
    }

    private LinkWork lastHop(LinkWork work) {
        return hop(work, new StatusPair(FaradayStatus.CLOSED, DONE), IN_REVIEW, Instant.now());
    }

    private static Optional<StatusChange> moved(JiraStatus to) {
        return Optional.of(new StatusChange(TO_DO, to, "bridge", "Bridge", Instant.now()));
    }

    @Test
    void l14_the_hops_pair_has_faradays_half_and_is_in_transit_by_the_same_update() {
        firstHop(lease());

        assertThat(row().agreed()).isEqualTo(new StatusPair(FaradayStatus.OPEN, IN_PROGRESS, FIRST));
        assertThat(row().intention()).isNull();
    }

    @Test
    void l14_the_intention_of_a_hop_says_what_is_in_transit_once_it_is_found_made() {
        LinkWork work = lease();
        drives.intend(work, new StatusPair(FaradayStatus.OPEN, IN_PROGRESS, FIRST));
        links.release(work);
        LinkWork next = lease();

        drives.settleFound(next, Objects.requireNonNull(next.link().intention()));

        assertThat(row().agreed()).isEqualTo(new StatusPair(FaradayStatus.OPEN, IN_PROGRESS, FIRST));
    }

    @Test
    void l14_a_link_in_transit_is_due_though_both_sides_are_at_the_agreed_statuses() {
        LinkWork work = firstHop(lease());
        assertThat(new DueLinks(rows).claim(AT_WORK, 10, false))
                .as("while it is held")
                .isEmpty();

        links.release(work);

        assertThat(new DueLinks(rows).claim(AT_WORK, 10, false)).hasSize(1);
    }

    @Test
    void l14_a_block_outweighs_it_and_the_way_goes_on_when_the_block_ends() {
        LinkWork work = firstHop(lease());
        links.block(
                work,
                new IssueLink.Block(new BlockReason(BlockReason.REFUSED, "no"), FaradayStatus.OPEN, IN_PROGRESS, "v1"));
        assertThat(new DueLinks(rows).claim(AT_WORK, 10, false)).isEmpty();

        assertThat(new DueLinks(rows).claim(Map.of("SEC", "v2"), 10, false)).hasSize(1);
        assertThat(row().agreed().transit()).isEqualTo(FIRST);
    }

    @Test
    void l14_the_last_hop_and_every_other_settling_clear_it() {
        LinkWork work = lastHop(secondHop(firstHop(lease())));
        assertThat(row().agreed()).isEqualTo(new StatusPair(FaradayStatus.CLOSED, DONE));
        links.release(work);
        drives.seen(row(), Objects.requireNonNull(row().unseenDrive()));

        LinkWork other = firstHop(lease());
        links.settle(other, new StatusPair(FaradayStatus.OPEN, TO_DO));

        assertThat(row().agreed().transit()).isNull();
    }

    @Test
    void l14_l15_only_who_has_just_made_the_hop_assumes_its_status() {
        LinkWork work = firstHop(lease());
        assertThat(work.mustAskJira()).isFalse();
        assertThat(work.lookAgain(row(), false).mustAskJira()).isTrue();
        links.release(work);

        assertThat(lease().mustAskJira()).isTrue();
        assertThat(row().jiraMayBeAssumed(true)).isTrue();
        new Hints(rows, TestRights.of(rows)).ask(id);
        assertThat(row().jiraMayBeAssumed(true)).as("a hint came").isFalse();
    }

    @Test
    void l14_l15_of_several_unseen_hops_the_pair_before_the_first_is_kept() {
        lastHop(secondHop(firstHop(lease())));

        IssueLink.UnseenDrive drive = Objects.requireNonNull(row().unseenDrive());
        assertThat(drive.replaced()).isEqualTo(new StatusPair(FaradayStatus.OPEN, TO_DO));
        assertThat(drive.way()).containsExactly("3", "4", "6");
        assertThat(drive.over()).as("where the newest one started").isEqualTo(IN_REVIEW);
    }

    @Test
    void l14_l15_the_last_hop_that_the_history_shows_is_where_the_way_goes_on() {
        LinkWork work = lastHop(secondHop(firstHop(lease())));
        IssueLink.UnseenDrive drive = Objects.requireNonNull(row().unseenDrive());
        StatusPair agreed = row().agreed();

        assertThat(drive.valid(agreed, Optional.empty())).isEqualTo(new StatusPair(FaradayStatus.OPEN, TO_DO));
        assertThat(drive.valid(agreed, moved(IN_PROGRESS)))
                .isEqualTo(new StatusPair(FaradayStatus.OPEN, IN_PROGRESS, FIRST));
        StatusPair reached = drive.valid(agreed, moved(IN_REVIEW));
        assertThat(reached).isEqualTo(new StatusPair(FaradayStatus.OPEN, IN_REVIEW, SECOND));

        assertThat(drives.unmoved(work, drive, reached)).isPresent();

        assertThat(row().agreed()).isEqualTo(reached);
        assertThat(row().unmoved()).isEqualTo(1);
        assertThat(row().unseenDrive()).isNull();
    }

    @Test
    void l14_l15_what_was_seen_of_one_hop_says_nothing_of_the_next() {
        LinkWork work = firstHop(lease());
        IssueLink before = row();
        IssueLink.UnseenDrive first = Objects.requireNonNull(before.unseenDrive());
        secondHop(work);

        assertThat(drives.seen(before, first)).isEmpty();
        assertThat(row().unseenDrive()).isNotNull();
    }

    @Test
    void l14_after_a_hop_was_seen_the_next_one_keeps_its_pair() {
        LinkWork work = firstHop(lease());
        drives.seen(row(), Objects.requireNonNull(row().unseenDrive()));

        secondHop(work);

        IssueLink.UnseenDrive drive = Objects.requireNonNull(row().unseenDrive());
        assertThat(drive.replaced()).isEqualTo(new StatusPair(FaradayStatus.OPEN, IN_PROGRESS, FIRST));
        assertThat(drive.way()).containsExactly("4");
        assertThat(drive.valid(row().agreed(), Optional.empty()))
                .isEqualTo(new StatusPair(FaradayStatus.OPEN, IN_PROGRESS, FIRST));
    }
}
