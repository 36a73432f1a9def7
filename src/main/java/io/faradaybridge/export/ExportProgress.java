package io.faradaybridge.export;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.faradaybridge.faraday.Visibility;
import io.faradaybridge.tables.ItemState;
import java.sql.ResultSet;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The progress of a batch, item by item. */
@Repository
class ExportProgress {

    private final JdbcClient jdbc;

    ExportProgress(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param finished no item will move any more without a person
     * @param counts items by state
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Batch(
            long id,
            String project,
            String issueType,
            String requestedBy,
            Instant createdAt,
            boolean finished,
            Map<String, Integer> counts,
            List<Item> items) {}

    /** @param reason why it is not linked (yet); null if there is no reason */
    @JsonNaming(SnakeCaseStrategy.class)
    record Item(
            int vulnerabilityId,
            String state,
            @Nullable String issueKey,
            @Nullable String reason) {}

    /**
     * The condition that a reader may see a batch {@code b}: it is their own, or all its vulnerabilities are in their
     * workspaces.
     */
    static final String WITHIN_REACH = """
        (:everywhere OR b.user_id = :user OR EXISTS (
             SELECT FROM faraday_bridge.export_item i JOIN vulnerability v ON v.id = i.vulnerability_id
              WHERE i.batch_id = b.id)
           AND NOT EXISTS (
             SELECT FROM faraday_bridge.export_item i JOIN vulnerability v ON v.id = i.vulnerability_id
              WHERE i.batch_id = b.id AND v.workspace_id <> ALL (:workspaces)))
        """;

    /**
     * The batch, if the reader may see it.
     *
     * @param userId the reader
     */
    Optional<Batch> find(long batchId, int userId, Visibility reach) {
        boolean theirs = jdbc.sql("SELECT count(*) > 0 FROM faraday_bridge.export_batch b WHERE b.id = :batch AND "
                        + WITHIN_REACH)
                .param("batch", batchId)
                .param("user", userId)
                .param("everywhere", reach.everywhere())
                .param("workspaces", reach.workspaceIds(), Types.ARRAY)
                .query(Boolean.class)
                .single();
        return theirs ? find(batchId) : Optional.empty();
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

    Optional<Batch> find(long batchId) {
        List<Item> items = jdbc.sql("""
                        SELECT vulnerability_id, state, issue_key, reason FROM faraday_bridge.export_item
                         WHERE batch_id = :batch ORDER BY id""")
                .param("batch", batchId)
                .query((rs, n) -> new Item(rs.getInt(1), rs.getString(2), rs.getString(3), rs.getString(4)))
                .list();
        Map<String, Integer> counts = new TreeMap<>();
        items.forEach(item -> counts.merge(item.state(), 1, Integer::sum));
        boolean finished = finished(counts);
        return jdbc.sql("SELECT * FROM faraday_bridge.export_batch WHERE id = :batch")
                .param("batch", batchId)
                .query((rs, n) -> new Batch(
                        rs.getLong("id"),
                        rs.getString("project_key"),
                        rs.getString("issue_type"),
                        rs.getString("username"),
                        rs.getObject("created_at", OffsetDateTime.class).toInstant(),
                        finished,
                        counts,
                        items))
                .optional();
    }

    static boolean finished(Map<String, Integer> counts) {
        return ItemState.QUEUED.stream().noneMatch(state -> counts.containsKey(state.stored()));
    }
}
