package io.faradaybridge.faraday;

import io.faradaybridge.faraday.WorkspaceCounters.Counted;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Workspaces that must be counted again. They are marked in the transaction that changes a status, so that no crash
 * leaves wrong counters. They are counted at most once a second, and the counts take at most a twentieth of the time,
 * however many changes there were.
 */
@Component("dirtyWorkspaces")
public class DirtyWorkspaces {

    private static final Logger log = LoggerFactory.getLogger(DirtyWorkspaces.class);

    /** Longer than a count takes. */
    private static final Duration CLAIMED = Duration.ofMinutes(2);

    private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);
    /** The pause after a count is this many times as long as the count took. */
    private static final int PAUSES = 20;

    private final JdbcClient jdbc;
    private final WorkspaceCounters counters;
    private final WritePermit permit;
    private final TransactionOperations transaction;

    DirtyWorkspaces(
            JdbcClient jdbc, WorkspaceCounters counters, WritePermit permit, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.counters = counters;
        this.permit = permit;
        this.transaction = transaction;
    }

    /** Joins the caller's transaction. The caller must have locked the workspace's own row first (lock order). */
    public void mark(int workspaceId) {
        jdbc.sql("""
                        INSERT INTO faraday_bridge.dirty_workspace AS d (workspace_id) VALUES (:workspace)
                        ON CONFLICT (workspace_id) DO UPDATE SET marks = d.marks + 1""").param("workspace", workspaceId).update();
    }

    /**
     * Counts the workspaces that are marked and due, without a lock that a change of status could wait for. Safe on
     * several replicas: a count that a change disturbed is repeated.
     */
    public void recount() {
        while (permit.mayWrite()) { // without the permit the marks stay
            Optional<Dirty> due = claim();
            if (due.isEmpty()) {
                return;
            }
            count(due.get());
        }
    }

    private record Dirty(int workspaceId, long marks) {}

    /** If the process dies while it counts, another one takes the workspace later. */
    private Optional<Dirty> claim() {
        return jdbc.sql("""
            UPDATE faraday_bridge.dirty_workspace
               SET count_after = clock_timestamp() + :claimed * interval '1 second'
             WHERE workspace_id = (
                SELECT workspace_id FROM faraday_bridge.dirty_workspace
                 WHERE marks <> counted_marks AND count_after <= clock_timestamp()
                 ORDER BY count_after LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING workspace_id, marks\
            """)
                .param("claimed", CLAIMED.toSeconds())
                .query((row, n) -> new Dirty(row.getInt("workspace_id"), row.getLong("marks")))
                .optional();
    }

    private void count(Dirty dirty) {
        long started = System.nanoTime();
        Optional<Counted> counted = counters.count(dirty.workspaceId());
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        if (counted.isEmpty()) {
            jdbc.sql("DELETE FROM faraday_bridge.dirty_workspace WHERE workspace_id = :id")
                    .param("id", dirty.workspaceId())
                    .update();
            return;
        }
        boolean right = Boolean.TRUE.equals(transaction.execute(status -> write(dirty, counted.get(), took)));
        log.debug(
                "Counted the vulnerabilities of workspace {} in {}; {}",
                dirty.workspaceId(),
                took,
                right ? "its counters are right" : "it will be counted again");
    }

    /**
     * Writes the count if Faraday has not written to the workspace's row since, or if more changes were marked
     * meanwhile; otherwise Faraday's numbers may be newer and stay. The mark is removed only by a count that found
     * nothing to write, and one that wrote sets it again: a replica that was stopped for longer than its claim may write
     * when another one has found the counters right. So a result that Faraday or another replica counted earlier and
     * wrote later is corrected by the next count.
     */
    private boolean write(Dirty dirty, Counted counted, Duration took) {
        boolean unchanged = counters.unchangedSince(counted);
        boolean marked = jdbc.sql(
                        "SELECT marks FROM faraday_bridge.dirty_workspace WHERE workspace_id = :id FOR UPDATE")
                .param("id", dirty.workspaceId())
                .query(Long.class)
                .optional()
                .filter(marks -> marks != dirty.marks())
                .isPresent();
        boolean written = (unchanged || marked) && counters.write(counted);
        boolean right = unchanged && !marked && !written;
        jdbc.sql("""
            UPDATE faraday_bridge.dirty_workspace
               SET counted_marks = CASE WHEN :right THEN marks WHEN :written THEN marks - 1 ELSE counted_marks END,
                   count_after = clock_timestamp() + :pause * interval '1 millisecond'
             WHERE workspace_id = :id\
            """)
                .param("right", right)
                .param("written", written)
                .param(
                        "pause",
                        Math.max(
                                LEAST_PAUSE.toMillis(),
                                took.multipliedBy(PAUSES).toMillis()))
                .param("id", dirty.workspaceId())
                .update();
        return right;
    }
}
