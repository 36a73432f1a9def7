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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Unknown items, which only a user's decision changes (E4): every statement requires the state unknown. */
@Component
public class UnknownItems {

    /** The item of a deleted vulnerability belongs to no workspace. */
    private static final SqlClauses SQL = new SqlClauses()
            .with("items", """
                SELECT i.*, b.correlation_id, v.workspace_id FROM faraday_bridge.export_item i
                  JOIN faraday_bridge.export_batch b ON b.id = i.batch_id
                  LEFT JOIN vulnerability v ON v.id = i.vulnerability_id""")
            .with(
                    "visible",
                    "(:everywhere OR v.workspace_id = ANY (:workspaces) OR :general AND v.workspace_id IS NULL)");

    /** The rows of unknown items, for the inbox. */
    public static final String ROWS =
            SQL.with("label", "'" + ExportItem.LABEL_PREFIX + "' || i.marker").in("""
        SELECT i.id, i.updated_at AS at, NULL::text AS code, coalesce(i.reason, 'Jira did not answer') AS cause,
               i.project_key AS project, i.issue_key, i.vulnerability_id,
               faraday_bridge.cause_group(concat_ws(' ', i.project_key, i.reason)) AS "group",
               jsonb_strip_nulls(jsonb_build_object('export', i.batch_id::text, 'issue_type', i.issue_type, 'label', {label},
                   'sent_at', to_char(i.sent_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))) AS facts
          FROM faraday_bridge.export_item i LEFT JOIN vulnerability v ON v.id = i.vulnerability_id
         WHERE i.state = 'unknown' AND {visible}""");

    private final JdbcClient jdbc;

    UnknownItems(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param workspaceId null if the vulnerability was deleted in Faraday
     * @param label the label of the issue if it was created; search Jira for {@code labels = "..."}
     * @param sentAt null if it was never sent
     */
    public record Item(
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
    public List<Item> page(long before, int limit, Visibility reach) {
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

    public Optional<Item> find(long batch, int vulnerabilityId, Visibility reach) {
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

    /** Those that are unknown; the caller's transaction keeps them so. */
    public List<Item> lock(Collection<Long> ids) {
        return jdbc.sql(SQL.in("{items} WHERE i.id = ANY (:ids) AND i.state = 'unknown' ORDER BY i.id FOR UPDATE OF i"))
                .param("ids", ids.toArray(Long[]::new), Types.ARRAY)
                .query(UnknownItems::row)
                .list();
    }

    /** Saves the issue as evidence; the flow then links it. @return false if the item is not unknown any more */
    public boolean isIssue(long id, String issueId, String issueKey) {
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
    public boolean createAgain(long id) {
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
    public boolean giveUp(long id, String reason) {
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
