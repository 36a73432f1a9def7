package io.faradaybridge.comments;

import io.faradaybridge.configuration.CommentCopying;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The table {@code commented_project}: from when on comments of a project count, and which of Faraday's were looked at. */
@Component
class CommentedProjects {

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;

    CommentedProjects(JdbcClient jdbc, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    private record Stored(String key, boolean toJira, boolean toFaraday) {

        boolean is(CommentCopying copying) {
            return toJira == copying.toJira() && toFaraday == copying.toFaraday();
        }
    }

    /** Brings the rows in step with the configuration, which may have been changed without the bridge. */
    void follow(Map<String, CommentCopying> configured, HighestId highest) {
        Map<String, Stored> stored = stored().stream().collect(Collectors.toMap(Stored::key, row -> row));
        configured.forEach((key, copying) -> {
            Stored row = stored.get(key);
            if (row == null || !row.is(copying)) {
                change(key, copying, highest.get());
            }
        });
        stored.keySet().stream()
                .filter(key -> !configured.containsKey(key))
                .forEach(key -> change(key, CommentCopying.NONE, 0));
    }

    /** The highest id of Faraday's comments. */
    interface HighestId {
        int get();
    }

    private List<Stored> stored() {
        return jdbc.sql("""
            SELECT project_key, to_jira_since IS NOT NULL AS to_jira, to_faraday_since IS NOT NULL AS to_faraday
              FROM faraday_bridge.commented_project""")
                .query((row, n) -> new Stored(
                        row.getString("project_key"), row.getBoolean("to_jira"), row.getBoolean("to_faraday")))
                .list();
    }

    /** What is switched on counts from now on; what was on stays on. @param highest of Faraday's comments */
    void change(String key, CommentCopying copying, int highest) {
        transaction.executeWithoutResult(status -> {
            if (copying == CommentCopying.NONE) {
                jdbc.sql("DELETE FROM faraday_bridge.commented_project WHERE project_key = :key")
                        .param("key", key)
                        .update();
            } else {
                jdbc.sql("""
                    INSERT INTO faraday_bridge.commented_project AS p
                           (project_key, to_jira_since, to_faraday_since, settled_id, seen_id)
                    VALUES (:key, CASE WHEN :jira THEN clock_timestamp() END, CASE WHEN :faraday THEN clock_timestamp() END,
                            :highest, :highest)
                    ON CONFLICT (project_key) DO UPDATE
                       SET to_jira_since = CASE WHEN :jira THEN coalesce(p.to_jira_since, excluded.to_jira_since) END,
                           to_faraday_since = CASE WHEN :faraday THEN coalesce(p.to_faraday_since, excluded.to_faraday_since) END,
                           settled_id = CASE WHEN p.to_jira_since IS NULL THEN :highest ELSE p.settled_id END,
                           seen_id = CASE WHEN p.to_jira_since IS NULL THEN :highest ELSE p.seen_id END,
                           seen_by = CASE WHEN p.to_jira_since IS NULL THEN 0 ELSE p.seen_by END""")
                        .param("key", key)
                        .param("jira", copying.toJira())
                        .param("faraday", copying.toFaraday())
                        .param("highest", highest)
                        .update();
            }
            if (!copying.toJira()) {
                jdbc.sql("""
                    UPDATE faraday_bridge.copied_comment c SET state = 'refused'
                      FROM faraday_bridge.issue_link l
                     WHERE c.state = 'due' AND l.id = c.link_id AND l.project_key = :key""").param("key", key).update();
            }
        });
    }

    /**
     * Where the search for Faraday's new comments begins.
     *
     * @param settled every comment up to this id was looked at
     * @param ended all transactions before this one have ended, so their comments are visible to a later statement
     */
    record Start(int settled, long ended) {}

    /** The start for all projects together; a settled id of null if no project's comments go to Jira. */
    Optional<Start> start() {
        record Read(Integer settled, long ended) {}
        Read read = jdbc.sql("""
            SELECT min(settled_id) AS settled, txid_snapshot_xmin(txid_current_snapshot()) AS ended
              FROM faraday_bridge.commented_project WHERE to_jira_since IS NOT NULL""")
                .query((row, n) -> new Read(row.getObject("settled", Integer.class), row.getLong("ended")))
                .single();
        return Optional.ofNullable(read.settled()).map(settled -> new Start(settled, read.ended()));
    }

    /**
     * Saves that the comments up to an id were looked at. Ids become visible in the order of commits, so they are looked at
     * again until all transactions have ended that were running when the highest of them was seen. A transaction that this
     * server has not begun yet is another server's, from before a restore.
     */
    void seen(int highest, Start start) {
        jdbc.sql("""
            UPDATE faraday_bridge.commented_project
               SET settled_id = greatest(settled_id, seen_id), seen_id = greatest(seen_id, :highest),
                   seen_by = txid_snapshot_xmax(txid_current_snapshot())
             WHERE to_jira_since IS NOT NULL
               AND (seen_by <= :ended OR seen_by > txid_snapshot_xmax(txid_current_snapshot()))
               AND (settled_id < seen_id OR seen_id < :highest)""").param("highest", highest).param("ended", start.ended()).update();
    }
}
