package io.faradaybridge.comments;

import static io.faradaybridge.tables.Columns.column;

import io.faradaybridge.link.LinkSql;
import io.faradaybridge.tables.RowLease;
import io.faradaybridge.tables.SqlClauses;
import java.sql.Types;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements on {@code commented_link}: which links are named and due, and their lease. */
@Component
class CommentRows {

    /** The deadline of a call, the time in which Jira may go on after a lost answer, and a margin (L11). */
    private static final Duration LEASE = Duration.ofSeconds(130);

    private static final SqlClauses SQL = RowLease.in(LinkSql.SQL)
            .with(
                    "reads",
                    "(f.named <> f.named_seen AND p.to_faraday_since IS NOT NULL AND l.project_key = ANY (:reading))")
            .with("sends", """
                (l.project_key = ANY (:sending)
                 AND EXISTS (SELECT FROM faraday_bridge.copied_comment c WHERE c.link_id = l.id AND c.state = 'due'))""")
            .with("project", "faraday_bridge.commented_project p ON p.project_key = l.project_key");

    private final JdbcClient jdbc;

    CommentRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A webhook named the issue: its comments are read, if they come to Faraday. */
    void name(long linkId) {
        jdbc.sql(SQL.in("""
            INSERT INTO faraday_bridge.commented_link AS f (link_id, named)
            SELECT l.id, 1 FROM faraday_bridge.issue_link l
              JOIN faraday_bridge.commented_project p ON p.project_key = l.project_key
             WHERE l.id = :link AND {active} AND p.to_faraday_since IS NOT NULL
            ON CONFLICT (link_id) DO UPDATE SET named = f.named + 1""")).param("link", linkId).update();
    }

    /** An issue that the sweep found. @param ageSeconds since Jira last changed it, by Jira's clock */
    record Found(String issueId, double ageSeconds) {}

    /** Only issues that changed after their comments were read, and after the comments of their project count. */
    void nameChanged(Collection<Found> issues) {
        jdbc.sql(SQL.in("""
            INSERT INTO faraday_bridge.commented_link AS f (link_id, named)
            SELECT l.id, 1
              FROM unnest(:issues::text[], :ages::float8[]) AS n (issue_id, age)
              JOIN faraday_bridge.issue_link l ON l.issue_id = n.issue_id AND {active}
              JOIN faraday_bridge.commented_project p ON p.project_key = l.project_key
              LEFT JOIN faraday_bridge.commented_link r ON r.link_id = l.id
             WHERE clock_timestamp() - n.age * interval '1 second' > greatest(p.to_faraday_since, r.read_at) - interval '1 second'
               AND p.to_faraday_since IS NOT NULL
            ON CONFLICT (link_id) DO UPDATE SET named = f.named + 1"""))
                .param("issues", column(issues, Found::issueId, String[]::new), Types.ARRAY)
                .param("ages", column(issues, Found::ageSeconds, Double[]::new), Types.ARRAY)
                .update();
    }

    /**
     * Takes the leases of due links.
     *
     * @param sending the projects at work whose comments go to Jira now
     * @param reading those whose comments come to Faraday now
     */
    List<CommentedLink> lease(Collection<String> sending, Collection<String> reading, int most) {
        UUID token = UUID.randomUUID();
        int taken = jdbc.sql(SQL.in("""
            INSERT INTO faraday_bridge.commented_link AS f (link_id, lease_token, lease_until)
            SELECT l.id, :token, clock_timestamp() + :lease * interval '1 second'
              FROM (SELECT link_id FROM faraday_bridge.commented_link WHERE named <> named_seen
                    UNION SELECT link_id FROM faraday_bridge.copied_comment WHERE state = 'due') d
              JOIN faraday_bridge.issue_link l ON l.id = d.link_id AND {active}
              JOIN {project}
              LEFT JOIN faraday_bridge.commented_link f ON f.link_id = l.id
             WHERE {unleased} AND ({reads} OR {sends})
             ORDER BY l.id LIMIT :most
            ON CONFLICT (link_id) DO UPDATE SET lease_token = excluded.lease_token, lease_until = excluded.lease_until
             WHERE {unleased}"""))
                .param("token", token)
                .param("lease", LEASE.toSeconds())
                .param("sending", sending.toArray(String[]::new), Types.ARRAY)
                .param("reading", reading.toArray(String[]::new), Types.ARRAY)
                .param("most", most)
                .update();
        return taken == 0
                ? List.of()
                : jdbc.sql(SQL.in("""
            SELECT f.*, {reads} AS reads, {sends} AS sends, l.vulnerability_id, l.project_key, l.issue_id, l.issue_key
              FROM faraday_bridge.commented_link f JOIN faraday_bridge.issue_link l ON l.id = f.link_id JOIN {project}
             WHERE f.lease_token = :token ORDER BY f.link_id"""))
                        .param("sending", sending.toArray(String[]::new), Types.ARRAY)
                        .param("reading", reading.toArray(String[]::new), Types.ARRAY)
                        .param("token", token)
                        .query(CommentedLink::read)
                        .list();
    }

    /** Right before a call (L10). @return false if the lease is lost */
    boolean renew(CommentedLink link) {
        return jdbc.sql(SQL.in("""
            UPDATE faraday_bridge.commented_link f SET {leased-until}
             WHERE {held} AND f.lease_until > clock_timestamp()"""))
                        .param("lease", LEASE.toSeconds())
                        .param("id", link.id())
                        .param("token", link.token())
                        .update()
                == 1;
    }

    /**
     * How old a comment of Jira is at most that may be new, and renews the lease. A comment may become visible some time after
     * it got its time.
     *
     * @return empty if the lease is lost, or the project's comments do not come to Faraday any more
     */
    Optional<Duration> newComments(CommentedLink link) {
        return jdbc.sql(SQL.in("""
            UPDATE faraday_bridge.commented_link f SET {leased-until}
              FROM faraday_bridge.issue_link l JOIN faraday_bridge.commented_project p ON p.project_key = l.project_key
             WHERE {held} AND f.lease_until > clock_timestamp() AND l.id = f.link_id AND p.to_faraday_since IS NOT NULL
            RETURNING 1000 * extract(epoch FROM clock_timestamp()
                      - greatest(p.to_faraday_since, f.read_at - interval '10 minutes')) AS millis"""))
                .param("lease", LEASE.toSeconds())
                .param("id", link.id())
                .param("token", link.token())
                .query((row, n) -> Duration.ofMillis(row.getLong("millis")))
                .optional();
    }

    /** Ends the lease; what came meanwhile stays due. @return false if the lease was lost */
    boolean done(CommentedLink link) {
        return jdbc.sql(SQL.in("""
            UPDATE faraday_bridge.commented_link f SET {unlease}, retry_at = NULL, attempts = 0 WHERE {held}"""))
                        .param("id", link.id())
                        .param("token", link.token())
                        .update()
                == 1;
    }

    /** Saves that Jira's comments were read. @param secondsAgo when the call began @return false if the lease is lost */
    boolean read(CommentedLink link, double secondsAgo) {
        return jdbc.sql(SQL.in("""
            UPDATE faraday_bridge.commented_link f
               SET named_seen = :named, read_at = clock_timestamp() - :ago * interval '1 second'
             WHERE {held}"""))
                        .param("named", link.named())
                        .param("ago", secondsAgo)
                        .param("id", link.id())
                        .param("token", link.token())
                        .update()
                == 1;
    }

    /** Ends the lease; the link stays due. @param counts whether it is an attempt */
    void later(CommentedLink link, Duration pause, boolean counts) {
        jdbc.sql(SQL.in("""
            UPDATE faraday_bridge.commented_link f SET {put-off} WHERE {held}"""))
                .param("counts", counts ? 1 : 0)
                .param("millis", pause.toMillis())
                .param("id", link.id())
                .param("token", link.token())
                .update();
    }
}
