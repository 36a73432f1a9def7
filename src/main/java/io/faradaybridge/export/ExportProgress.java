package io.faradaybridge.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.faradaybridge.faraday.Visibility;
import io.faradaybridge.tables.Columns;
import io.faradaybridge.tables.ItemState;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The progress of batches, in a list of them or item by item. */
@Component
class ExportProgress {

    private static final int MOST = 200;
    private static final Visibility ALL = new Visibility(true, true, Set.of());

    private final JdbcClient jdbc;

    ExportProgress(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param source {@code api} or {@code queue}
     * @param finished no item will move any more without a person
     * @param counts items by state
     * @param items null in a list of batches
     */
    record Batch(
            long id,
            String project,
            String issueType,
            String requestedBy,
            String source,
            Instant createdAt,
            boolean finished,
            Map<String, Integer> counts,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<Item> items) {

        private Batch with(List<Item> all) {
            Map<String, Integer> now = new TreeMap<>();
            all.forEach(item -> now.merge(item.state(), 1, Integer::sum));
            return new Batch(
                    id, project, issueType, requestedBy, source, createdAt, ExportProgress.finished(now), now, all);
        }
    }

    /** @param reason why it is not linked (yet); null if there is no reason */
    record Item(
            int vulnerabilityId,
            String state,
            @Nullable String issueKey,
            @Nullable String reason) {}

    /** The batches that the reader may see, newest first and without their items. */
    List<Batch> page(long before, int limit, int userId, Visibility reach) {
        return between(0, before, Math.max(1, Math.min(limit, MOST)), userId, reach);
    }

    /**
     * The batch, if the reader may see it.
     *
     * @param userId the reader
     */
    Optional<Batch> find(long batchId, int userId, Visibility reach) {
        return between(batchId, batchId + 1, 1, userId, reach).stream()
                .findFirst()
                .map(batch -> batch.with(items(batchId)));
    }

    Optional<Batch> find(long batchId) {
        return find(batchId, 0, ALL);
    }

    /** The number of items by state, to notice changes. */
    Map<String, Integer> counts(long batchId) {
        Map<String, Integer> counts = new TreeMap<>();
        jdbc.sql("""
            SELECT state, count(*) AS items FROM faraday_bridge.export_item
             WHERE batch_id = :batch GROUP BY state\
            """).param("batch", batchId).query((ResultSet row) -> {
            counts.put(row.getString("state"), row.getInt("items"));
        });
        return counts;
    }

    private List<Item> items(long batchId) {
        return jdbc.sql("""
            SELECT vulnerability_id, state, issue_key, reason FROM faraday_bridge.export_item
             WHERE batch_id = :batch ORDER BY id\
            """)
                .param("batch", batchId)
                .query((rs, n) -> new Item(rs.getInt(1), rs.getString(2), rs.getString(3), rs.getString(4)))
                .list();
    }

    /** The batches of the reader's own, and those of which all vulnerabilities are in their workspaces. */
    private List<Batch> between(long first, long before, int limit, int userId, Visibility reach) {
        return jdbc.sql("""
            SELECT page.*, counted.states, counted.items
              FROM (SELECT b.* FROM faraday_bridge.export_batch b
                     WHERE b.id >= :first AND b.id < :before
                       AND (:everywhere OR b.user_id = :user OR EXISTS (
                            SELECT FROM faraday_bridge.export_item i JOIN vulnerability v ON v.id = i.vulnerability_id
                             WHERE i.batch_id = b.id)
                          AND NOT EXISTS (
                            SELECT FROM faraday_bridge.export_item i JOIN vulnerability v ON v.id = i.vulnerability_id
                             WHERE i.batch_id = b.id AND v.workspace_id <> ALL (:workspaces)))
                     ORDER BY b.id DESC LIMIT :limit) page
             CROSS JOIN LATERAL (
                   SELECT array_agg(state) AS states, array_agg(items) AS items
                     FROM (SELECT state, count(*)::integer AS items FROM faraday_bridge.export_item
                            WHERE batch_id = page.id GROUP BY state) by_state) counted
             ORDER BY page.id DESC
            """)
                .param("first", first)
                .param("before", before)
                .param("limit", limit)
                .param("everywhere", reach.everywhere())
                .param("user", userId)
                .param("workspaces", reach.workspaceIds(), Types.ARRAY)
                .query(ExportProgress::row)
                .list();
    }

    private static Batch row(ResultSet row, int number) throws SQLException {
        Map<String, Integer> counts = new TreeMap<>();
        Array states = row.getArray("states");
        if (states != null) { // its items may be forgotten already
            String[] names = (String[]) states.getArray();
            Integer[] items = (Integer[]) row.getArray("items").getArray();
            for (int n = 0; n < names.length; n++) {
                counts.put(names[n], items[n]);
            }
        }
        return new Batch(
                row.getLong("id"),
                row.getString("project_key"),
                row.getString("issue_type"),
                row.getString("username"),
                row.getString("source"),
                Columns.instant(row, "created_at"),
                finished(counts),
                counts,
                null);
    }

    private static boolean finished(Map<String, Integer> counts) {
        return ItemState.QUEUED.stream().noneMatch(state -> counts.containsKey(state.stored()));
    }
}
