package io.faradaybridge.link.existing;

import static io.faradaybridge.tables.Columns.column;

import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.link.LinkSql;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gives links the ids that their issues have in another Jira. What a link knows only of the former Jira is forgotten:
 * an intention, an unseen drive, a block.
 */
@Component
public class MovedIssues {

    /**
     * Before an id of the former Jira that was not found in the present one. No Jira has such an id, so that a link
     * never leads to an issue that happens to have the same number.
     */
    public static final String FORMER = "former:";

    private final JdbcClient jdbc;

    MovedIssues(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An active link as it stands now. */
    public record Linked(long linkId, int vulnerabilityId, String projectKey, String issueId, String issueKey) {}

    /** @param issue as the present Jira shows it */
    public record Move(long linkId, IssueSnapshot issue) {}

    /** The next links by the id of their vulnerability. */
    public List<Linked> after(int vulnerabilityId, int most) {
        return jdbc.sql(LinkSql.SQL.in("""
            SELECT l.id AS link_id, l.vulnerability_id, l.project_key, l.issue_id, l.issue_key
              FROM faraday_bridge.issue_link l
             WHERE {active} AND l.vulnerability_id > :after ORDER BY l.vulnerability_id LIMIT :most"""))
                .param("after", vulnerabilityId)
                .param("most", most)
                .query(Linked.class)
                .list();
    }

    /** How many links somebody works on at this moment. */
    public int held() {
        return jdbc.sql(LinkSql.SQL.in(
                        "SELECT count(*) FROM faraday_bridge.issue_link l WHERE {active} AND NOT {unheld}"))
                .query(Integer.class)
                .single();
    }

    /**
     * Saves the new ids, in the caller's transaction. A link whose old id is the new id of another link loses it first,
     * since the ids of two Jiras are different numbers of one kind.
     *
     * @param lost links whose issues were not found
     */
    public void relink(List<Move> moves, Collection<Long> lost) {
        jdbc.sql(LinkSql.SQL.in("""
            UPDATE faraday_bridge.issue_link l SET issue_id = :former || l.issue_id
             WHERE {active} AND NOT starts_with(l.issue_id, :former)
               AND (l.id = ANY (:moved) OR l.id = ANY (:lost) OR l.issue_id = ANY (:ids))"""))
                .param("former", FORMER)
                .param("moved", column(moves, Move::linkId, Long[]::new), Types.ARRAY)
                .param("lost", lost.toArray(Long[]::new), Types.ARRAY)
                .param("ids", column(moves, move -> move.issue().id(), String[]::new), Types.ARRAY)
                .update();
        jdbc.sql(LinkSql.SQL.in("""
            UPDATE faraday_bridge.issue_link l
               SET issue_id = m.issue_id, issue_type = m.issue_type, unmoved = 0,
                   jira_status_id =
                       CASE WHEN lower(btrim(l.jira_status_name)) = lower(btrim(m.status)) THEN m.status_id ELSE '' END,
                   hints =
                       CASE WHEN lower(btrim(l.jira_status_name)) = lower(btrim(m.status)) THEN l.hints ELSE l.hints + 1 END,
                   {release}, {no-intention}, {no-unseen-drive}, {no-block}, {no-retry}
              FROM unnest(:links::bigint[], :ids::text[], :types::text[], :statusIds::text[], :statuses::text[])
                       AS m (link_id, issue_id, issue_type, status_id, status)
             WHERE l.id = m.link_id AND {active}"""))
                .param("links", column(moves, Move::linkId, Long[]::new), Types.ARRAY)
                .param("ids", column(moves, move -> move.issue().id(), String[]::new), Types.ARRAY)
                .param("types", column(moves, move -> move.issue().issueTypeName(), String[]::new), Types.ARRAY)
                .param("statusIds", column(moves, move -> move.issue().status().id(), String[]::new), Types.ARRAY)
                .param("statuses", column(moves, move -> move.issue().status().name(), String[]::new), Types.ARRAY)
                .update();
    }
}
