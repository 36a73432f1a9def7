package io.faradaybridge.link;

import io.faradaybridge.link.decision.BlockReason;
import io.faradaybridge.link.decision.StatusPair;
import io.faradaybridge.tables.SqlClauses;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The clauses that statements on {@code issue_link l} share: conditions, and changes by the holder of the lease. */
public final class LinkSql {

    public static final SqlClauses SQL = new SqlClauses()
            .with("active", "l.ended_at IS NULL")
            .with("unheld", "(l.lease_token IS NULL OR l.lease_until < clock_timestamp())")
            // nobody holds it, and its time has come
            .with("free", """
                {active} AND NOT l.adopt_due AND {unheld}
                 AND (l.retry_at IS NULL OR l.retry_at <= clock_timestamp())""")
            .with("hinted", "(l.hints <> l.hints_seen OR l.faraday_hints <> l.faraday_hints_seen)")
            // by its own row there is nothing to do about it
            .with("quiet", """
                l.blocked_at IS NULL AND l.retry_at IS NULL AND l.driving_since IS NULL AND l.in_transit IS NULL
                 AND NOT l.adopt_due AND NOT {hinted}""")
            // Faraday's row v has another status or another key
            .with("faraday-moved", "v.status::text <> l.faraday_status")
            .with("other-key", """
                (v.issuetracker <> l.issue_key AND lower(btrim(v.issuetracker)) <> lower(l.issue_key))""")
            .with(
                    "blocked-by-workspace",
                    "l.blocked_code IN ('" + BlockReason.WORKSPACE_READ_ONLY + "', '" + BlockReason.WORKSPACE_INACTIVE
                            + "')")
            // its decision waits for a direction that is switched off, or asks
            .with("held", "(l.blocked_at IS NOT NULL AND l.blocked_code LIKE '" + BlockReason.HELD + "%')")
            .with(
                    "blocked",
                    "(l.blocked_at IS NOT NULL AND coalesce(l.blocked_code, '') NOT LIKE '" + BlockReason.HELD + "%')")
            .with("blocked-by-rights", "l.blocked_code = '" + BlockReason.NOT_PERMITTED + "'")
            .with("mine", "l.id = :id AND l.lease_token = :token")
            // L3: no hint came since the lease
            .with("as-leased", "l.hints = :hints AND l.echo_hints = :echoes")
            // L3: the row with the hints that the look has covered; of two columns with one name the first is read
            .with("looked", ":hints AS hints, :echoes AS echo_hints, l.*")
            .with("until", "lease_until = clock_timestamp() + :lease * interval '1 second'")
            .with("release", "lease_token = NULL, lease_until = NULL")
            .with("no-intention", """
                driving_from = NULL, driving_to_id = NULL, driving_to_name = NULL, driving_since = NULL,
                driving_in_transit = NULL""")
            .with("no-block", """
                blocked_reason = NULL, blocked_code = NULL, blocked_faraday = NULL, blocked_jira_id = NULL,
                blocked_jira_name = NULL, blocked_version = NULL, blocked_at = NULL""")
            .with("no-unseen-drive", """
                replaced_faraday = NULL, replaced_jira_id = NULL, replaced_jira_name = NULL,
                replaced_in_transit = NULL, driven_over_id = NULL, driven_over_name = NULL, driven_at = NULL,
                driven_way = NULL""")
            .with("no-retry", "retry_at = NULL, attempts = 0")
            // as adopted, until one side moves
            .with("pair", """
                faraday_status = :f, jira_status_id = :jid, jira_status_name = :jname, in_transit = :transit,
                settled_at = now(),
                as_adopted = as_adopted AND faraday_status = :f AND jira_status_id = :jid,
                differs_since_adoption = differs_since_adoption AND faraday_status = :f AND jira_status_id = :jid""")
            .with("seen", "hints_seen = hints, faraday_hints_seen = faraday_hints, echo_hints = 0")
            .with("echoes-count", "hints = hints + echo_hints, echo_hints = 0");

    private LinkSql() {}

    /** @param update names {@code {mine}}, so that only the holder of the lease can make it (L1) */
    static JdbcClient.StatementSpec mine(JdbcClient jdbc, LinkWork work, String update) {
        return jdbc.sql(SQL.in(update))
                .param("id", work.link().id())
                .param("token", work.leaseToken())
                .param("hints", work.link().hints())
                .param("echoes", work.link().echoHints());
    }

    /** The parameters of a pair. */
    static Map<String, @Nullable String> pair(StatusPair pair) {
        Map<String, @Nullable String> parameters = new HashMap<>();
        parameters.put("f", pair.faraday().stored());
        parameters.put("jid", pair.jira().id());
        parameters.put("jname", pair.jira().name());
        parameters.put("transit", pair.transit() == null ? null : pair.transit().stored());
        return parameters;
    }
}
