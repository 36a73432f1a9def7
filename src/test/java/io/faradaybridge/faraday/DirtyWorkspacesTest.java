package io.faradaybridge.faraday;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counting anew beside those who change statuses: they never wait for it, and in the end the counters are right.
 */
class DirtyWorkspacesTest {

    private static final int WORKSPACE = SampleFaraday.ACME_EXTERNAL;

    private FaradayWorld world;
    private DirtyWorkspaces dirty;

    @BeforeEach
    void enter() {
        world = FaradayWorld.sampleWithBridge();
        dirty = world.bean(DirtyWorkspaces.class);
    }

    @AfterEach
    void leave() {
        world.close();
    }

    @Test
    void a_count_that_finds_the_counters_right_is_the_last() {
        change(1, FaradayStatus.CLOSED);

        dirty.recount();
        assertThat(open()).isEqualTo(11);
        assertThat(waiting()).isEqualTo(1);
        pass();
        dirty.recount();

        assertThat(waiting()).isZero();
    }

    @Test
    void counting_takes_at_most_a_twentieth_of_the_time() {
        change(1, FaradayStatus.CLOSED);
        dirty.recount();
        change(2, FaradayStatus.CLOSED);

        dirty.recount();

        assertThat(open()).as("not counted again within a second").isEqualTo(11);
        pass();
        dirty.recount();
        assertThat(open()).isEqualTo(10);
    }

    @Test
    void nobody_waits_for_a_slow_count_and_what_changed_meanwhile_is_counted_next() {
        change(1, FaradayStatus.CLOSED);

        replica(() -> change(2, FaradayStatus.CLOSED)).recount();

        assertThat(open()).as("as it was when the count began").isEqualTo(11);
        settle();
        assertThat(open()).isEqualTo(10);
    }

    @Test
    void numbers_that_faraday_wrote_during_a_count_are_not_replaced_by_older_ones() {
        change(1, FaradayStatus.CLOSED);

        replica(() -> {
                    // by Faraday itself, which marks nothing and counts when it is done
                    world.sql()
                            .sql("UPDATE vulnerability SET status = 'closed' WHERE id IN (2, 3)")
                            .update();
                    SampleVulnerabilities.countAnew(world.dataSource());
                })
                .recount();

        assertThat(open()).isEqualTo(9);
        settle();
        assertThat(open()).isEqualTo(9);
    }

    @Test
    void numbers_that_faraday_counted_before_a_change_of_ours_and_wrote_after_our_count_are_corrected() {
        change(1, FaradayStatus.CLOSED);
        dirty.recount();
        world.sql()
                .sql("UPDATE workspace SET vulnerability_open_count = 12 WHERE id = 1")
                .update();

        settle();

        assertThat(open()).isEqualTo(11);
    }

    @Test
    void a_count_that_is_written_long_after_a_later_one_was_found_right_is_counted_again() {
        change(1, FaradayStatus.CLOSED);

        replica(() -> {
                    change(2, FaradayStatus.CLOSED);
                    settle();
                })
                .recount();

        assertThat(waiting()).isEqualTo(1);
        settle();
        assertThat(open()).isEqualTo(10);
    }

    @Test
    void the_counters_are_exact_in_the_end_whatever_two_replicas_and_many_changes_did() {
        List<Integer> ids =
                new ArrayList<>(SampleVulnerabilities.insert(world.dataSource(), 40, WORKSPACE, "open", true));
        List<FaradayStatus> statuses = List.of(FaradayStatus.values());
        DirtyWorkspaces other = replica(() -> {});
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            Random random = new Random(thread);
            List<Integer> mine = ids.subList(thread * 10, thread * 10 + 10);
            all.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 40; i++) {
                    change(mine.get(random.nextInt(mine.size())), statuses.get(random.nextInt(statuses.size())));
                }
            }));
        }
        for (DirtyWorkspaces replica : List.of(dirty, other)) {
            all.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 40; i++) {
                    pass();
                    replica.recount();
                }
            }));
        }
        all.forEach(CompletableFuture::join);
        settle();

        Map<String, Object> counted = counters();
        SampleVulnerabilities.countAnew(world.dataSource());
        assertThat(counted).isEqualTo(counters());
    }

    @Test
    void a_workspace_that_was_deleted_is_forgotten() {
        world.sql()
                .sql("INSERT INTO faraday_bridge.dirty_workspace (workspace_id) VALUES (4711)")
                .update();

        dirty.recount();

        assertThat(world.number("SELECT count(*) FROM faraday_bridge.dirty_workspace"))
                .isZero();
    }

    /** A replica whose count takes its time: what happens then, on a connection of its own, is over before it writes. */
    private DirtyWorkspaces replica(Runnable meanwhile) {
        WorkspaceCounters slow = new WorkspaceCounters(world.sql(), world.bean(FaradaySchema.class)) {
            @Override
            Optional<Counted> count(int workspaceId) {
                Optional<Counted> counted = super.count(workspaceId);
                CompletableFuture.runAsync(meanwhile).join();
                return counted;
            }
        };
        return new DirtyWorkspaces(world.sql(), slow, () -> true, world.bean(TransactionTemplate.class));
    }

    private void change(int vulnerability, FaradayStatus to) {
        Vulnerabilities vulnerabilities = world.bean(Vulnerabilities.class);
        world.inTransaction(() -> {
            VulnerabilityState locked = vulnerabilities.lock(vulnerability).orElseThrow();
            vulnerabilities.changeStatus(locked, to, null);
            dirty.mark(locked.workspaceId());
        });
    }

    /** Until nothing is left to count; the pauses in between pass at once. */
    private void settle() {
        await().until(() -> {
            pass();
            dirty.recount();
            return waiting() == 0;
        });
    }

    private void pass() {
        world.sql()
                .sql("UPDATE faraday_bridge.dirty_workspace SET count_after = now()")
                .update();
    }

    private int waiting() {
        return world.number("SELECT count(*) FROM faraday_bridge.dirty_workspace WHERE marks <> counted_marks");
    }

    private int open() {
        return world.number("SELECT vulnerability_open_count FROM workspace WHERE id = " + WORKSPACE);
    }

    private Map<String, Object> counters() {
        return world.sql()
                .sql("SELECT * FROM workspace WHERE id = ?")
                .param(WORKSPACE)
                .query()
                .singleRow();
    }
}
