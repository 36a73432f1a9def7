package io.faradaybridge.link.catchup;

import io.faradaybridge.configuration.Direction;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.link.DueLinks;
import io.faradaybridge.link.decision.BlockReason;
import io.faradaybridge.link.decision.StatusPair;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Links whose decision waits for a direction. The flows have looked at both sides of such a link and decided; only the
 * change was not made. So counting them tells exactly what a pause has left, once all links were looked at.
 */
@Component
public class HeldLinks {

    private final JdbcClient jdbc;

    HeldLinks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The project's changes that wait, by direction. */
    public Map<Direction, Long> counts(String project) {
        Map<Direction, Long> counts = new EnumMap<>(Direction.class);
        jdbc.sql(DueLinks.SQL.in("""
            SELECT substr(l.blocked_code, :prefix) AS direction, count(*) AS links
              FROM faraday_bridge.issue_link l WHERE {active} AND {held} AND l.project_key = :project GROUP BY 1"""))
                .param("prefix", BlockReason.HELD.length() + 1)
                .param("project", project)
                .query((row, n) -> counts.put(Direction.of(row.getString("direction")), row.getLong("links")))
                .list();
        return counts;
    }

    /**
     * The links that nobody has looked at since something happened: their change, if there is one, does not count yet.
     * Those with a failed attempt are among them; those that something happened to after the sweep are not.
     *
     * @param swept when the sweep ended that found what happened in Jira; its hints are older
     */
    public long unlooked(ProjectSettings project, Instant swept) {
        return jdbc.sql(DueLinks.SQL.in("""
            SELECT count(*)
              FROM faraday_bridge.issue_link l JOIN {projects} LEFT JOIN {faraday}
             WHERE {active} AND (l.adopt_due OR {drifted}
                OR {announced} AND (l.hinted_at IS NULL OR l.hinted_at < :swept))"""))
                .param("keys", project.key())
                .param("versions", project.mappingVersion())
                .param("swept", Timestamp.from(swept))
                .query(Long.class)
                .single();
    }

    /** Links held in one direction that show the same two statuses. */
    public record Kind(Direction direction, StatusPair shown, long links) {}

    public List<Kind> kinds(String project, Collection<Direction> directions) {
        return jdbc.sql(DueLinks.SQL.in("""
            SELECT l.blocked_faraday, l.blocked_jira_id, l.blocked_jira_name, l.blocked_code, count(*) AS links
              FROM faraday_bridge.issue_link l
             WHERE {active} AND {held} AND l.project_key = :project AND l.blocked_code = ANY (:codes)
             GROUP BY 1, 2, 3, 4 ORDER BY 1, 3, 2, 4"""))
                .param("project", project)
                .param("codes", directions.stream().map(HeldLinks::code).toArray(String[]::new), Types.ARRAY)
                .query((row, n) -> new Kind(
                        Direction.of(row.getString("blocked_code").substring(BlockReason.HELD.length())),
                        new StatusPair(
                                FaradayStatus.of(row.getString(1)), new JiraStatus(row.getString(2), row.getString(3))),
                        row.getLong("links")))
                .list();
    }

    private static String code(Direction direction) {
        return BlockReason.HELD + direction.label();
    }

    /** A link that will follow one side. */
    public record Sent(int vulnerabilityId, String issueKey) {}

    /**
     * Sets the pair of the held links of a kind so that exactly one side has moved, and leaves a hint, in one update (L3).
     * The flow then asks Jira and decides as on any other change. A link that a worker holds stays as it is (L1).
     *
     * @param before the pair from which one side has moved
     * @param userId the user that the change of Faraday is recorded for
     */
    public List<Sent> follow(String project, Kind kind, StatusPair before, int userId, String correlationId) {
        StatusPair shown = kind.shown();
        return jdbc.sql(DueLinks.SQL.in("""
            UPDATE faraday_bridge.issue_link l
               SET faraday_status = :f, jira_status_id = :jid, jira_status_name = :jname, in_transit = NULL,
                   as_adopted = false, differs_since_adoption = false, hints = l.hints + 1, hint_user_id = :user,
                   hint_correlation = :correlation, {no-block}, {no-retry}
             WHERE {active} AND {held} AND l.blocked_code = :code AND {unheld} AND l.driving_since IS NULL AND l.project_key = :project
               AND l.blocked_faraday = :wasf AND l.blocked_jira_id = :wasjid AND l.blocked_jira_name = :wasjname
            RETURNING l.vulnerability_id, l.issue_key"""))
                .param("f", before.faraday().stored())
                .param("jid", before.jira().id())
                .param("jname", before.jira().name())
                .param("user", userId)
                .param("correlation", correlationId)
                .param("project", project)
                .param("code", code(kind.direction()))
                .param("wasf", shown.faraday().stored())
                .param("wasjid", shown.jira().id())
                .param("wasjname", shown.jira().name())
                .query((row, n) -> new Sent(row.getInt("vulnerability_id"), row.getString("issue_key")))
                .list();
    }
}
