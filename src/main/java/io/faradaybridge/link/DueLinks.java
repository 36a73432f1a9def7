package io.faradaybridge.link;

import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.tables.SqlClauses;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds and leases due links. */
@Component
public class DueLinks {

    /** Also the conditions that a link is due, and the two joins that they need. */
    public static final SqlClauses SQL = LinkSql.SQL
            // the active projects and the versions of their mappings
            .with("projects", """
                unnest(string_to_array(:keys, ','), string_to_array(:versions, ',')) AS p (project_key, version)
                  ON p.project_key = l.project_key""")
            // forces one look-up by id for each link, however large PostgreSQL's planner estimates Faraday's table
            .with("shown", Vulnerabilities.SHOWN_SQL)
            .with("faraday", "LATERAL ({shown} WHERE sv.id = l.vulnerability_id OFFSET 0) v ON true")
            // the link's own row shows that it is due; each line has a partial index, and hinted_at is set if there are
            // unseen hints
            .with("announced", """
                (l.retry_at IS NOT NULL
                  OR l.driving_since IS NOT NULL AND l.blocked_at IS NULL
                  OR l.in_transit IS NOT NULL AND l.blocked_at IS NULL
                  OR l.hinted_at IS NOT NULL)""")
            // only Faraday's row v shows it: a changed status, also of a blocked link (L5), a deletion, another key
            .with("drifted", """
                (v.id IS NULL OR {other-key}
                  OR l.blocked_at IS NULL AND {faraday-moved}
                  OR l.blocked_at IS NOT NULL AND (v.status <> l.blocked_faraday
                    OR l.blocked_version <> p.version
                    OR {held} AND NOT EXISTS (
                       SELECT FROM faraday_bridge.project_switch s
                        WHERE s.project_key = l.project_key AND s.state <> 'on'
                          AND l.blocked_code = 'held-' || s.direction)
                    OR {blocked-by-workspace} AND (
                       SELECT w.active AND NOT w.readonly FROM workspace w WHERE w.id = v.workspace_id)))""");

    private final JdbcClient jdbc;
    private final FaradayComparison comparison;

    @Autowired
    DueLinks(JdbcClient jdbc) {
        this(jdbc, System::nanoTime);
    }

    DueLinks(JdbcClient jdbc, LongSupplier nanos) {
        this.jdbc = jdbc;
        this.comparison = new FaradayComparison(jdbc, nanos);
    }

    /**
     * Claims due links for the detector, each with its own lease: those with unseen hints, intentions without a holder
     * (L13), issues on their way (L14) and due retries, and of the links that are compared with Faraday in this turn,
     * those that differ from their pair or their block (L5).
     *
     * @param versions the mapping versions of the active projects, by key; links of other projects are not claimed
     * @param hintsApart whether links with unseen hints of Jira's side are left to {@link #claimHinted}
     */
    public List<LinkWork> claim(Map<String, String> versions, int limit, boolean hintsApart) {
        // a part of the limit is kept for changes that nothing announced
        List<LinkWork> claimed =
                new ArrayList<>(announced(hintsApart ? "l.hints = l.hints_seen" : "true", versions, limit - limit / 4));
        List<Long> drifted = comparison.drifted(versions, limit - claimed.size());
        if (!drifted.isEmpty()) {
            claimed.addAll(lease(drifted));
        }
        return claimed;
    }

    /** Claims only links with unseen hints of Jira's side. */
    public List<LinkWork> claimHinted(Map<String, String> versions, int limit) {
        return announced("l.hints <> l.hints_seen AND l.hinted_at IS NOT NULL", versions, limit);
    }

    private List<LinkWork> announced(String which, Map<String, String> versions, int limit) {
        return leased(jdbc.sql(SQL.with("which", which).in("""
            UPDATE faraday_bridge.issue_link SET lease_token = gen_random_uuid(), {until}
             WHERE id IN (SELECT l.id FROM faraday_bridge.issue_link l JOIN {projects}
                           WHERE {free} AND {announced} AND {which}
                           ORDER BY l.retry_at NULLS FIRST, l.id LIMIT :limit FOR UPDATE OF l SKIP LOCKED)
            RETURNING *"""))
                .param("keys", String.join(",", versions.keySet()))
                .param("versions", String.join(",", versions.values()))
                .param("limit", limit));
    }

    /** The rows may have changed since the comparison; the flow reads them again before it decides. */
    private List<LinkWork> lease(List<Long> ids) {
        return leased(jdbc.sql(SQL.in("""
            UPDATE faraday_bridge.issue_link SET lease_token = gen_random_uuid(), {until}
             WHERE id IN (SELECT l.id FROM faraday_bridge.issue_link l WHERE l.id = ANY (:ids) AND {free}
                           ORDER BY l.id FOR UPDATE OF l SKIP LOCKED)
            RETURNING *""")).param("ids", ids.toArray(Long[]::new), Types.ARRAY));
    }

    private List<LinkWork> leased(JdbcClient.StatementSpec claim) {
        return claim.param("lease", IssueLinks.LOOK_LEASE.toSeconds())
                .query((rs, n) -> leased(LinkRow.read(rs, n), rs.getObject("lease_token", UUID.class)))
                .list();
    }

    /** Work on unseen hints keeps the correlation id of the newest hint. */
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
