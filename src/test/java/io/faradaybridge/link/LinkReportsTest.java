package io.faradaybridge.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.faraday.TestRights;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.link.decision.StatusPair;
import io.faradaybridge.link.reports.LinkReports;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What whoever watches the flows sees: how much there is to do, and how long it has waited. */
class LinkReportsTest {

    private static final Map<String, String> AT_WORK = Map.of("SEC", "v1");
    private static final StatusPair AGREED = new StatusPair(FaradayStatus.OPEN, new JiraStatus("1", "To Do"));

    private static final FaradayDatabase.Instance database =
            FaradayDatabase.shared().newBridgeDatabase();
    private static final JdbcClient rows = database.rows();

    private final IssueLinks links = new IssueLinks(rows);
    private final Hints hints = new Hints(rows, TestRights.of(rows));
    private final LinkReports reports = new LinkReports(rows, () -> {
        throw new IllegalStateException("Jira is not asked");
    });
    private int vulnerability;
    private long id;

    @BeforeEach
    void link() {
        rows.sql("DELETE FROM faraday_bridge.issue_link").update();
        vulnerability = SampleVulnerabilities.insertWithIssue(database.dataSource(), "SEC-1");
        id = links.add(new NewLink(vulnerability, 1, "SEC", "Bug", "10001", "SEC-1", AGREED));
    }

    private LinkReports.Counts counts() {
        return reports.counts(AT_WORK);
    }

    @Test
    void a_link_with_nothing_to_do_waits_for_nothing() {
        assertThat(counts()).isEqualTo(new LinkReports.Counts(1, 0, 0, 0, 0, null));
    }

    @Test
    void a_hint_waits_since_the_first_that_no_look_has_covered() {
        Instant before = links.now();
        hints.fromFaraday(vulnerability, "first");
        Instant first = counts().oldestDue();
        hints.ask(id);

        assertThat(counts().due()).isEqualTo(1);
        assertThat(first).isBetween(before, links.now());
        assertThat(counts().oldestDue()).isEqualTo(first);
    }

    @Test
    void a_look_that_covers_the_hints_ends_the_wait_and_the_next_hint_begins_another() {
        hints.fromFaraday(vulnerability, "first");
        Instant first = counts().oldestDue();
        UUID token = UUID.randomUUID();
        LinkWork work = LinkWork.leased(links.lease(id, token).orElseThrow(), token, "test");
        assertThat(links.settle(work, AGREED)).isTrue();
        assertThat(counts().oldestDue()).isNull();

        hints.ask(id);

        assertThat(counts().oldestDue()).isAfter(first);
    }

    @Test
    void a_retry_waits_since_it_could_be_made() {
        hints.ask(id);
        rows.sql("UPDATE faraday_bridge.issue_link SET retry_at = now() - interval '1 hour'")
                .update();

        assertThat(counts().oldestDue()).isBefore(links.now().minusSeconds(3500));
    }
}
