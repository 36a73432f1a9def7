package io.faradaybridge.incoming;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.link.Hints;
import io.faradaybridge.sandbox.BridgeWorld;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the sweep finds of a change that no webhook told: a finding that a settling may have covered waits for a later
 * sweep, and nothing is lost by it, whatever the clocks of Jira and of the database show.
 */
class SweepFindingsTest {

    private static final Duration OVERLAP = Duration.ofMinutes(5);
    private static final double INTERVAL = 60;
    private static final double INDEX_LAG = 60;
    private static final List<JiraStatus> STATUSES =
            List.of(new JiraStatus("1", "To Do"), new JiraStatus("2", "In Progress"), new JiraStatus("3", "Done"));

    private BridgeWorld world;
    private JdbcClient rows;
    private Hints hints;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
        rows = world.rows();
        hints = world.bean(Hints.class);
        rows.sql("DELETE FROM faraday_bridge.issue_link WHERE project_key = 'SIM'")
                .update();
        // of a project that is not configured, so that the running bridge leaves it alone
        rows.sql("""
                        INSERT INTO faraday_bridge.issue_link (vulnerability_id, workspace_id, project_key, issue_type,
                               issue_id, issue_key, faraday_status, jira_status_id, jira_status_name)
                        VALUES (-1, -1, 'SIM', 'Bug', 'sim-1', 'SIM-1', 'open', '1', 'To Do')""").update();
    }

    private void found(JiraStatus status, Duration age, Duration skew) {
        Instant jiraNow = Instant.now().plus(skew);
        hints.fromSweep(
                List.of(finding(status, jiraNow.minus(age))),
                new SweepTime(jiraNow, OVERLAP)::ageIfFoundAgain,
                "sweep-1");
    }

    private static IssueSnapshot finding(JiraStatus status, Instant updated) {
        return new IssueSnapshot("sim-1", "SIM-1", "1", "SIM", "Bug", status, "", updated, List.of());
    }

    private void row(String change) {
        rows.sql("UPDATE faraday_bridge.issue_link SET " + change + " WHERE issue_id = 'sim-1'")
                .update();
    }

    private boolean hinted() {
        return rows.sql("SELECT hints <> hints_seen FROM faraday_bridge.issue_link WHERE issue_id = 'sim-1'")
                .query(Boolean.class)
                .single();
    }

    @ParameterizedTest
    @ValueSource(ints = {-600, 0, 600})
    void a_finding_older_than_the_last_settling_is_no_hint_whatever_jiras_clock_shows(int skewSeconds) {
        row("settled_at = clock_timestamp() - interval '10 seconds'");

        found(STATUSES.get(2), Duration.ofSeconds(20), Duration.ofSeconds(skewSeconds));
        assertThat(hinted()).isFalse();

        found(STATUSES.get(2), Duration.ofSeconds(5), Duration.ofSeconds(skewSeconds));
        assertThat(hinted()).as("younger than the settling").isTrue();
    }

    @Test
    void the_known_status_found_while_somebody_works_on_the_link_is_no_hint() {
        row("settled_at = clock_timestamp() - interval '1 hour', lease_token = gen_random_uuid(),"
                + " lease_until = clock_timestamp() + interval '1 minute'");

        found(STATUSES.get(0), Duration.ofSeconds(20), Duration.ZERO);

        assertThat(hinted()).isFalse();
    }

    @Test
    void what_the_next_sweep_may_not_find_again_is_a_hint() {
        row("settled_at = clock_timestamp()");
        found(STATUSES.get(2), OVERLAP.dividedBy(2).plusSeconds(1), Duration.ZERO);
        assertThat(hinted()).isTrue();

        row("hints_seen = hints");
        hints.fromSweep(
                List.of(finding(STATUSES.get(2), Instant.now().minusSeconds(20))),
                new SweepTime(null, OVERLAP)::ageIfFoundAgain,
                "sweep-1");
        assertThat(hinted()).as("Jira did not name its time").isTrue();
    }

    @Test
    void without_an_overlap_every_finding_counts_as_before() {
        row("settled_at = clock_timestamp()");

        hints.fromSweep(
                List.of(finding(STATUSES.get(2), Instant.now().minusSeconds(20))),
                new SweepTime(Instant.now(), Duration.ZERO)::ageIfFoundAgain,
                "sweep-1");

        assertThat(hinted()).isTrue();
    }

    @Test
    void no_change_is_lost_in_random_histories_of_lost_webhooks_late_searches_and_slow_workers() {
        int left = 0;
        for (int seed = 1; seed <= 60; seed++) {
            enter();
            History history = new History(seed);
            history.run();
            assertThat(history.agreed)
                    .as("the status that the bridge knows at the end, seed %d", seed)
                    .isEqualTo(history.present().status());
            left += history.left;
        }
        assertThat(left).as("findings that waited for a later sweep").isPositive();
    }

    /** One link in the time of a simulation, in seconds; the statements on the row are the bridge's own. */
    private final class History {

        private record Move(double at, double visible, JiraStatus status) {}

        private record Event(double at, Runnable what) implements Comparable<Event> {
            @Override
            public int compareTo(Event other) {
                return Double.compare(at, other.at);
            }
        }

        private final Random random;
        private final Instant start = Instant.parse("2026-01-01T00:00:00Z");
        private final double skew;
        private final List<Move> moves = new ArrayList<>();
        private final PriorityQueue<Event> events = new PriorityQueue<>();
        private double now;
        private double settledAt;
        private double since = -INTERVAL;
        private boolean held;
        private JiraStatus agreed = STATUSES.get(0);
        private int left;

        History(int seed) {
            random = new Random(seed);
            skew = random.nextInt(1200) - 600;
            moves.add(new Move(-20, -20, STATUSES.get(0)));
        }

        void run() {
            for (int i = random.nextInt(6) + 1; i > 0; i--) {
                later(random.nextDouble() * 200, this::person);
            }
            for (int i = random.nextInt(8); i > 0; i--) {
                later(random.nextDouble() * 260, this::look);
            }
            later(random.nextDouble() * INTERVAL, this::sweep);
            while (!events.isEmpty()) {
                Event next = events.remove();
                now = next.at();
                next.what().run();
            }
        }

        Move present() {
            return moves.get(moves.size() - 1);
        }

        private void later(double wait, Runnable what) {
            events.add(new Event(now + wait, what));
        }

        private void person() {
            moves.add(new Move(
                    now, now + random.nextDouble() * INDEX_LAG, STATUSES.get(random.nextInt(STATUSES.size()))));
        }

        /** A worker reads Jira and settles some time later, unless a hint came meanwhile. */
        private void look() {
            if (held) {
                return;
            }
            held = true;
            row("lease_token = '" + UUID.randomUUID() + "', lease_until = clock_timestamp() + interval '1 hour'");
            later(random.nextDouble() * 5, () -> {
                JiraStatus seen = present().status();
                long hintsThen = number("hints");
                later(random.nextDouble() * 50, () -> {
                    held = false;
                    if (number("hints") != hintsThen) {
                        row("lease_token = NULL, lease_until = NULL");
                        later(1, this::look);
                        return;
                    }
                    agreed = seen;
                    settledAt = now;
                    row("hints_seen = hints, lease_token = NULL, lease_until = NULL, jira_status_id = '" + seen.id()
                            + "', jira_status_name = '" + seen.name() + "'");
                });
            });
        }

        private void sweep() {
            double started = now;
            later(random.nextDouble() * 20, () -> {
                answered(started);
                if (random.nextInt(10) > 0) {
                    since = started;
                }
            });
            if (now < 900) {
                later(INTERVAL, this::sweep);
            }
        }

        private void answered(double started) {
            double minutes = Math.floor((started - since + OVERLAP.toSeconds() + 59) / 60);
            Move indexed = moves.stream()
                    .filter(move -> move.visible() <= now)
                    .reduce((first, second) -> second)
                    .orElseThrow();
            if (indexed.at() < now - minutes * 60) {
                return;
            }
            row("settled_at = clock_timestamp() - " + (now - settledAt) + " * interval '1 second'");
            Instant answered = at(now).truncatedTo(ChronoUnit.SECONDS);
            int counted = hints.fromSweep(
                            List.of(finding(indexed.status(), at(indexed.at()))),
                            new SweepTime(answered, OVERLAP)::ageIfFoundAgain,
                            "sweep-1")
                    .size();
            if (counted == 0 && !indexed.status().sameAs(agreed)) {
                left++;
            }
            if (hinted()) {
                later(random.nextDouble() * 3, this::look);
            }
        }

        private Instant at(double seconds) {
            return start.plusMillis((long) ((seconds + skew) * 1000));
        }

        private long number(String column) {
            return rows.sql("SELECT " + column + " FROM faraday_bridge.issue_link WHERE issue_id = 'sim-1'")
                    .query(Long.class)
                    .single();
        }
    }
}
