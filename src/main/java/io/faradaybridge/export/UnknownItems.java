package io.faradaybridge.export;

import static io.faradaybridge.tables.ItemState.GIVEN_UP;
import static io.faradaybridge.tables.ItemState.RESERVED;
import static io.faradaybridge.tables.ItemState.SENDING;
import static io.faradaybridge.tables.ItemState.UNKNOWN;

import io.faradaybridge.faraday.Visibility;
import io.faradaybridge.tables.Columns;
import io.faradaybridge.tables.ItemState;
import io.faradaybridge.tables.SqlClauses;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Unknown items, which only a user's decision changes (E4): every statement requires the state unknown. */
@Component
class UnknownItems {

    /** The item of a deleted vulnerability belongs to no workspace. */
    private static final SqlClauses SQL = new SqlClauses()
            .with("items", """
                SELECT i.*, b.correlation_id, v.workspace_id FROM faraday_bridge.export_item i
                  JOIN faraday_bridge.export_batch b ON b.id = i.batch_id
                  LEFT JOIN vulnerability v ON v.id = i.vulnerability_id""")
            .with(
                    "visible",
                    "(:everywhere OR v.workspace_id = ANY (:workspaces) OR :general AND v.workspace_id IS NULL)");

    private final JdbcClient jdbc;

    UnknownItems(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param workspaceId null if the vulnerability was deleted in Faraday
     * @param label the label of the issue if it was created; search Jira for {@code labels = "..."}
     * @param sentAt null if it was never sent
     */
    record Item(
            long id,
            long batch,
            int vulnerabilityId,
            @Nullable Integer workspaceId,
            String project,
            String issueType,
            ItemState state,
            @Nullable String reason,
            String label,
            @Nullable Instant sentAt,
            String correlationId) {}

    /** The unknown items that the reader may see, newest first. */
    List<Item> page(long before, int limit, Visibility reach) {
        return jdbc.sql(SQL.in("""
            {items} WHERE i.state = 'unknown' AND i.id < :before AND {visible} ORDER BY i.id DESC LIMIT :limit"""))
                .param("before", before)
                .param("limit", limit)
                .param("everywhere", reach.everywhere())
                .param("general", reach.general())
                .param("workspaces", reach.workspaceIds(), Types.ARRAY)
                .query(UnknownItems::row)
                .list();
    }

    Optional<Item> find(long batch, int vulnerabilityId, Visibility reach) {
        return jdbc.sql(SQL.in("""
            {items} WHERE i.batch_id = :batch AND i.vulnerability_id = :v AND {visible} ORDER BY i.id DESC LIMIT 1"""))
                .param("batch", batch)
                .param("v", vulnerabilityId)
                .param("everywhere", reach.everywhere())
                .param("general", reach.general())
                .param("workspaces", reach.workspaceIds(), Types.ARRAY)
                .query(UnknownItems::row)
                .optional();
    }

    /** Saves the issue as evidence; the flow then links it. @return false if the item is not unknown any more */
    boolean isIssue(long id, String issueId, String issueKey) {
        return jdbc.sql(SENDING.from(UNKNOWN).in("""
            UPDATE faraday_bridge.export_item i
               SET state = {to}, issue_id = :issue, issue_key = :key, reason = NULL, retry_at = NULL, attempts = 0,
                   updated_at = now()
             WHERE i.id = :id AND i.state IN {from}"""))
                        .param("issue", issueId)
                        .param("key", issueKey)
                        .param("id", id)
                        .update()
                == 1;
    }

    /** The issue is looked for once more after the times of E3, and created only if it is not found. */
    boolean createAgain(long id) {
        return jdbc.sql(RESERVED.from(UNKNOWN).in("""
            UPDATE faraday_bridge.export_item i
               SET state = {to}, look_first = true, looked = 0, issue_id = NULL, issue_key = NULL, reason = NULL, attempts = 0,
                   retry_at = sent_at + :look * interval '1 second', updated_at = now()
             WHERE i.id = :id AND i.state IN {from}"""))
                        .param("look", ExportItems.SECOND_LOOK.toSeconds())
                        .param("id", id)
                        .update()
                == 1;
    }

    /** E6: the markers stay in the row, for a later item of the vulnerability. */
    boolean giveUp(long id, String reason) {
        return jdbc.sql(GIVEN_UP.from(UNKNOWN).in("""
            UPDATE faraday_bridge.export_item i SET state = {to}, reason = :reason, updated_at = now()
             WHERE i.id = :id AND i.state IN {from}"""))
                        .param("reason", reason)
                        .param("id", id)
                        .update()
                == 1;
    }

    private static Item row(ResultSet rs, int number) throws SQLException {
        return new Item(
                rs.getLong("id"),
                rs.getLong("batch_id"),
                rs.getInt("vulnerability_id"),
                rs.getObject("workspace_id", Integer.class),
                rs.getString("project_key"),
                rs.getString("issue_type"),
                ItemState.of(rs.getString("state")),
                rs.getString("reason"),
                ExportItem.LABEL_PREFIX + rs.getObject("marker", UUID.class),
                Columns.instantOrNull(rs, "sent_at"),
                rs.getString("correlation_id"));
    }
}
