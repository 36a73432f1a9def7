package io.faradaybridge.export.follow;

import io.faradaybridge.link.DueLinks;
import io.faradaybridge.tables.Columns;
import io.faradaybridge.tables.Json;
import io.faradaybridge.tables.SqlClauses;
import java.sql.Types;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements on {@code followed_link}: which rows are due, their lease, and what was sent. */
@Component
class FollowedRows {

    /** Longer than reading an issue and changing it may take. */
    private static final Duration LEASE = Duration.ofSeconds(130);

    private static final SqlClauses SQL = DueLinks.SQL
            .with("unleased", """
                (f.lease_until IS NULL OR f.lease_until < clock_timestamp())
                AND (f.retry_at IS NULL OR f.retry_at <= clock_timestamp())""")
            // every change of a row gives it another xmin; one look-up by id for each link, as in DueLinks
            .with("version", """
                LATERAL (SELECT v.xmin::text AS current_version FROM vulnerability v
                          WHERE v.id = l.vulnerability_id OFFSET 0) v ON true""")
            // what belongs to a vulnerability, such as its tags, may change without its row: hence the day
            .with("changed", """
                (f.row_version IS DISTINCT FROM v.current_version OR f.settings <> p.version
                  OR f.rendered_at < now() - interval '1 day')""")
            .with("held", "f.link_id = :id AND f.lease_token = :token")
            .with("leased-until", "lease_until = clock_timestamp() + :lease * interval '1 second'");

    private final JdbcClient jdbc;

    FollowedRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param last the highest id of the part @param seen how many links the part has */
    record Part(long last, long seen, List<Long> due) {}

    /** The links that are due among the next ones by id. */
    Part after(long id, int size, Map<String, String> versions) {
        return jdbc.sql(SQL.in("""
            SELECT coalesce(max(c.id), 0) AS last, count(*) AS seen, array_agg(c.id ORDER BY c.id) FILTER (WHERE c.due) AS due
              FROM (SELECT l.id, p.version IS NOT NULL AND v.current_version IS NOT NULL AND {unleased} AND {changed} AS due
                      FROM (SELECT * FROM faraday_bridge.issue_link l WHERE {active} AND l.id > :after
                             ORDER BY l.id LIMIT :size) l
                      LEFT JOIN {projects} LEFT JOIN {version}
                      LEFT JOIN faraday_bridge.followed_link f ON f.link_id = l.id) c"""))
                .param("keys", String.join(",", versions.keySet()))
                .param("versions", String.join(",", versions.values()))
                .param("after", id)
                .param("size", size)
                .query((row, n) ->
                        new Part(row.getLong("last"), row.getLong("seen"), Columns.list(row, "due", Long[].class)))
                .single();
    }

    /** The links whose vulnerabilities messages named. */
    List<Long> named(int most) {
        return jdbc.sql(SQL.in("""
            SELECT f.link_id FROM faraday_bridge.followed_link f
             WHERE f.named <> f.named_seen AND {unleased} ORDER BY f.link_id LIMIT :most""")).param("most", most).query(Long.class).list();
    }

    void name(int vulnerabilityId) {
        jdbc.sql("""
            UPDATE faraday_bridge.followed_link f SET named = f.named + 1
              FROM faraday_bridge.issue_link l
             WHERE l.id = f.link_id AND l.vulnerability_id = :vulnerability AND l.ended_at IS NULL""").param("vulnerability", vulnerabilityId).update();
    }

    /** Takes the leases of those links that are free, and of projects that follow. */
    List<FollowedLink> lease(Collection<Long> links, Map<String, String> versions) {
        UUID token = UUID.randomUUID();
        jdbc.sql(SQL.in("""
            INSERT INTO faraday_bridge.followed_link AS f (link_id, lease_token, lease_until)
            SELECT l.id, :token, clock_timestamp() + :lease * interval '1 second'
              FROM faraday_bridge.issue_link l JOIN {projects}
             WHERE l.id = ANY (:ids) AND {active} ORDER BY l.id
            ON CONFLICT (link_id) DO UPDATE SET lease_token = excluded.lease_token, lease_until = excluded.lease_until
             WHERE {unleased}"""))
                .param("keys", String.join(",", versions.keySet()))
                .param("versions", String.join(",", versions.values()))
                .param("ids", links.toArray(Long[]::new), Types.ARRAY)
                .param("token", token)
                .param("lease", LEASE.toSeconds())
                .update();
        return jdbc.sql(SQL.in("""
            SELECT f.*, l.vulnerability_id, l.project_key, l.issue_type, l.issue_id, l.issue_key, v.current_version,
                   EXISTS (SELECT FROM faraday_bridge.export_item i
                            WHERE i.vulnerability_id = l.vulnerability_id AND i.issue_id = l.issue_id) AS created
              FROM faraday_bridge.followed_link f JOIN faraday_bridge.issue_link l ON l.id = f.link_id JOIN {version}
             WHERE f.link_id = ANY (:ids) AND f.lease_token = :token ORDER BY f.link_id"""))
                .param("ids", links.toArray(Long[]::new), Types.ARRAY)
                .param("token", token)
                .query(FollowedLink::read)
                .list();
    }

    /** Before the call: what Jira may have taken, even if its answer is never saved. @return false if the lease is lost */
    boolean sending(FollowedLink link, Map<String, FollowedField> fields) {
        return jdbc.sql(SQL.in("""
            UPDATE faraday_bridge.followed_link f SET fields = :fields::jsonb, {leased-until} WHERE {held}"""))
                        .param("fields", Json.written(fields))
                        .param("lease", LEASE.toSeconds())
                        .param("id", link.id())
                        .param("token", link.token())
                        .update()
                == 1;
    }

    /** Saves that the vulnerability is followed as it was when the lease was taken, and ends the lease. */
    boolean done(FollowedLink link, String settings, Map<String, FollowedField> fields) {
        return jdbc.sql(SQL.in("""
            UPDATE faraday_bridge.followed_link f
               SET fields = :fields::jsonb, settings = :settings, row_version = :version, named_seen = :named,
                   rendered_at = now(), lease_token = NULL, lease_until = NULL, retry_at = NULL, attempts = 0
             WHERE {held}"""))
                        .param("fields", Json.written(fields))
                        .param("settings", settings)
                        .param("version", link.rowVersion())
                        .param("named", link.named())
                        .param("id", link.id())
                        .param("token", link.token())
                        .update()
                == 1;
    }

    /** Ends the lease; the link stays due. @param counts whether it is an attempt */
    void later(FollowedLink link, Duration pause, boolean counts) {
        jdbc.sql(SQL.in("""
            UPDATE faraday_bridge.followed_link f
               SET lease_token = NULL, lease_until = NULL, attempts = f.attempts + :counts,
                   retry_at = clock_timestamp() + :millis * interval '1 millisecond'
             WHERE {held}"""))
                .param("counts", counts ? 1 : 0)
                .param("millis", pause.toMillis())
                .param("id", link.id())
                .param("token", link.token())
                .update();
    }

    /** The values that new issues were created with, so that not even a change right after the creation is missed. */
    void created(int vulnerabilityId, String issueId, Map<String, FollowedField> fields) {
        jdbc.sql("""
            INSERT INTO faraday_bridge.followed_link (link_id, fields)
            SELECT l.id, :fields::jsonb FROM faraday_bridge.issue_link l
             WHERE l.vulnerability_id = :vulnerability AND l.issue_id = :issue AND l.ended_at IS NULL
            ON CONFLICT (link_id) DO NOTHING""")
                .param("fields", Json.written(fields))
                .param("vulnerability", vulnerabilityId)
                .param("issue", issueId)
                .update();
    }
}
