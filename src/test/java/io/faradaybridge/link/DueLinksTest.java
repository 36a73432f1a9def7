package io.faradaybridge.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.faraday.TestRights;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which links the detector claims when there are more than can be looked at in one turn. */
class DueLinksTest {

    private static final Map<String, String> AT_WORK = Map.of("SEC", "v1");
    private static final int LINKS = FaradayComparison.FEW + 2_000;

    private static JdbcClient rows;
    private DueLinks due;
    private int seconds;

    @BeforeAll
    static void grow() {
        DataSource database = FaradayDatabase.shared().newBridgeDatabase().dataSource();
        SampleVulnerabilities.insertMany(database, LINKS, LINKS);
        rows = JdbcClient.create(database);
    }

    @BeforeEach
    void calm() {
        rows.sql("UPDATE faraday_bridge.issue_link SET lease_token = NULL, lease_until = NULL, retry_at = NULL,"
                        + " hints_seen = hints, faraday_hints_seen = faraday_hints WHERE lease_token IS NOT NULL"
                        + " OR hinted_at IS NOT NULL OR retry_at IS NOT NULL")
                .update();
        seconds = 0;
        due = new DueLinks(rows, () -> Duration.ofSeconds(seconds).toNanos());
        assertThat(round()).isEmpty();
    }

    @Test
    void an_announced_change_is_claimed_at_once_wherever_the_comparison_is() {
        int last = vulnerability(LINKS - 1);
        new Hints(rows, TestRights.of(rows)).fromFaraday(last, "test");

        assertThat(claimed(claim())).containsExactly(last);
    }

    @Test
    void drift_anywhere_is_found_in_one_round() {
        int last = vulnerability(LINKS - 1);
        whileChanged("id IN (" + vulnerability(0) + ", " + last + ")", () -> {
            assertThat(round()).containsExactlyInAnyOrder(vulnerability(0), last);
        });
    }

    @Test
    void more_than_can_be_claimed_are_all_claimed_in_the_end_and_each_once() {
        whileChanged("id < " + vulnerability(450), () -> {
            List<Integer> all = new ArrayList<>();
            for (int turn = 0; turn < 20; turn++) {
                List<LinkWork> claimed = claim();
                assertThat(claimed).hasSizeLessThanOrEqualTo(100);
                all.addAll(claimed(claimed));
            }

            assertThat(all).hasSize(450).doesNotHaveDuplicates();
        });
    }

    @Test
    void many_announced_links_leave_a_place_for_unannounced_changes() {
        rows.sql("UPDATE faraday_bridge.issue_link SET hints = hints + 1 WHERE vulnerability_id >= "
                        + vulnerability(1000))
                .update();
        whileChanged("id = " + vulnerability(0), () -> {
            Set<Integer> claimed = new HashSet<>();
            for (int turn = 0; turn < 10; turn++) {
                claimed.addAll(claimed(claim()));
            }

            assertThat(claimed).contains(vulnerability(0));
        });
    }

    @Test
    void an_announced_change_is_found_without_reading_all_links() {
        String plan = String.join(
                "\n",
                rows.sql(DueLinks.SQL.in(
                                "EXPLAIN SELECT l.id FROM faraday_bridge.issue_link l WHERE {free} AND {announced}"))
                        .query(String.class)
                        .list());

        assertThat(plan).contains("Bitmap").doesNotContain("Seq Scan");
    }

    /** Vulnerabilities that Faraday changed, and as they were again afterwards. */
    private static void whileChanged(String which, Runnable story) {
        rows.sql("UPDATE faraday_bridge.issue_link l SET faraday_status = CASE faraday_status WHEN 'closed'"
                        + " THEN 'open' ELSE 'closed' END WHERE vulnerability_"
                        + which)
                .update();
        try {
            story.run();
        } finally {
            rows.sql("UPDATE faraday_bridge.issue_link l SET faraday_status = v.status::text FROM vulnerability v"
                            + " WHERE v.id = l.vulnerability_id AND l.faraday_status <> v.status::text")
                    .update();
        }
    }

    private Set<Integer> round() {
        Set<Integer> claimed = new HashSet<>();
        for (int turn = 0; turn < 10; turn++) {
            claimed.addAll(claimed(claim()));
        }
        return claimed;
    }

    /** As the detector does every two seconds. */
    private List<LinkWork> claim() {
        seconds += 2;
        return due.claim(AT_WORK, 100, false);
    }

    private static List<Integer> claimed(List<LinkWork> work) {
        return work.stream().map(link -> link.link().vulnerabilityId()).collect(Collectors.toList());
    }

    private static int vulnerability(int link) {
        return SampleVulnerabilities.FIRST_OF_MANY + link;
    }
}
