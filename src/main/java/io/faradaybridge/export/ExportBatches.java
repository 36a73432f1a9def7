package io.faradaybridge.export;

import static io.faradaybridge.tables.Columns.column;
import static io.faradaybridge.tables.ItemState.HELD;
import static io.faradaybridge.tables.ItemState.LINKED;
import static io.faradaybridge.tables.ItemState.REFUSED;
import static io.faradaybridge.tables.ItemState.UNLINKED;

import io.faradaybridge.export.ExportReservation.Refusal;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.link.LinkEnded;
import io.faradaybridge.tables.ItemState;
import io.faradaybridge.web.CorrelationId;
import java.sql.Types;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements that create, end and delete rows of {@code export_batch} and {@code export_item}. */
@Component
class ExportBatches {

    private final JdbcClient jdbc;

    ExportBatches(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param ruleVersion null unless a rule exports */
    long add(String project, String issueType, FaradayUser user, String source, @Nullable String ruleVersion) {
        return jdbc.sql("""
            INSERT INTO faraday_bridge.export_batch
                   (user_id, username, source, project_key, issue_type, correlation_id, rule_version)
            VALUES (:user, :name, :source, :project, :type, :correlation, :version) RETURNING id""")
                .param("user", user.id())
                .param("name", user.username())
                .param("source", source)
                .param("project", project)
                .param("type", issueType)
                .param("correlation", CorrelationId.current())
                .param("version", ruleVersion)
                .query(Long.class)
                .single();
    }

    /**
     * E1: reserves the vulnerabilities, except those with an active item. E6: if an earlier item was given up after it
     * had been sent, its issue is looked for first, after the times of E3.
     *
     * @param statuses the vulnerabilities with their present status, in the order of the export
     * @return the new items by vulnerability; a missing one is held by another item
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
            ON CONFLICT DO NOTHING RETURNING vulnerability_id, id""")
                .param("batch", batchId)
                .param("project", project)
                .param("type", type)
                .param("ids", statuses.keySet().toArray(Integer[]::new), Types.ARRAY)
                .param(
                        "statuses",
                        statuses.values().stream().map(FaradayStatus::stored).toArray(String[]::new),
                        Types.ARRAY)
                .param("look", ExportItems.SECOND_LOOK.toSeconds())
                .query(row -> {
                    reserved.put(row.getInt("vulnerability_id"), row.getLong("id"));
                });
        return reserved;
    }

    /** @return whether the batch has reserved an item */
    boolean relate(long batchId, String former) {
        return jdbc.sql("""
            UPDATE faraday_bridge.export_item SET relates_to = :former
             WHERE batch_id = :batch AND state = 'reserved'""").param("former", former).param("batch", batchId).update() == 1;
    }

    /** Items that are refused at once. @param refusals by vulnerability */
    void addRefused(long batchId, String project, String type, Map<Integer, Refusal> refusals) {
        addEnded(batchId, project, type, REFUSED, refusals);
    }

    /** Items that end at once, held by the active items of their vulnerabilities. @param refusals by vulnerability */
    void addHeld(long batchId, String project, String type, Map<Integer, Refusal> refusals) {
        addEnded(batchId, project, type, HELD, refusals);
    }

    private void addEnded(long batchId, String project, String type, ItemState state, Map<Integer, Refusal> refusals) {
        if (refusals.isEmpty()) {
            return;
        }
        jdbc.sql(ItemState.SQL.in("""
            INSERT INTO faraday_bridge.export_item
                   (batch_id, vulnerability_id, project_key, issue_type, state, reason, linked_to, held_by)
            SELECT :batch, v.id, :project, :type, :state, v.reason, v.linked_to, a.id
              FROM unnest(:ids, :reasons, :linked::text[]) WITH ORDINALITY AS v (id, reason, linked_to, position)
              LEFT JOIN faraday_bridge.export_item a ON a.vulnerability_id = v.id AND :state = 'held' AND a.state IN {active}
             ORDER BY v.position"""))
                .param("batch", batchId)
                .param("project", project)
                .param("type", type)
                .param("state", state.stored())
                .param("ids", refusals.keySet().toArray(Integer[]::new), Types.ARRAY)
                .param("reasons", column(refusals.values(), Refusal::reason, String[]::new), Types.ARRAY)
                .param("linked", column(refusals.values(), Refusal::linkedTo, String[]::new), Types.ARRAY)
                .update();
    }

    /**
     * Ends the item of a link that has ended, in the same transaction, so that the vulnerability can be exported again
     * (E1).
     */
    @EventListener
    void linkEnded(LinkEnded link) {
        jdbc.sql(UNLINKED.from(LINKED).in("""
            UPDATE faraday_bridge.export_item i SET state = {to}, reason = :reason, updated_at = now()
             WHERE i.vulnerability_id = :v AND i.state IN {from}"""))
                .param("reason", link.reason())
                .param("v", link.vulnerabilityId())
                .update();
    }

    /**
     * Deletes old items that ended without an issue, and batches without items. Given-up items stay because a later
     * item needs their markers (E6), and active and linked items stay (E1).
     *
     * @return how many items
     */
    int purge(Duration keep) {
        int purged = jdbc.sql("""
            DELETE FROM faraday_bridge.export_item WHERE id IN (
                   SELECT id FROM faraday_bridge.export_item
                    WHERE state IN ('refused', 'held', 'unlinked') AND updated_at < now() - :keep * interval '1 second'
                    ORDER BY id LIMIT 50000 FOR UPDATE SKIP LOCKED)""").param("keep", keep.toSeconds()).update();
        jdbc.sql("""
            DELETE FROM faraday_bridge.export_batch b WHERE b.id IN (
                   SELECT o.id FROM faraday_bridge.export_batch o
                    WHERE o.created_at < now() - :keep * interval '1 second'
                      AND NOT EXISTS (SELECT FROM faraday_bridge.export_item i WHERE i.batch_id = o.id)
                    ORDER BY o.id LIMIT 50000 FOR UPDATE SKIP LOCKED)""").param("keep", keep.toSeconds()).update();
        return purged;
    }
}
