package io.faradaybridge.link;

import io.faradaybridge.link.decision.BlockReason;
import io.faradaybridge.link.decision.StatusPair;
import io.faradaybridge.tables.SqlClauses;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What several statements on {@code issue_link} share: conditions of an alias {@code l}, and changes by a holder. */
final class LinkSql {

    static final SqlClauses SQL = new SqlClauses()
            .with("unheld", "(l.lease_token IS NULL OR l.lease_until < clock_timestamp())")
            // nobody holds it, and its time has come
            .with("free", """
                l.ended_at IS NULL AND NOT l.adopt_due AND {unheld}
                 AND (l.retry_at IS NULL OR l.retry_at <= clock_timestamp())""")
            .with("hinted", "(l.hints <> l.hints_seen OR l.faraday_hints <> l.faraday_hints_seen)")
            .with(
                    "blocked-by-workspace",
                    "l.blocked_code IN ('" + BlockReason.WORKSPACE_READ_ONLY + "', '" + BlockReason.WORKSPACE_INACTIVE
                            + "')")
            .with("blocked-by-rights", "l.blocked_code = '" + BlockReason.NOT_PERMITTED + "'");

    static final String RELEASE = " lease_token = NULL, lease_until = NULL";
    static final String NO_INTENTION =
            " driving_from = NULL, driving_to_id = NULL, driving_to_name = NULL, driving_since = NULL";
    static final String NO_BLOCK =
            " blocked_reason = NULL, blocked_code = NULL, blocked_faraday = NULL, blocked_jira_id = NULL,"
                    + " blocked_jira_name = NULL, blocked_version = NULL, blocked_at = NULL";
    static final String NO_UNSEEN_DRIVE =
            " replaced_faraday = NULL, replaced_jira_id = NULL, replaced_jira_name = NULL,"
                    + " driven_over_id = NULL, driven_over_name = NULL, driven_at = NULL";
    static final String NO_RETRY = " retry_at = NULL, attempts = 0";
    static final String PAIR =
            " faraday_status = :f, jira_status_id = :jid, jira_status_name = :jname, settled_at = now(),"
                    // as adopted, until one side moves
                    + " as_adopted = as_adopted AND faraday_status = :f AND jira_status_id = :jid,"
                    + " differs_since_adoption = differs_since_adoption AND faraday_status = :f"
                    + " AND jira_status_id = :jid";
    static final String SEEN = " hints_seen = hints, faraday_hints_seen = faraday_hints, echo_hints = 0";
    static final String ECHOES_COUNT = " hints = hints + echo_hints, echo_hints = 0";
    static final String MINE = " WHERE id = :id AND lease_token = :token";
    /** L3: no hint came since the lease. */
    static final String AS_LEASED = " AND hints = :hints AND echo_hints = :echoes";

    private LinkSql() {}

    /** L1: an update that only the holder of the lease can make. */
    static JdbcClient.StatementSpec mine(JdbcClient jdbc, LinkWork work, String changes, String condition) {
        return jdbc.sql("UPDATE faraday_bridge.issue_link SET" + changes + MINE + condition)
                .param("id", work.link().id())
                .param("token", work.leaseToken());
    }

    static JdbcClient.StatementSpec pair(JdbcClient.StatementSpec update, StatusPair pair) {
        return update.param("f", pair.faraday().stored())
                .param("jid", pair.jira().id())
                .param("jname", pair.jira().name());
    }

    static Map<String, Long> leasedHints(LinkWork work) {
        return Map.of("hints", work.link().hints(), "echoes", work.link().echoHints());
    }
}
