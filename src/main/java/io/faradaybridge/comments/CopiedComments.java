package io.faradaybridge.comments;

import static io.faradaybridge.tables.Columns.column;

import io.faradaybridge.faraday.FaradayComments.Addressed;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code copied_comment}: each comment that was copied, or is on its way to Jira. */
@Component
class CopiedComments {

    private final JdbcClient jdbc;

    CopiedComments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A comment of Faraday that Jira does not have yet, as far as the bridge knows.
     *
     * @param sentSecondsAgo if Jira may have it, since its answer was never saved; else null
     */
    record Due(int faradayId, UUID marker, @Nullable Double sentSecondsAgo) {}

    /**
     * Records comments that begin with {@code @jira} and were written after their link was made. A comment that is recorded
     * already stays as it is, also one that came from Jira.
     */
    void found(Collection<Addressed> comments) {
        jdbc.sql("""
            INSERT INTO faraday_bridge.copied_comment (faraday_id, link_id, issue_id, state)
            SELECT n.id, l.id, l.issue_id, 'due'
              FROM unnest(:ids::integer[], :vulnerabilities::integer[], :ages::float8[]) AS n (id, vulnerability_id, age)
              JOIN faraday_bridge.issue_link l ON l.vulnerability_id = n.vulnerability_id AND l.ended_at IS NULL
              JOIN faraday_bridge.commented_project p
                ON p.project_key = l.project_key AND p.to_jira_since IS NOT NULL AND n.id > p.settled_id
             WHERE clock_timestamp() - n.age * interval '1 second' > l.created_at - interval '5 seconds'
             ORDER BY n.id
            ON CONFLICT (faraday_id) DO NOTHING""")
                .param("ids", column(comments, Addressed::id, Integer[]::new), Types.ARRAY)
                .param("vulnerabilities", column(comments, Addressed::vulnerabilityId, Integer[]::new), Types.ARRAY)
                .param("ages", column(comments, Addressed::ageSeconds, Double[]::new), Types.ARRAY)
                .update();
    }

    /** In the order in which they were written. */
    List<Due> due(long linkId) {
        return jdbc.sql("""
            SELECT faraday_id, marker, extract(epoch FROM clock_timestamp() - sent_at)::float8 AS sent_ago
              FROM faraday_bridge.copied_comment WHERE link_id = :link AND state = 'due' ORDER BY faraday_id""")
                .param("link", linkId)
                .query((row, n) -> new Due(
                        row.getInt("faraday_id"),
                        row.getObject("marker", UUID.class),
                        row.getObject("sent_ago", Double.class)))
                .list();
    }

    /** Before the call: from now on Jira may have it. */
    void sending(int faradayId) {
        jdbc.sql("UPDATE faraday_bridge.copied_comment SET sent_at = clock_timestamp() WHERE faraday_id = :id")
                .param("id", faradayId)
                .update();
    }

    /** Jira certainly does not have it. */
    void notSent(int faradayId) {
        jdbc.sql("UPDATE faraday_bridge.copied_comment SET sent_at = NULL WHERE faraday_id = :id AND state = 'due'")
                .param("id", faradayId)
                .update();
    }

    /** Jira has it, whoever holds the link by now. @return false if that was known */
    boolean sent(int faradayId, String jiraId) {
        return jdbc.sql("""
            UPDATE faraday_bridge.copied_comment SET state = 'copied', jira_id = :jira
             WHERE faraday_id = :id AND state <> 'copied'""").param("jira", jiraId).param("id", faradayId).update() == 1;
    }

    /** It will not be sent. */
    void refused(int faradayId) {
        jdbc.sql("UPDATE faraday_bridge.copied_comment SET state = 'refused' WHERE faraday_id = :id AND state = 'due'")
                .param("id", faradayId)
                .update();
    }

    /** Which of these comments of an issue were copied, whichever way. */
    Set<String> known(String issueId, Collection<String> jiraIds) {
        return jdbc.sql(
                        "SELECT jira_id FROM faraday_bridge.copied_comment WHERE issue_id = :issue AND jira_id = ANY (:ids)")
                .param("issue", issueId)
                .param("ids", jiraIds.toArray(String[]::new), Types.ARRAY)
                .query(String.class)
                .set();
    }

    /** In the transaction that adds the comment to Faraday. */
    void received(CommentedLink link, String jiraId, int faradayId) {
        jdbc.sql("""
            INSERT INTO faraday_bridge.copied_comment (faraday_id, link_id, issue_id, jira_id, state)
            VALUES (:faraday, :link, :issue, :jira, 'copied')""")
                .param("faraday", faradayId)
                .param("link", link.id())
                .param("issue", link.issueId())
                .param("jira", jiraId)
                .update();
    }
}
