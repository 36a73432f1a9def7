package io.faradaybridge.link.existing;

import io.faradaybridge.link.LinkSql;
import io.faradaybridge.tables.ItemState;
import io.faradaybridge.tables.SqlClauses;
import java.sql.Types;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keys in Faraday's column issuetracker without a link, and why some of them cannot be adopted. Faraday has no index on
 * that column, so each search reads its whole table; nothing here writes to it.
 */
@Component
public class UnadoptedKeys {

    public static final String NOT_VISIBLE = "not-visible";
    public static final String MOVED_AWAY = "moved-away";
    public static final String SHARED = "shared";

    public static final SqlClauses SQL = LinkSql.SQL
            // text in the form of a Jira key; any other text in the column is not the bridge's
            .with("key", "substring(btrim(v.issuetracker) FROM '^[A-Z][A-Z0-9_]+-[0-9]{1,18}$')")
            .with("project", "substring(btrim(v.issuetracker) FROM '^([A-Z][A-Z0-9_]+)-[0-9]{1,18}$')")
            .with("foreign", "({key} IS NULL OR {project} <> ALL (:projects))")
            .with("link", "faraday_bridge.issue_link l ON l.vulnerability_id = v.id AND {active}")
            // the link of the issue that record r names, which is another vulnerability's
            .with("linked", "SELECT * FROM faraday_bridge.issue_link l WHERE l.issue_id = r.issue_id AND {active}")
            .with("shared", "LATERAL ({linked}) s ON true")
            // the stored reason, as long as Faraday has that key and the reason is still valid
            .with("record", """
                faraday_bridge.unadopted_key r ON r.vulnerability_id = v.id AND r.issue_key = btrim(v.issuetracker)
                 AND (r.code <> 'shared' OR EXISTS ({linked}))""")
            // the states of a running or unknown export, whose issue has precedence
            .with("open", ItemState.SQL.in("{open}"));

    /** How long Jira's answer that a key does not exist is valid. */
    private static final Duration ASKED_AGAIN = Duration.ofDays(1);

    private final JdbcClient jdbc;

    UnadoptedKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param key the key in Faraday, without outer blanks */
    public record Candidate(int vulnerabilityId, String key) {}

    /**
     * The next keys to adopt, in the order of the vulnerabilities' ids; so of several with one key the oldest is
     * linked.
     */
    public List<Candidate> next(Collection<String> projects, int after, int limit) {
        return jdbc.sql(SQL.in("""
            SELECT v.id, {key} AS issue_key FROM vulnerability v LEFT JOIN {record}
             WHERE v.id > :after AND v.issuetracker <> '' AND {project} = ANY (:projects)
               AND (r.code IS NULL OR r.code <> 'shared' AND r.at < now() - :again * interval '1 second')
               AND NOT EXISTS (SELECT FROM faraday_bridge.issue_link l WHERE l.vulnerability_id = v.id AND {active})
               AND NOT EXISTS (SELECT FROM faraday_bridge.export_item i
                                WHERE i.vulnerability_id = v.id AND i.state IN {open})
             ORDER BY v.id LIMIT :limit"""))
                .param("after", after)
                .param("projects", projects.toArray(String[]::new), Types.ARRAY)
                .param("again", ASKED_AGAIN.toSeconds())
                .param("limit", limit)
                .query((rs, n) -> new Candidate(rs.getInt("id"), rs.getString("issue_key")))
                .list();
    }

    /**
     * Stores why a key cannot be adopted. @param issueId the issue that is already linked; null if Jira denied the key
     */
    public void deny(Candidate candidate, String code, String reason, @Nullable String issueId) {
        jdbc.sql("""
                        INSERT INTO faraday_bridge.unadopted_key AS k (vulnerability_id, issue_key, code, reason, issue_id)
                        VALUES (:v, :key, :code, :reason, :issue)
                        ON CONFLICT (vulnerability_id) DO UPDATE SET issue_key = excluded.issue_key,
                               code = excluded.code, reason = excluded.reason, issue_id = excluded.issue_id, at = now()""")
                .param("v", candidate.vulnerabilityId())
                .param("key", candidate.key())
                .param("code", code)
                .param("reason", reason)
                .param("issue", issueId)
                .update();
    }

    /** Removes the stored reason, because the vulnerability is linked. */
    void forget(int vulnerabilityId) {
        jdbc.sql("DELETE FROM faraday_bridge.unadopted_key WHERE vulnerability_id = :v")
                .param("v", vulnerabilityId)
                .update();
    }

    /** Removes all denials, so that Jira is asked again. */
    public void forgetDenials() {
        jdbc.sql("DELETE FROM faraday_bridge.unadopted_key WHERE code <> 'shared'")
                .update();
    }

    /** Removes the reasons for deleted vulnerabilities. */
    public void tidy() {
        jdbc.sql("""
            DELETE FROM faraday_bridge.unadopted_key r
             WHERE NOT EXISTS (SELECT FROM vulnerability v WHERE v.id = r.vulnerability_id)""").update();
    }

    /** The state of a running export of the vulnerability, or null. */
    public @Nullable ItemState exporting(int vulnerabilityId) {
        return jdbc.sql(SQL.in("""
            SELECT i.state FROM faraday_bridge.export_item i WHERE i.vulnerability_id = :v AND i.state IN {open}"""))
                .param("v", vulnerabilityId)
                .query(String.class)
                .optional()
                .map(ItemState::of)
                .orElse(null);
    }

    /** Those of the vulnerabilities of which an export is running. */
    public Set<Integer> exporting(Collection<Integer> vulnerabilityIds) {
        return Set.copyOf(jdbc.sql(SQL.in("""
            SELECT DISTINCT i.vulnerability_id FROM faraday_bridge.export_item i
             WHERE i.vulnerability_id = ANY (:ids) AND i.state IN {open}"""))
                .param("ids", vulnerabilityIds.toArray(Integer[]::new), Types.ARRAY)
                .query(Integer.class)
                .list());
    }
}
