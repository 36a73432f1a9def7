package io.faradaybridge.link;

import static io.faradaybridge.link.IssueLinks.CALL_LEASE;
import static io.faradaybridge.link.LinkSql.mine;
import static io.faradaybridge.link.LinkSql.pair;

import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.link.decision.StatusPair;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The statements for drives on the table {@code issue_link}: the intention before the call, the pair after it, and
 * whether the move was seen (L15).
 */
@Component
class LinkDrives {

    private final JdbcClient jdbc;

    LinkDrives(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * L7: after the 204 of its own transition the bridge sets the pair to what was driven. Only here may it ignore
     * hints with the target status (L4). The pair before is kept until a look sees the issue in its new status (L15); that
     * before the first hop, if one hop follows the other unseen (L14).
     *
     * @param over the status of Jira that the drive started from
     * @param at when the call began, by Jira's clock
     * @return the row as it is then; empty if the lease is not ours any more
     */
    Optional<IssueLink> settleDriven(LinkWork work, IssueLink.Intention driven, JiraStatus over, Instant at) {
        return mine(jdbc, work, """
            UPDATE faraday_bridge.issue_link l
               SET {pair}, replaced_faraday = coalesce(replaced_faraday, faraday_status),
                   replaced_jira_id = coalesce(replaced_jira_id, jira_status_id),
                   replaced_jira_name = coalesce(replaced_jira_name, jira_status_name),
                   replaced_in_transit = CASE WHEN driven_at IS NULL THEN in_transit ELSE replaced_in_transit END,
                   driven_over_id = :oid, driven_over_name = :oname, driven_at = coalesce(driven_at, :at),
                   driven_way = array_append(driven_way, :key), echo_hints = 0, {no-intention}, {no-block}, {no-retry}
             WHERE {mine} RETURNING *""")
                .params(pair(driven.pair()))
                .param("key", driven.to().key())
                .param("oid", over.id())
                .param("oname", over.name())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(LinkRow::read)
                .optional();
    }

    /**
     * L9: the bridge's own transition was found in the changelog. Hints that equal its echo count as hints again, and
     * those before the look are covered by it.
     */
    Optional<IssueLink> settleFound(LinkWork work, IssueLink.Intention found) {
        return mine(jdbc, work, """
            UPDATE faraday_bridge.issue_link l SET {pair}, unmoved = 0, {echoes-count}, {no-intention}
             WHERE {mine} RETURNING :hints + :echoes AS hints, 0 AS echo_hints, l.*""")
                .params(pair(found.pair()))
                .query(LinkRow::read)
                .optional();
    }

    /**
     * L8, L10, L12: saves the intention and renews the lease for the call, unless the lease has ended or a hint came.
     * Never while there is an unseen drive (L15), except for the next hop of a way (L14).
     *
     * @param pair what the transition makes the pair (L7)
     */
    Optional<IssueLink> intend(LinkWork work, StatusPair pair) {
        return mine(jdbc, work, """
            UPDATE faraday_bridge.issue_link l
               SET driving_from = :f, driving_to_id = :jid, driving_to_name = :jname, driving_since = clock_timestamp(),
                   driving_in_transit = :transit, {until}, {no-block}
             WHERE {mine} AND l.lease_until > clock_timestamp() AND {as-leased}
               AND (l.driven_at IS NULL OR l.in_transit IS NOT NULL)
            RETURNING *""")
                .params(pair(pair))
                .param("lease", CALL_LEASE.toSeconds())
                .query(LinkRow::read)
                .optional();
    }

    /** A definite refusal: the transition did not happen and will not (L8). The lease stays. */
    void dropIntention(LinkWork work) {
        mine(jdbc, work, "UPDATE faraday_bridge.issue_link l SET {echoes-count}, {no-intention} WHERE {mine}")
                .update();
    }

    /** Links with an unseen drive that are neither leased nor due. */
    List<IssueLink> waiting(Collection<String> projectKeys) {
        return jdbc.sql(LinkSql.SQL.in("""
            SELECT l.* FROM faraday_bridge.issue_link l
             WHERE {active} AND l.driven_at IS NOT NULL AND l.blocked_at IS NULL AND {unheld}
               AND l.hints = l.hints_seen AND l.project_key IN (:projects)
             ORDER BY l.id"""))
                .param("projects", projectKeys)
                .query(LinkRow::read)
                .list();
    }

    /**
     * The issue was seen in its new status. Every worker may save this, even without the lease, because it stays true.
     */
    Optional<IssueLink> seen(IssueLink link, IssueLink.UnseenDrive drive) {
        return ofDrive("""
            UPDATE faraday_bridge.issue_link l SET unmoved = 0, {no-unseen-drive}
             WHERE {drive} RETURNING {looked}""", link, drive).query(LinkRow::read).optional();
    }

    /**
     * Jira moved nothing, so an earlier pair is valid again. Only the holder may save this (L1), and it decides again at
     * once.
     */
    Optional<IssueLink> unmoved(LinkWork work, IssueLink.UnseenDrive drive, StatusPair valid) {
        return ofDrive("""
            UPDATE faraday_bridge.issue_link l
               SET faraday_status = :f, jira_status_id = :jid, jira_status_name = :jname, in_transit = :transit,
                   unmoved = unmoved + 1, {no-unseen-drive}
             WHERE {drive} AND {mine} RETURNING {looked}""", work.link(), drive)
                .params(pair(valid))
                .param("token", work.leaseToken())
                .query(LinkRow::read)
                .optional();
    }

    /** The row as it is now, if another worker was faster to save what this look has seen. */
    Optional<IssueLink> looked(LinkWork work) {
        return mine(jdbc, work, "SELECT {looked} FROM faraday_bridge.issue_link l WHERE {mine}")
                .query(LinkRow::read)
                .optional();
    }

    /** Leaves a hint, so that Jira itself is asked. */
    boolean ask(IssueLink link, IssueLink.UnseenDrive drive, String correlationId) {
        return ofDrive("""
            UPDATE faraday_bridge.issue_link l SET hints = hints + 1, {of-the-sweep}
             WHERE {drive}""", link, drive).param("correlation", correlationId).update() == 1;
    }

    /** The condition names the drive and its hops, since there may be a newer drive or another hop. */
    private JdbcClient.StatementSpec ofDrive(String update, IssueLink link, IssueLink.UnseenDrive drive) {
        return jdbc.sql(Hints.SQL.with("drive", """
                            l.id = :id AND {active} AND l.driven_at = :driven
                             AND coalesce(cardinality(l.driven_way), 0) = :hops""").in(update))
                .param("id", link.id())
                .param("hints", link.hints())
                .param("echoes", link.echoHints())
                .param("driven", drive.at().atOffset(ZoneOffset.UTC))
                .param("hops", drive.way().size());
    }
}
