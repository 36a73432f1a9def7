package io.faradaybridge.export.follow;

import io.faradaybridge.link.DueLinks;
import io.faradaybridge.tables.Columns;
import io.faradaybridge.tables.Json;
import io.faradaybridge.tables.RowLease;
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

    private static final SqlClauses SQL = RowLease.in(DueLinks.SQL)
            // every change of a row gives it another xmin; one look-up by id for each link, as in DueLinks
            .with("version", """
                LATERAL (SELECT v.xmin::text AS current_version FROM vulnerability v
                          WHERE v.id = l.vulnerability_id OFFSET 0) v ON true""")
            // what belongs to a vulnerability, such as its tags, may change without its row: hence the day
            .with("changed", """
                (f.row_version IS DISTINCT FROM v.current_version OR f.settings <> p.version
                  OR f.rendered_at < now() - interval '1 day')""")
            // the remote link that an issue has, or may have, by the bridge
            .with("linked-back", """
                coalesce(f.fields -> 'remote link' ->> 'sent', f.fields -> 'remote link' ->> 'sending') IS NOT NULL""");

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
             WHERE f.named <> f.named_seen AND NOT f.ended AND {unleased} ORDER BY f.link_id LIMIT :most""")).param("most", most).query(Long.class).list();
    }

    void name(int vulnerabilityId) {
        jdbc.sql("""
            UPDATE faraday_bridge.followed_link f SET named = f.named + 1
              FROM faraday_bridge.issue_link l
             WHERE l.id = f.link_id AND l.vulnerability_id = :vulnerability AND l.ended_at IS NULL""").param("vulnerability", vulnerabilityId).update();
    }

    /**
     * Takes the leases of those links that are free, and of projects that follow. A vulnerability that was unlinked and
     * linked to the same issue again waits until the remote link of its former link is removed.
     */
    List<FollowedLink> lease(Collection<Long> links, Map<String, String> versions) {
        UUID token = UUID.randomUUID();
        jdbc.sql(SQL.in("""
            INSERT INTO faraday_bridge.followed_link AS f (link_id, lease_token, lease_until)
            SELECT l.id, :token, clock_timestamp() + :lease * interval '1 second'
              FROM faraday_bridge.issue_link l JOIN {projects}
             WHERE l.id = ANY (:ids) AND {active}
               AND NOT EXISTS (SELECT FROM faraday_bridge.followed_link e JOIN faraday_bridge.issue_link el ON el.id = e.link_id
                                WHERE e.ended AND el.vulnerability_id = l.vulnerability_id AND el.issue_id = l.issue_id)
             ORDER BY l.id
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
                   rendered_at = now(), {unlease}, retry_at = NULL, attempts = 0
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

    /** Ends the lease; the link stays due. @param counts whether it is an attempt @return false if the lease is lost */
    boolean later(FollowedLink link, Map<String, FollowedField> fields, Duration pause, boolean counts) {
        return jdbc.sql(SQL.in("""
            UPDATE faraday_bridge.followed_link f SET fields = :fields::jsonb, {put-off} WHERE {held}"""))
                        .param("fields", Json.written(fields))
                        .param("counts", counts ? 1 : 0)
                        .param("millis", pause.toMillis())
                        .param("id", link.id())
                        .param("token", link.token())
                        .update()
                == 1;
    }

    /** The rows of the vulnerability's ended links: only those whose issues have the remote link stay, to be worked on. */
    void end(int vulnerabilityId) {
        jdbc.sql(SQL.in("""
            UPDATE faraday_bridge.followed_link f SET ended = true, attempts = 0
              FROM faraday_bridge.issue_link l
             WHERE l.id = f.link_id AND l.vulnerability_id = :vulnerability AND l.ended_at IS NOT NULL
               AND {linked-back} AND NOT f.ended""")).param("vulnerability", vulnerabilityId).update();
        jdbc.sql("""
            DELETE FROM faraday_bridge.followed_link f USING faraday_bridge.issue_link l
             WHERE l.id = f.link_id AND l.vulnerability_id = :vulnerability AND l.ended_at IS NOT NULL
               AND NOT f.ended""").param("vulnerability", vulnerabilityId).update();
    }

    /** Takes the leases of ended links. */
    List<FollowedLink> leaseEnded(int most) {
        return jdbc.sql(SQL.in("""
            UPDATE faraday_bridge.followed_link f SET lease_token = :token, {leased-until}
              FROM faraday_bridge.issue_link l
             WHERE l.id = f.link_id
               AND f.link_id IN (SELECT f.link_id FROM faraday_bridge.followed_link f WHERE f.ended AND {unleased}
                                  ORDER BY f.link_id LIMIT :most FOR UPDATE SKIP LOCKED)
            RETURNING f.*, l.vulnerability_id, l.project_key, l.issue_type, l.issue_id, l.issue_key,
                      '' AS current_version, false AS created"""))
                .param("token", UUID.randomUUID())
                .param("lease", LEASE.toSeconds())
                .param("most", most)
                .query(FollowedLink::read)
                .list();
    }

    /** @return false if the lease is lost */
    boolean delete(FollowedLink link) {
        return jdbc.sql(SQL.in("DELETE FROM faraday_bridge.followed_link f WHERE {held}"))
                        .param("id", link.id())
                        .param("token", link.token())
                        .update()
                == 1;
    }

    /**
     * The values that new issues were created with, so that not even a change right after the creation is missed.
     *
     * @param due whether something is to be sent at once
     */
    void created(int vulnerabilityId, String issueId, Map<String, FollowedField> fields, boolean due) {
        jdbc.sql("""
            INSERT INTO faraday_bridge.followed_link (link_id, fields, named)
            SELECT l.id, :fields::jsonb, :named FROM faraday_bridge.issue_link l
             WHERE l.vulnerability_id = :vulnerability AND l.issue_id = :issue AND l.ended_at IS NULL
            ON CONFLICT (link_id) DO NOTHING""")
                .param("fields", Json.written(fields))
                .param("vulnerability", vulnerabilityId)
                .param("issue", issueId)
                .param("named", due ? 1 : 0)
                .update();
    }
}
