package io.faradaybridge.export;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.faradaybridge.faraday.Visibility;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists the batches. */
@Repository
class ExportList {

    private static final int MOST = 200;

    private final JdbcClient jdbc;

    ExportList(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param source {@code api} or {@code queue}
     * @param finished whether no item changes any more without a user
     * @param counts items by state
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Batch(
            long id,
            String project,
            String issueType,
            String requestedBy,
            String source,
            Instant createdAt,
            boolean finished,
            Map<String, Integer> counts) {}

    /** The batches that the reader may see, newest first. */
    List<Batch> page(long before, int limit, int userId, Visibility reach) {
        return jdbc.sql("""
            SELECT page.*, counted.states, counted.items
              FROM (SELECT b.* FROM faraday_bridge.export_batch b
                     WHERE b.id < :before AND
            """ + ExportProgress.WITHIN_REACH + """
                     ORDER BY b.id DESC LIMIT :limit) page
             CROSS JOIN LATERAL (
                   SELECT array_agg(state) AS states, array_agg(items) AS items
                     FROM (SELECT state, count(*)::integer AS items FROM faraday_bridge.export_item
                            WHERE batch_id = page.id GROUP BY state) by_state) counted
             ORDER BY page.id DESC
            """)
                .param("before", before)
                .param("limit", Math.max(1, Math.min(limit, MOST)))
                .param("everywhere", reach.everywhere())
                .param("user", userId)
                .param("workspaces", reach.workspaceIds(), Types.ARRAY)
                .query(ExportList::row)
                .list();
    }

    private static Batch row(ResultSet row, int number) throws SQLException {
        Map<String, Integer> counts = new TreeMap<>();
        Array states = row.getArray("states");
        if (states != null) { // its items may have been deleted already
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
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                ExportProgress.finished(counts),
                counts);
    }
}
