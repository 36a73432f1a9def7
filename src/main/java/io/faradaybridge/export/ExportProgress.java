package io.faradaybridge.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.faradaybridge.faraday.Visibility;
import io.faradaybridge.tables.Columns;
import io.faradaybridge.tables.ItemState;
import io.faradaybridge.tables.SqlClauses;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The progress of batches, in a list of them or item by item. */
@Component
public class ExportProgress {

    private static final int MOST = 200;
    private static final Visibility ALL = new Visibility(true, true, Set.of());

    /** {@code h} is the item that holds {@code i}. */
    private static final SqlClauses SQL = ItemState.SQL
            .with("items", "faraday_bridge.export_item i LEFT JOIN faraday_bridge.export_item h ON h.id = i.held_by")
            .with("result", """
                CASE WHEN i.state IN ('linked', 'unlinked') THEN 'created'
                     WHEN i.linked_to IS NOT NULL OR h.state = 'linked' THEN 'already-linked'
                     WHEN coalesce(h.state, i.state) IN {queued} THEN 'in-progress'
                     WHEN coalesce(h.state, i.state) = 'unknown' THEN 'unknown'
                     ELSE 'refused' END""");

    private final JdbcClient jdbc;

    ExportProgress(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param source {@code api}, {@code queue} or {@code rule}
     * @param finished no item will move any more without a person
     * @param counts items by state
     * @param results items by what came of them: {@code created}, {@code already-linked} (before this export), {@code
     *     refused}, {@code unknown} (a user must resolve it), {@code in-progress}
     * @param items null in a list of batches
     */
    public record Batch(
            long id,
            String project,
            String issueType,
            String requestedBy,
            String source,
            Instant createdAt,
            boolean finished,
            Map<String, Integer> counts,
            Map<String, Integer> results,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<Item> items) {

        private Batch with(List<Item> all) {
            Map<String, Integer> now = counted(all, Item::state);
            return new Batch(
                    id,
                    project,
                    issueType,
                    requestedBy,
                    source,
                    createdAt,
                    ExportProgress.finished(now),
                    now,
                    counted(all, Item::result),
                    all);
        }
    }

    private static <T> Map<String, Integer> counted(List<T> all, Function<T, String> kind) {
        Map<String, Integer> counts = new TreeMap<>();
        all.forEach(one -> counts.merge(kind.apply(one), 1, Integer::sum));
        return counts;
    }

    /**
     * @param result as in {@link Batch#results}
     * @param issueKey the issue that was created, or the one that it was linked to already
     * @param reason why it is not linked (yet), or which values were not sent as configured; null if there is no reason
     */
    public record Item(
            int vulnerabilityId,
            String state,
            String result,
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

    /** The batch, whoever may see it. */
    public Optional<Batch> find(long batchId) {
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
        return jdbc.sql(SQL.in("""
            SELECT i.vulnerability_id, i.state, {result} AS result,
                   coalesce(i.issue_key, i.linked_to, CASE WHEN h.state = 'linked' THEN h.issue_key END) AS issue_key,
                   i.reason
              FROM {items} WHERE i.batch_id = :batch ORDER BY i.id"""))
                .param("batch", batchId)
                .query((row, n) -> new Item(
                        row.getInt("vulnerability_id"),
                        row.getString("state"),
                        row.getString("result"),
                        row.getString("issue_key"),
                        row.getString("reason")))
                .list();
    }

    /** The batches of the reader's own, and those of which all vulnerabilities are in their workspaces. */
    private List<Batch> between(long first, long before, int limit, int userId, Visibility reach) {
        return jdbc.sql(SQL.in("""
            SELECT page.*, counted.states, counted.results, counted.items
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
                   SELECT array_agg(state) AS states, array_agg(result) AS results, array_agg(items) AS items
                     FROM (SELECT i.state, {result} AS result, count(*)::integer AS items FROM {items}
                            WHERE i.batch_id = page.id GROUP BY i.state, {result}) by_state) counted
             ORDER BY page.id DESC
            """))
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
        Map<String, Integer> counts = sums(row, "states");
        return new Batch(
                row.getLong("id"),
                row.getString("project_key"),
                row.getString("issue_type"),
                row.getString("username"),
                row.getString("source"),
                Columns.instant(row, "created_at"),
                finished(counts),
                counts,
                sums(row, "results"),
                null);
    }

    private static Map<String, Integer> sums(ResultSet row, String kinds) throws SQLException {
        Map<String, Integer> sums = new TreeMap<>();
        Array names = row.getArray(kinds);
        if (names != null) { // its items may be forgotten already
            Integer[] items = (Integer[]) row.getArray("items").getArray();
            for (int n = 0; n < items.length; n++) {
                sums.merge(((String[]) names.getArray())[n], items[n], Integer::sum);
            }
        }
        return sums;
    }

    private static boolean finished(Map<String, Integer> counts) {
        return ItemState.QUEUED.stream().noneMatch(state -> counts.containsKey(state.stored()));
    }
}
