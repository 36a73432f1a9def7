package io.faradaybridge.link;

import io.faradaybridge.link.decision.BlockReason;
import io.faradaybridge.tables.SqlClauses;

/** Conditions on {@code issue_link l} that several statements share. */
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

    private LinkSql() {}
}
