package io.faradaybridge.faraday;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Workspaces whose counters must be counted again: marked in the transaction that changes a status, so that no crash
 * leaves them wrong, and counted at most once a second, however many changes there were.
 */
@Component("dirtyWorkspaces")
public class DirtyWorkspaces {

    private static final Logger log = LoggerFactory.getLogger(DirtyWorkspaces.class);

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

    /** Joins the caller's transaction; after the workspace's own row is locked (lock order). */
    public void mark(int workspaceId) {
        jdbc.sql("""
                        INSERT INTO faraday_bridge.dirty_workspace AS d (workspace_id) VALUES (:workspace)
                        ON CONFLICT (workspace_id) DO UPDATE SET marks = d.marks + 1""").param("workspace", workspaceId).update();
    }

    /** Counts what is marked; a mark made meanwhile stays for the next time. Safe on several replicas: counting is idempotent. */
    public void recount() {
        if (!permit.mayWrite()) {
            return; // the marks stay
        }
        record Dirty(int workspaceId, long marks) {}
        List<Dirty> dirty = jdbc.sql("SELECT workspace_id, marks FROM faraday_bridge.dirty_workspace ORDER BY 1")
                .query((rs, n) -> new Dirty(rs.getInt(1), rs.getLong(2)))
                .list();
        for (Dirty workspace : dirty) {
            transaction.executeWithoutResult(status -> {
                counters.recount(workspace.workspaceId());
                jdbc.sql("DELETE FROM faraday_bridge.dirty_workspace WHERE workspace_id = :id AND marks = :marks")
                        .param("id", workspace.workspaceId())
                        .param("marks", workspace.marks())
                        .update();
            });
            log.debug("Counted the vulnerabilities of workspace {} again", workspace.workspaceId());
        }
    }
}
