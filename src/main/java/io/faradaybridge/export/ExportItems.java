package io.faradaybridge.export;

import static io.faradaybridge.tables.ItemState.GIVEN_UP;
import static io.faradaybridge.tables.ItemState.LINKED;
import static io.faradaybridge.tables.ItemState.REFUSED;
import static io.faradaybridge.tables.ItemState.RESERVED;
import static io.faradaybridge.tables.ItemState.SENDING;
import static io.faradaybridge.tables.ItemState.UNKNOWN;

import io.faradaybridge.jira.answers.CreatedIssue;
import io.faradaybridge.tables.ItemState;
import java.sql.ResultSet;
import java.sql.Types;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code export_item}, with the protocol's rules E1 to E7 in its statements; times are the database's. */
@Component
class ExportItems {

    /** The most issues that Jira accepts in one creating call. */
    static final int CHUNK = 50;

    /** Enriching and rendering 50 items, and a first look at create metadata. */
    private static final Duration PREPARE_LEASE = Duration.ofSeconds(90);

    /** E3: the call's deadline, the time that Jira may go on, and the delay of its search: 60 + 90 + 60 s. */
    static final Duration FIRST_LOOK = Duration.ofSeconds(210);

    static final Duration SECOND_LOOK = Duration.ofSeconds(240);

    private final JdbcClient jdbc;

    ExportItems(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Leases reserved items of the next project and issue type. */
    Optional<ExportChunk> claimReserved(List<String> projects) {
        return claim(projects, "i.state = 'reserved' AND NOT i.look_first");
    }

    /** Leases items whose issue exists, but whose link was not saved: after a crash or an outage. */
    Optional<ExportChunk> claimCreated(List<String> projects) {
        return claim(projects, "i.state = 'sending' AND i.issue_id IS NOT NULL");
    }

    /** Leases items whose issue may exist and must be looked for now (E3, E4, E6). */
    Optional<ExportChunk> claimUnanswered(List<String> projects) {
        return claim(projects, "(i.state = 'sending' AND i.issue_id IS NULL OR i.state = 'reserved' AND i.look_first)");
    }

    /**
     * E6: the markers of creations for this vulnerability that may have been made, by this item or one given up
     * earlier.
     */
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
        List<ExportItem> items = jdbc.sql(
                        ItemState.SQL.with("due", which + " AND {free}").in("""
            WITH turn AS (
              SELECT i.project_key, i.issue_type FROM faraday_bridge.export_item i
               WHERE {due} AND i.project_key IN (:projects) ORDER BY i.id LIMIT 1),
            claimed AS (
              UPDATE faraday_bridge.export_item c
                 SET lease_token = :token, lease_until = clock_timestamp() + :lease * interval '1 second', updated_at = now()
               WHERE c.id IN (
                     SELECT i.id FROM faraday_bridge.export_item i, turn
                      WHERE {due} AND i.project_key = turn.project_key AND i.issue_type = turn.issue_type
                      ORDER BY i.id LIMIT :chunk FOR UPDATE OF i SKIP LOCKED)
              RETURNING c.*)
            SELECT c.*, b.correlation_id, b.user_id,
                   ceil(extract(epoch FROM clock_timestamp() - c.sent_at) / 60)::integer AS sent_minutes
              FROM claimed c JOIN faraday_bridge.export_batch b ON b.id = c.batch_id ORDER BY c.id"""))
                .param("projects", projects)
                .param("token", token)
                .param("lease", PREPARE_LEASE.toSeconds())
                .param("chunk", CHUNK)
                .query(ExportItem::read)
                .list();
        return items.stream()
                .findFirst()
                .map(first -> new ExportChunk(token, first.projectKey(), first.issueType(), items));
    }

    /**
     * E2, E3: saves, before the call, that these items are being sent. The lease lasts longer than the call and the
     * time that Jira may go on. @return the ids whose lease was still held
     */
    List<Long> sending(ExportChunk chunk, List<Long> ids, boolean labelled) {
        return jdbc.sql(SENDING.from(RESERVED).in("""
            UPDATE faraday_bridge.export_item i
               SET state = {to}, sent_at = clock_timestamp(), looked = 0, labelled = :labelled,
                   lease_until = clock_timestamp() + :look * interval '1 second',
                   retry_at = clock_timestamp() + :look * interval '1 second', updated_at = now()
             WHERE i.id IN (:ids) AND i.lease_token = :token AND i.lease_until > clock_timestamp()
               AND i.state IN {from} AND NOT i.look_first
            RETURNING i.id"""))
                .param("labelled", labelled)
                .param("look", FIRST_LOOK.toSeconds())
                .param("ids", ids)
                .param("token", chunk.leaseToken())
                .query(Long.class)
                .list();
    }

    /** E5: the same as {@link #exist(Map, Map)} without remarks. */
    void exist(Map<Long, CreatedIssue> issues) {
        exist(issues, Map.of());
    }

    /**
     * E5: saves evidence that the issues exist. It is accepted from every worker, whoever holds the item now and even
     * if the item has ended. If another item is active instead, the evidence is only stored.
     *
     * @param issues by item
     * @param remarks what people should know of these issues, by item
     */
    void exist(Map<Long, CreatedIssue> issues, Map<Long, String> remarks) {
        if (issues.isEmpty()) {
            return;
        }
        jdbc.sql(SENDING.from(RESERVED, SENDING, UNKNOWN, REFUSED, GIVEN_UP)
                        .with("another", """
                            i.state NOT IN {active} AND EXISTS (
                              SELECT FROM faraday_bridge.export_item o
                               WHERE o.vulnerability_id = i.vulnerability_id AND o.state IN {active})""")
                        .in("""
            UPDATE faraday_bridge.export_item i
               SET issue_id = e.issue_id, issue_key = e.issue_key, retry_at = NULL, updated_at = now(),
                   state = CASE WHEN {another} THEN i.state ELSE {to} END,
                   reason = CASE WHEN {another} THEN i.reason ELSE e.remark END
              FROM unnest(:items, :ids, :keys, :remarks) AS e (item_id, issue_id, issue_key, remark)
             WHERE i.id = e.item_id AND i.state IN {from} AND i.issue_id IS NULL"""))
                .param("items", issues.keySet().toArray(Long[]::new), Types.ARRAY)
                .param("ids", issues.values().stream().map(CreatedIssue::id).toArray(String[]::new), Types.ARRAY)
                .param("keys", issues.values().stream().map(CreatedIssue::key).toArray(String[]::new), Types.ARRAY)
                .param("remarks", issues.keySet().stream().map(remarks::get).toArray(String[]::new), Types.ARRAY)
                .update();
    }

    /**
     * Locks items whose issues exist, for the transaction that saves their links.
     *
     * @return the items that are not linked already, each with what people should know of its issue, or the empty text
     */
    Map<Long, String> lockToLink(Collection<Long> itemIds) {
        Map<Long, String> locked = new HashMap<>();
        jdbc.sql("""
            SELECT id, coalesce(reason, '') AS remark FROM faraday_bridge.export_item
             WHERE id = ANY (:ids) AND state = 'sending' AND issue_id IS NOT NULL ORDER BY id FOR UPDATE""").param("ids", itemIds.toArray(Long[]::new), Types.ARRAY).query((ResultSet row) -> {
            locked.put(row.getLong("id"), row.getString("remark"));
        });
        return locked;
    }

    /** Called in the transaction that has locked them and saves their links. */
    void linked(Collection<Long> itemIds) {
        afterLocking(itemIds, LINKED, null);
    }

    /** Called in the transaction that should save the link: the vulnerability or the issue has another link now. */
    void notLinked(long itemId, String reason) {
        afterLocking(List.of(itemId), REFUSED, reason);
    }

    private void afterLocking(Collection<Long> itemIds, ItemState state, @Nullable String reason) {
        jdbc.sql(state.from(SENDING).in("""
            UPDATE faraday_bridge.export_item i
               SET state = {to}, reason = coalesce(:reason, i.reason), retry_at = NULL,
                   lease_token = NULL, lease_until = NULL, updated_at = now()
             WHERE i.id = ANY (:ids) AND i.state IN {from} AND i.issue_id IS NOT NULL"""))
                .param("reason", reason)
                .param("ids", itemIds.toArray(Long[]::new), Types.ARRAY)
                .update();
    }

    /** Ends an item; only the holder may do this, and only without evidence for the issue (E5). */
    boolean refuse(ExportChunk chunk, ExportItem item, String reason) {
        return end(chunk, item, REFUSED, false, reason);
    }

    /**
     * E7: makes an item unknown after its last attempt.
     *
     * @return whether the lease was still held and no evidence came since the claim (E5)
     */
    boolean toPerson(ExportChunk chunk, ExportItem item, String reason) {
        return end(chunk, item, UNKNOWN, item.issueId() != null, reason);
    }

    private boolean end(ExportChunk chunk, ExportItem item, ItemState state, boolean known, String reason) {
        return jdbc.sql(state.from(RESERVED, SENDING).in("""
            UPDATE faraday_bridge.export_item i
               SET state = {to}, reason = :reason, retry_at = NULL, lease_token = NULL, lease_until = NULL, updated_at = now()
             WHERE i.id = :id AND i.lease_token = :token AND i.state IN {from} AND (i.issue_id IS NULL OR :known)"""))
                        .param("reason", reason)
                        .param("id", item.id())
                        .param("known", known)
                        .param("token", chunk.leaseToken())
                        .update()
                == 1;
    }

    /** The issue was looked for and does not exist, so it may be created now. */
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

    /** The issue was certainly not created: the items are reserved again for a later attempt. */
    void backToReserved(ExportChunk chunk, Duration wait, boolean countAttempt, String reason) {
        jdbc.sql(RESERVED.from(RESERVED, SENDING).in("""
            UPDATE faraday_bridge.export_item i
               SET state = {to}, sent_at = NULL, reason = :reason, attempts = attempts + :attempt,
                   retry_at = clock_timestamp() + :wait * interval '1 millisecond',
                   lease_token = NULL, lease_until = NULL, updated_at = now()
             WHERE i.id IN (:ids) AND i.lease_token = :token AND i.state IN {from} AND i.issue_id IS NULL"""))
                .param("reason", reason)
                .param("attempt", countAttempt ? 1 : 0)
                .param("wait", wait.toMillis())
                .param("ids", chunk.ids())
                .param("token", chunk.leaseToken())
                .update();
    }

    /**
     * The outcome is not known: the items stay in sending until the bridge looks for their issues; they are not leased
     * meanwhile.
     */
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

    /**
     * Releases the remaining items of a chunk for a later attempt; items that were sent not before the look for their
     * issues (E3).
     */
    void release(ExportChunk chunk, Duration wait, boolean countAttempt) {
        jdbc.sql("""
                        UPDATE faraday_bridge.export_item i
                           SET lease_token = NULL, lease_until = NULL, attempts = attempts + :attempt,
                               retry_at = greatest(clock_timestamp() + :wait * interval '1 millisecond',
                                 CASE WHEN i.state = 'sending' AND i.issue_id IS NULL
                                      THEN sent_at + :look * interval '1 second' END)
                         WHERE id IN (:ids) AND lease_token = :token""")
                .param("wait", wait.toMillis())
                .param("attempt", countAttempt ? 1 : 0)
                .param("look", FIRST_LOOK.toSeconds())
                .param("ids", chunk.ids())
                .param("token", chunk.leaseToken())
                .update();
    }
}
