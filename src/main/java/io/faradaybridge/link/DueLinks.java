package io.faradaybridge.link;

import io.faradaybridge.faraday.Vulnerabilities;
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

    /** The active projects and the versions of their mappings, as parameters {@code :keys} and {@code :versions}. */
    public static final String PROJECTS = " unnest(string_to_array(:keys, ','), string_to_array(:versions, ','))"
            + " AS p (project_key, version) ON p.project_key = l.project_key ";

    /** Not leased, and no retry is planned for later. */
    public static final String FREE = LinkSql.SQL.in(" {free} ");

    /**
     * The link's own row shows that it is due. Each line has a partial index; hinted_at is set if there are unseen
     * hints.
     */
    public static final String ANNOUNCED = """
        (l.retry_at IS NOT NULL
          OR l.driving_since IS NOT NULL AND l.blocked_at IS NULL
          OR l.hinted_at IS NOT NULL)
        """;

    /**
     * Only Faraday's row {@code v} shows that the link is due: a changed status, also of a blocked link (L5), a
     * deletion, another key.
     */
    public static final String DRIFTED = LinkSql.SQL.in("""
        (v.id IS NULL
          OR v.issuetracker <> l.issue_key AND lower(btrim(v.issuetracker)) <> lower(l.issue_key)
          OR l.blocked_at IS NULL AND v.status <> l.faraday_status
          OR l.blocked_at IS NOT NULL AND (v.status <> l.blocked_faraday
            OR l.blocked_version <> p.version
            OR {blocked-by-workspace} AND (
               SELECT w.active AND NOT w.readonly FROM workspace w WHERE w.id = v.workspace_id)))
        """);

    /** Forces one look-up by id for each link, however large PostgreSQL's planner estimates Faraday's table. */
    public static final String FARADAY = " LEFT JOIN LATERAL (" + Vulnerabilities.SHOWN_SQL
            + " WHERE sv.id = l.vulnerability_id OFFSET 0) v ON true ";

    private static final String LEASE = """
        UPDATE faraday_bridge.issue_link
           SET lease_token = gen_random_uuid(), lease_until = clock_timestamp() + :lease * interval '1 second'
         WHERE id IN (SELECT l.id FROM faraday_bridge.issue_link l\
        """;

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
     * (L13) and due retries, and of the links that are compared with Faraday in this turn, those that differ from their
     * pair or their block (L5).
     *
     * @param versions the mapping versions of the active projects, by key; links of other projects are not claimed
     */
    public List<LinkWork> claim(Map<String, String> versions, int limit) {
        // a part of the limit is kept for changes that nothing announced
        List<LinkWork> claimed = new ArrayList<>(announced(versions, limit - limit / 4));
        List<Long> drifted = comparison.drifted(versions, limit - claimed.size());
        if (!drifted.isEmpty()) {
            claimed.addAll(lease(drifted));
        }
        return claimed;
    }

    private List<LinkWork> announced(Map<String, String> versions, int limit) {
        return leased(jdbc.sql(LEASE + " JOIN" + PROJECTS + "WHERE " + FREE + " AND " + ANNOUNCED
                        + " ORDER BY l.retry_at NULLS FIRST, l.id LIMIT :limit FOR UPDATE OF l SKIP LOCKED)"
                        + " RETURNING *")
                .param("keys", String.join(",", versions.keySet()))
                .param("versions", String.join(",", versions.values()))
                .param("limit", limit));
    }

    /** The rows may have changed since the comparison; the flow reads them again before it decides. */
    private List<LinkWork> lease(List<Long> ids) {
        return leased(jdbc.sql(LEASE + " WHERE l.id = ANY (:ids) AND " + FREE
                        + " ORDER BY l.id FOR UPDATE OF l SKIP LOCKED) RETURNING *")
                .param("ids", ids.toArray(Long[]::new), Types.ARRAY));
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
