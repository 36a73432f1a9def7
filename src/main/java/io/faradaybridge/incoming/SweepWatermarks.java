package io.faradaybridge.incoming;

import io.faradaybridge.lease.Leases;
import io.faradaybridge.tables.Columns;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The watermark of each project: the start of its last complete sweep, in {@code runtime_state} as {@code sweep:KEY}. One
 * replica sweeps at a time.
 */
@Component
class SweepWatermarks {

    /** For a project that was never swept: what may have changed while it was being set up. */
    private static final Duration FIRST_WINDOW = Duration.ofDays(1);

    private static final String SWEEP = "sweep";
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final Leases leases;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;

    SweepWatermarks(Leases leases, JdbcClient jdbc, TransactionOperations transaction) {
        this.leases = leases;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * @param since the oldest watermark
     * @param started by the database's clock: the next watermark
     */
    record Claim(Instant since, Instant started) {}

    /**
     * A sweep of this replica that failed keeps its lease and may take it again at once, since a replica runs one sweep
     * at a time.
     *
     * @return empty if no project is due or another replica sweeps
     */
    Optional<Claim> claim(Collection<String> projects, Duration interval) {
        return transaction.execute(status -> {
            boolean mine = leases.take(SWEEP, LEASE);
            Instant now = jdbc.sql("SELECT clock_timestamp() AS now")
                    .query((row, n) -> Columns.instant(row, "now"))
                    .single();
            Instant since = oldest(projects).orElse(now.minus(FIRST_WINDOW));
            if (!mine || since.plus(interval).isAfter(now)) {
                if (mine) {
                    status.setRollbackOnly();
                }
                return Optional.<Claim>empty();
            }
            return Optional.of(new Claim(since, now));
        });
    }

    /** The oldest watermark of the projects; empty if one of them was never swept. */
    Optional<Instant> oldest(Collection<String> projects) {
        if (projects.isEmpty()) {
            return Optional.empty();
        }
        return jdbc.sql("""
                        SELECT CASE WHEN count(*) = :n THEN min(to_timestamp((value ->> 'started')::float8)) END AS oldest
                          FROM faraday_bridge.runtime_state WHERE name IN (:names)""")
                .param("n", projects.size())
                .param("names", projects.stream().map(key -> "sweep:" + key).toList())
                .query((row, n) -> Optional.ofNullable(Columns.instantOrNull(row, "oldest")))
                .single();
    }

    void complete(Collection<String> projects, Claim claim) {
        transaction.executeWithoutResult(status -> {
            for (String project : projects) {
                jdbc.sql("""
                                INSERT INTO faraday_bridge.runtime_state (name, value)
                                VALUES (:name, jsonb_build_object('started', :started))
                                ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now()""")
                        .param("name", "sweep:" + project)
                        .param("started", claim.started().toEpochMilli() / 1000.0)
                        .update();
            }
            leases.release(SWEEP);
        });
    }
}
