package io.faradaybridge.export;

import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.CreatedIssue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code export_item}, with the protocol's rules E1 to E7 in its statements; times are the database's. */
@Repository
class ExportItems {

    /** What Jira takes in one creating call. */
    static final int CHUNK = 50;

    /** Enriching and rendering 50 items, and a first look at create metadata. */
    private static final Duration PREPARE_LEASE = Duration.ofSeconds(90);

    /** E3: the call's deadline, what Jira may go on for, what its search may lag behind: 60 + 90 + 60 s, then again. */
    static final Duration FIRST_LOOK = Duration.ofSeconds(210);

    static final Duration SECOND_LOOK = Duration.ofSeconds(240);

    private static final String SELECT = "SELECT i.*, b.correlation_id, b.user_id,"
            + " ceil(extract(epoch FROM clock_timestamp() - i.sent_at) / 60)::integer AS sent_minutes"
            + " FROM faraday_bridge.export_item i"
            + " JOIN faraday_bridge.export_batch b ON b.id = i.batch_id ";
    private static final String FREE = " (i.lease_token IS NULL OR i.lease_until < clock_timestamp())"
            + " AND (i.retry_at IS NULL OR i.retry_at <= clock_timestamp())";

    private final JdbcClient jdbc;

    ExportItems(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * E1: reserves the vulnerabilities, but those for which an item is active already. E6: where an earlier one was given up
     * after it had been sent, its issue is looked for first, once the times of E3 are over for it too.
     *
     * @param statuses the vulnerabilities with their present status, in the order in which they are to be exported
     * @return the new items by vulnerability; what is missing is held by another item
     */
    Map<Integer, Long> reserve(long batchId, String project, String type, Map<Integer, FaradayStatus> statuses) {
        Map<Integer, Long> reserved = new HashMap<>();
        jdbc.sql("""
            INSERT INTO faraday_bridge.export_item
                   (batch_id, vulnerability_id, project_key, issue_type, state, faraday_status, look_first, retry_at)
            SELECT :batch, v.id, :project, :type, 'reserved', v.status, g.sent_at IS NOT NULL,
                   g.sent_at + :look * interval '1 second'
              FROM unnest(:ids, :statuses) WITH ORDINALITY AS v (id, status, position)
              LEFT JOIN LATERAL (
                   SELECT max(sent_at) AS sent_at FROM faraday_bridge.export_item
                    WHERE vulnerability_id = v.id AND state = 'given-up') g ON true
             ORDER BY v.position
            ON CONFLICT (vulnerability_id) WHERE state IN ('reserved', 'sending', 'unknown', 'linked')
            DO NOTHING RETURNING vulnerability_id, id\
            """)
                .param("batch", batchId)
                .param("project", project)
                .param("type", type)
                .param("ids", statuses.keySet().toArray(Integer[]::new), Types.ARRAY)
                .param(
                        "statuses",
                        statuses.values().stream().map(FaradayStatus::stored).toArray(String[]::new),
                        Types.ARRAY)
                .param("look", SECOND_LOOK.toSeconds())
                .query(row -> {
                    reserved.put(row.getInt("vulnerability_id"), row.getLong("id"));
                });
        return reserved;
    }

    /**
     * Items that end at once: refused, or held by the vulnerability's active item.
     *
     * @param reasons by vulnerability
     */
    void addEnded(long batchId, String project, String type, String state, Map<Integer, String> reasons) {
        if (reasons.isEmpty()) {
            return;
        }
        jdbc.sql("""
            INSERT INTO faraday_bridge.export_item
                   (batch_id, vulnerability_id, project_key, issue_type, state, reason, held_by)
            SELECT :batch, v.id, :project, :type, :state, v.reason, a.id
              FROM unnest(:ids, :reasons) WITH ORDINALITY AS v (id, reason, position)
              LEFT JOIN faraday_bridge.export_item a ON a.vulnerability_id = v.id AND :state = 'held'
                   AND a.state IN ('reserved', 'sending', 'unknown', 'linked')
             ORDER BY v.position\
            """)
                .param("batch", batchId)
                .param("project", project)
                .param("type", type)
                .param("state", state)
                .param("ids", reasons.keySet().toArray(Integer[]::new), Types.ARRAY)
                .param("reasons", reasons.values().toArray(String[]::new), Types.ARRAY)
                .update();
    }

    /** Leases reserved items of the project and issue type whose turn it is. */
    Optional<ExportChunk> claimReserved(List<String> projects) {
        return claim(projects, "i.state = 'reserved' AND NOT i.look_first");
    }

    /** Leases items whose issue exists, but whose link was not saved: a crash or an outage came between. */
    Optional<ExportChunk> claimCreated(List<String> projects) {
        return claim(projects, "i.state = 'sending' AND i.issue_id IS NOT NULL");
    }

    /** Leases items whose issue may exist and whose time to be looked for has come (E3, E4, E6). */
    Optional<ExportChunk> claimUnanswered(List<String> projects) {
        return claim(projects, "(i.state = 'sending' AND i.issue_id IS NULL OR i.state = 'reserved' AND i.look_first)");
    }

    /** E6: what was sent for this vulnerability, by this item or by one given up earlier, and may have been created. */
    List<ExportItem.Marker> markers(ExportItem item) {
        return jdbc.sql("""
                        SELECT marker, labelled, project_key,
                               ceil(extract(epoch FROM clock_timestamp() - sent_at) / 60)::integer AS sent_minutes
                          FROM faraday_bridge.export_item
                         WHERE sent_at IS NOT NULL
                           AND (id = :id OR vulnerability_id = :v AND state = 'given-up' AND :first)
                         ORDER BY id""")
                .param("id", item.id())
                .param("v", item.vulnerabilityId())
                .param("first", item.lookFirst())
                .query((rs, n) -> new ExportItem.Marker(
                        rs.getObject("marker", UUID.class),
                        rs.getBoolean("labelled"),
                        rs.getString("project_key"),
                        rs.getInt("sent_minutes")))
                .list();
    }

    private Optional<ExportChunk> claim(List<String> projects, String which) {
        if (projects.isEmpty()) {
            return Optional.empty();
        }
        UUID token = UUID.randomUUID();
        List<Long> claimed = jdbc.sql(
                        "WITH turn AS (SELECT i.project_key, i.issue_type FROM faraday_bridge.export_item i"
                                + " WHERE " + which + " AND i.project_key IN (:projects) AND " + FREE
                                + " ORDER BY i.id LIMIT 1)"
                                + " UPDATE faraday_bridge.export_item SET lease_token = :token,"
                                + " lease_until = clock_timestamp() + :lease * interval '1 second', updated_at = now()"
                                + " WHERE id IN (SELECT i.id FROM faraday_bridge.export_item i, turn WHERE " + which
                                + " AND i.project_key = turn.project_key AND i.issue_type = turn.issue_type AND " + FREE
                                + " ORDER BY i.id LIMIT " + CHUNK + " FOR UPDATE OF i SKIP LOCKED) RETURNING id")
                .param("projects", projects)
                .param("token", token)
                .param("lease", PREPARE_LEASE.toSeconds())
                .query(Long.class)
                .list();
        if (claimed.isEmpty()) {
            return Optional.empty();
        }
        List<ExportItem> items = jdbc.sql(SELECT + " WHERE i.id IN (:ids) ORDER BY i.id")
                .param("ids", claimed)
                .query(ExportItems::row)
                .list();
        ExportItem first = items.get(0);
        return Optional.of(new ExportChunk(token, first.projectKey(), first.issueType(), items));
    }

    /**
     * E2, E3: marks and commits, before the call, that these are being sent; the lease outlives the call and what Jira may
     * make of it. @return the ids that were still ours
     */
    List<Long> sending(ExportChunk chunk, List<Long> ids, boolean labelled) {
        return jdbc.sql("""
                        UPDATE faraday_bridge.export_item
                           SET state = 'sending', sent_at = clock_timestamp(), looked = 0, labelled = :labelled,
                               lease_until = clock_timestamp() + :look * interval '1 second',
                               retry_at = clock_timestamp() + :look * interval '1 second', updated_at = now()
                         WHERE id IN (:ids) AND lease_token = :token AND lease_until > clock_timestamp()
                           AND state = 'reserved' AND NOT look_first
                        RETURNING id""")
                .param("labelled", labelled)
                .param("look", FIRST_LOOK.toSeconds())
                .param("ids", ids)
                .param("token", chunk.leaseToken())
                .query(Long.class)
                .list();
    }

    /**
     * E5: evidence that the issues exist counts from anyone, whoever holds the item by now, and even if it has ended; only
     * where another item has taken its place is the evidence merely kept.
     *
     * @param issues by item
     */
    void exist(Map<Long, CreatedIssue> issues) {
        if (issues.isEmpty()) {
            return;
        }
        jdbc.sql("""
            UPDATE faraday_bridge.export_item i SET issue_id = e.issue_id, issue_key = e.issue_key, retry_at = NULL,
                   updated_at = now(),
                   state = CASE WHEN i.state IN ('refused', 'given-up') AND EXISTS (
                                  SELECT 1 FROM faraday_bridge.export_item o
                                   WHERE o.vulnerability_id = i.vulnerability_id
                                     AND o.state IN ('reserved', 'sending', 'unknown', 'linked'))
                                THEN i.state ELSE 'sending' END
              FROM unnest(:items, :ids, :keys) AS e (item_id, issue_id, issue_key)
             WHERE i.id = e.item_id AND i.state IN ('reserved', 'sending', 'unknown', 'refused', 'given-up')
               AND i.issue_id IS NULL\
            """)
                .param("items", issues.keySet().toArray(Long[]::new), Types.ARRAY)
                .param("ids", issues.values().stream().map(CreatedIssue::id).toArray(String[]::new), Types.ARRAY)
                .param("keys", issues.values().stream().map(CreatedIssue::key).toArray(String[]::new), Types.ARRAY)
                .update();
    }

    /** In the transaction that saves the links. @return those that are not linked already by another */
    Set<Long> linked(Collection<Long> itemIds) {
        return jdbc.sql("""
            WITH turn AS (SELECT id FROM faraday_bridge.export_item WHERE id = ANY (:ids) ORDER BY id FOR UPDATE)
            UPDATE faraday_bridge.export_item i
               SET state = 'linked', reason = NULL, retry_at = NULL, lease_token = NULL, lease_until = NULL,
                   updated_at = now()
              FROM turn WHERE i.id = turn.id AND i.state = 'sending' AND i.issue_id IS NOT NULL
            RETURNING i.id\
            """)
                .param("ids", itemIds.toArray(Long[]::new), Types.ARRAY)
                .query(Long.class)
                .set();
    }

    /** An end that only the holder may say: refused, unknown. */
    boolean end(ExportChunk chunk, long itemId, String state, String reason) {
        return jdbc.sql("""
                                UPDATE faraday_bridge.export_item SET state = :state, reason = :reason, retry_at = NULL,
                                       lease_token = NULL, lease_until = NULL, updated_at = now()
                                 WHERE id = :id AND lease_token = :token AND state IN ('reserved', 'sending')
                                   AND issue_id IS NULL""")
                        .param("state", state)
                        .param("reason", reason)
                        .param("id", itemId)
                        .param("token", chunk.leaseToken())
                        .update()
                == 1;
    }

    /** In the transaction that was to save the link: the vulnerability or the issue has another by now. */
    void notLinked(long itemId, String reason) {
        jdbc.sql("""
                        UPDATE faraday_bridge.export_item SET state = 'refused', reason = :reason, retry_at = NULL,
                               lease_token = NULL, lease_until = NULL, updated_at = now()
                         WHERE id = :id AND state = 'linked'""").param("reason", reason).param("id", itemId).update();
    }

    /**
     * E7: looked for so often that a person has to look.
     *
     * @return whether it was still ours to say so, and no evidence came since it was claimed (E5)
     */
    boolean toPerson(ExportChunk chunk, ExportItem item, String reason) {
        return jdbc.sql("""
                                UPDATE faraday_bridge.export_item SET state = 'unknown', reason = :reason, retry_at = NULL,
                                       lease_token = NULL, lease_until = NULL, updated_at = now()
                                 WHERE id = :id AND lease_token = :token AND state IN ('reserved', 'sending')
                                   AND (issue_id IS NULL OR :known)""")
                        .param("reason", reason)
                        .param("id", item.id())
                        .param("known", item.issueId() != null)
                        .param("token", chunk.leaseToken())
                        .update()
                == 1;
    }

    /** Looked for and surely not there: may be created now. */
    void mayBeCreated(ExportChunk chunk) {
        jdbc.sql("""
                        UPDATE faraday_bridge.export_item
                           SET look_first = false, sent_at = NULL, reason = NULL, retry_at = NULL, lease_token = NULL,
                               lease_until = NULL, updated_at = now()
                         WHERE id IN (:ids) AND lease_token = :token AND state = 'reserved'""")
                .param("ids", chunk.ids())
                .param("token", chunk.leaseToken())
                .update();
    }

    /** Surely not created: reserved again, for later. */
    void backToReserved(ExportChunk chunk, Duration wait, boolean countAttempt, String reason) {
        jdbc.sql("""
                        UPDATE faraday_bridge.export_item
                           SET state = 'reserved', sent_at = NULL, reason = :reason, attempts = attempts + :attempt,
                               retry_at = clock_timestamp() + :wait * interval '1 millisecond',
                               lease_token = NULL, lease_until = NULL, updated_at = now()
                         WHERE id IN (:ids) AND lease_token = :token AND state IN ('reserved', 'sending')
                           AND issue_id IS NULL""")
                .param("reason", reason)
                .param("attempt", countAttempt ? 1 : 0)
                .param("wait", wait.toMillis())
                .param("ids", chunk.ids())
                .param("token", chunk.leaseToken())
                .update();
    }

    /** The outcome is not known: stays as sent, to be looked for in time; nobody holds it meanwhile. */
    void awaitLook(ExportChunk chunk, List<Long> ids, Duration afterSending, int looked, String reason) {
        jdbc.sql("""
                        UPDATE faraday_bridge.export_item
                           SET retry_at = greatest(sent_at + :after * interval '1 second', clock_timestamp()),
                               looked = :looked, reason = :reason, lease_token = NULL, lease_until = NULL, updated_at = now()
                         WHERE id IN (:ids) AND lease_token = :token AND state = 'sending' AND issue_id IS NULL""")
                .param("after", afterSending.toSeconds())
                .param("looked", looked)
                .param("reason", reason)
                .param("ids", ids)
                .param("token", chunk.leaseToken())
                .update();
    }

    /** Lets go of what is left of a chunk, to be tried again later; what was sent never before its look (E3). */
    void release(ExportChunk chunk, Duration wait, boolean countAttempt) {
        jdbc.sql("""
                        UPDATE faraday_bridge.export_item
                           SET lease_token = NULL, lease_until = NULL, attempts = attempts + :attempt,
                               retry_at = greatest(clock_timestamp() + :wait * interval '1 millisecond',
                                 CASE WHEN state = 'sending' AND issue_id IS NULL
                                      THEN sent_at + :look * interval '1 second' END)
                         WHERE id IN (:ids) AND lease_token = :token""")
                .param("wait", wait.toMillis())
                .param("attempt", countAttempt ? 1 : 0)
                .param("look", FIRST_LOOK.toSeconds())
                .param("ids", chunk.ids())
                .param("token", chunk.leaseToken())
                .update();
    }

    /**
     * Forgets what ended without an issue long ago, and batches of which nothing is left. Given-up items stay, since a later
     * one needs their markers (E6), and so does whatever is active or linked (E1).
     *
     * @return how many items
     */
    int purge(Duration keep) {
        int purged = jdbc.sql("""
                        DELETE FROM faraday_bridge.export_item WHERE id IN (
                            SELECT id FROM faraday_bridge.export_item
                            WHERE state IN ('refused', 'held', 'unlinked')
                              AND updated_at < now() - :keep * interval '1 second'
                            ORDER BY id LIMIT 50000 FOR UPDATE SKIP LOCKED)""").param("keep", keep.toSeconds()).update();
        jdbc.sql("""
                        DELETE FROM faraday_bridge.export_batch b WHERE b.id IN (
                            SELECT o.id FROM faraday_bridge.export_batch o
                            WHERE o.created_at < now() - :keep * interval '1 second'
                              AND NOT EXISTS (SELECT FROM faraday_bridge.export_item i WHERE i.batch_id = o.id)
                            ORDER BY o.id LIMIT 50000 FOR UPDATE SKIP LOCKED)""").param("keep", keep.toSeconds()).update();
        return purged;
    }

    private static ExportItem row(ResultSet rs, int number) throws SQLException {
        return new ExportItem(
                rs.getLong("id"),
                rs.getLong("batch_id"),
                rs.getInt("vulnerability_id"),
                rs.getString("project_key"),
                rs.getString("issue_type"),
                FaradayStatus.of(rs.getString("faraday_status")),
                rs.getObject("marker", UUID.class),
                rs.getBoolean("labelled"),
                rs.getInt("looked"),
                rs.getInt("attempts"),
                rs.getObject("sent_minutes", Integer.class),
                rs.getBoolean("look_first"),
                rs.getString("issue_id"),
                rs.getString("issue_key"),
                rs.getString("correlation_id"),
                rs.getObject("user_id", Integer.class));
    }
}
