package io.faradaybridge.incoming;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.lease.Leases;
import io.faradaybridge.sandbox.FaradayDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Since when Jira is asked: a sweep that was not completed, or took long, must not leave a gap behind it. */
class SweepWatermarksTest {

    private static final List<String> PROJECTS = List.of("SEC");

    private FaradayDatabase.Instance database;

    @BeforeEach
    void open() {
        database = FaradayDatabase.shared().newBridgeDatabase();
    }

    private SweepWatermarks replica() {
        return new SweepWatermarks(
                new Leases(database.rows()),
                database.rows(),
                new TransactionTemplate(new JdbcTransactionManager(database.dataSource())));
    }

    private static SweepWatermarks.Claim claim(SweepWatermarks replica) {
        return replica.claim(PROJECTS, Duration.ZERO).orElseThrow();
    }

    @Test
    void the_watermark_is_the_start_of_the_last_complete_sweep() {
        SweepWatermarks replica = replica();
        SweepWatermarks.Claim first = claim(replica);
        replica.complete(PROJECTS, first);

        assertThat(Duration.between(first.started(), claim(replica).since()).abs())
                .isLessThan(Duration.ofMillis(2));
    }

    @Test
    void a_sweep_that_failed_half_way_moves_no_watermark() {
        SweepWatermarks replica = replica();
        replica.complete(PROJECTS, claim(replica));
        SweepWatermarks.Claim failed = claim(replica);

        assertThat(claim(replica).since()).isEqualTo(failed.since());
    }

    @Test
    void a_project_that_came_to_work_lets_the_sweep_reach_back_for_it() {
        SweepWatermarks replica = replica();
        replica.complete(PROJECTS, claim(replica));

        SweepWatermarks.Claim both =
                replica.claim(List.of("SEC", "WEB"), Duration.ofHours(1)).orElseThrow();

        assertThat(Duration.between(both.since(), both.started())).isGreaterThan(Duration.ofHours(20));
    }

    @Test
    void one_replica_sweeps_at_a_time() {
        SweepWatermarks sweeping = replica();
        SweepWatermarks.Claim claim = claim(sweeping);
        assertThat(replica().claim(PROJECTS, Duration.ZERO)).isEmpty();

        sweeping.complete(PROJECTS, claim);
        assertThat(replica().claim(PROJECTS, Duration.ZERO)).isPresent();
    }
}
