package io.faradaybridge.link;

import io.faradaybridge.faraday.Vulnerabilities;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The links that are due, leased for whoever asks. */
@Component
public class DueLinks {

    /** Links with work to do that nobody has in hand, of the projects named by {@code :keys} and {@code :versions}. */
    static final String DUE = """

             FROM faraday_bridge.issue_link l
             JOIN unnest(string_to_array(:keys, ','), string_to_array(:versions, ','))
                  AS p (project_key, version) ON p.project_key = l.project_key
             LEFT JOIN (""" + Vulnerabilities.STATUS_SQL + """
             ) v ON v.id = l.vulnerability_id
            WHERE l.ended_at IS NULL AND NOT l.adopt_due
              AND (l.lease_token IS NULL OR l.lease_until < clock_timestamp())
              AND (l.retry_at IS NULL OR l.retry_at <= clock_timestamp())
              AND (l.retry_at IS NOT NULL
                OR l.driving_since IS NOT NULL AND l.blocked_at IS NULL
                OR l.hints <> l.hints_seen
                OR l.faraday_hints <> l.faraday_hints_seen
                OR v.id IS NULL
                OR lower(btrim(v.issuetracker)) <> lower(l.issue_key)
                OR l.blocked_at IS NULL AND v.status <> l.faraday_status
                OR l.blocked_at IS NOT NULL AND (v.status <> l.blocked_faraday
                  OR l.blocked_version <> p.version
                  OR l.blocked_code IN ('workspace-read-only', 'workspace-inactive') AND v.writable))
            """;

    private final JdbcClient jdbc;

    DueLinks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Claims due links for the detector, each with a lease of its own: unseen hints, drift, intentions without a holder
     * (L13), retries, and blocked links whose mark no longer stands (L5).
     *
     * @param versions the mapping versions of the projects at work, by key; links of other projects rest
     */
    public List<LinkWork> claim(Map<String, String> versions, int limit) {
        return jdbc.sql("""
                        UPDATE faraday_bridge.issue_link
                           SET lease_token = gen_random_uuid(),
                               lease_until = clock_timestamp() + :lease * interval '1 second'
                         WHERE id IN (
                           SELECT l.id""" + DUE + """
                            ORDER BY l.retry_at NULLS FIRST, l.id
                            LIMIT :limit
                              FOR UPDATE OF l SKIP LOCKED)
                        RETURNING *""")
                .param("lease", IssueLinks.LOOK_LEASE.toSeconds())
                .param("keys", String.join(",", versions.keySet()))
                .param("versions", String.join(",", versions.values()))
                .param("limit", limit)
                .query((rs, n) -> leased(LinkRow.read(rs, n), rs.getObject("lease_token", UUID.class)))
                .list();
    }

    /** A link with unseen hints goes on under the newest hint's id, so that the story stays one. */
    private static LinkWork leased(IssueLink link, UUID token) {
        String ofHint = link.hintCorrelation();
        return LinkWork.leased(
                link,
                token,
                ofHint != null && link.hints() != link.hintsSeen()
                        ? ofHint
                        : UUID.randomUUID().toString());
    }
}
