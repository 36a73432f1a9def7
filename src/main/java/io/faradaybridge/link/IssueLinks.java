package io.faradaybridge.link;

import static io.faradaybridge.link.LinkSql.SQL;
import static io.faradaybridge.link.LinkSql.mine;
import static io.faradaybridge.link.LinkSql.pair;
import static io.faradaybridge.tables.Columns.column;

import io.faradaybridge.link.decision.StatusPair;
import io.faradaybridge.tables.Columns;
import java.sql.ResultSet;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table {@code issue_link}, with the protocol's rules in its statements. All times are the database's (L2). Every
 * update by a holder names its lease token (L1) and answers whether the lease was still held, or the row that it wrote.
 */
@Component
public class IssueLinks {

    /** Long enough for a look: one read of Jira with its deadline, and the bridge's own statements. */
    static final Duration LOOK_LEASE = Duration.ofSeconds(60);

    /** L11: the call's deadline (30 s), 90 s in which Jira may go on after a broken connection, and a margin. */
    static final Duration CALL_LEASE = Duration.ofSeconds(130);

    private final JdbcClient jdbc;

    IssueLinks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public long add(NewLink link) {
        return addAll(List.of(link)).keySet().iterator().next();
    }

    /** @return the issues' keys by the ids of their new links */
    public Map<Long, String> addAll(List<NewLink> links) {
        Map<Long, String> added = new LinkedHashMap<>();
        jdbc.sql("""
            INSERT INTO faraday_bridge.issue_link (vulnerability_id, workspace_id, project_key, issue_type, issue_id,
                   issue_key, faraday_status, jira_status_id, jira_status_name)
            SELECT * FROM unnest(:vulnerabilities::integer[], :workspaces::integer[], :projects::text[], :types::text[],
                   :issues::text[], :keys::text[], :faraday::text[], :jiraIds::text[], :jiraNames::text[])
            RETURNING id, issue_key\
            """)
                .param("vulnerabilities", column(links, NewLink::vulnerabilityId, Integer[]::new), Types.ARRAY)
                .param("workspaces", column(links, NewLink::workspaceId, Integer[]::new), Types.ARRAY)
                .param("projects", column(links, NewLink::projectKey, String[]::new), Types.ARRAY)
                .param("types", column(links, NewLink::issueType, String[]::new), Types.ARRAY)
                .param("issues", column(links, NewLink::issueId, String[]::new), Types.ARRAY)
                .param("keys", column(links, NewLink::issueKey, String[]::new), Types.ARRAY)
                .param("faraday", column(links, link -> link.agreed().faraday().stored(), String[]::new), Types.ARRAY)
                .param("jiraIds", column(links, link -> link.agreed().jira().id(), String[]::new), Types.ARRAY)
                .param("jiraNames", column(links, link -> link.agreed().jira().name(), String[]::new), Types.ARRAY)
                .query((ResultSet row) -> {
                    added.put(row.getLong("id"), row.getString("issue_key"));
                });
        return added;
    }

    public Optional<IssueLink> find(long id) {
        return jdbc.sql("SELECT * FROM faraday_bridge.issue_link WHERE id = :id")
                .param("id", id)
                .query(LinkRow::read)
                .optional();
    }

    /** The number of active links. */
    public int count() {
        return jdbc.sql(SQL.in("SELECT count(*) FROM faraday_bridge.issue_link l WHERE {active}"))
                .query(Integer.class)
                .single();
    }

    public Optional<IssueLink> ofVulnerability(int vulnerabilityId) {
        return jdbc.sql(SQL.in("SELECT * FROM faraday_bridge.issue_link l WHERE l.vulnerability_id = :v AND {active}"))
                .param("v", vulnerabilityId)
                .query(LinkRow::read)
                .optional();
    }

    /** The issues' keys of those vulnerabilities that have a link. */
    public Map<Integer, String> keys(Collection<Integer> vulnerabilityIds) {
        Map<Integer, String> keys = new HashMap<>();
        jdbc.sql(SQL.in("""
            SELECT l.vulnerability_id, l.issue_key FROM faraday_bridge.issue_link l
             WHERE l.vulnerability_id = ANY (:ids) AND {active}"""))
                .param("ids", vulnerabilityIds.toArray(Integer[]::new), Types.ARRAY)
                .query((ResultSet row) -> {
                    keys.put(row.getInt("vulnerability_id"), row.getString("issue_key"));
                });
        return keys;
    }

    /** Those that prevent a link between one of the vulnerabilities and one of the issues. */
    public List<IssueLink> ofEither(Collection<Integer> vulnerabilityIds, Collection<String> issueIds) {
        return jdbc.sql(SQL.in("""
            SELECT * FROM faraday_bridge.issue_link l
             WHERE {active} AND (l.vulnerability_id = ANY (:vulnerabilities) OR l.issue_id = ANY (:issues))
             ORDER BY l.id"""))
                .param("vulnerabilities", vulnerabilityIds.toArray(Integer[]::new), Types.ARRAY)
                .param("issues", issueIds.toArray(String[]::new), Types.ARRAY)
                .query(LinkRow::read)
                .list();
    }

    public List<IssueLink> ofIssues(Collection<String> issueIds) {
        return jdbc.sql(SQL.in("SELECT * FROM faraday_bridge.issue_link l WHERE l.issue_id IN (:ids) AND {active}"))
                .param("ids", issueIds)
                .query(LinkRow::read)
                .list();
    }

    /** L1: leases the link; empty if another worker holds it or a retry is planned for later. */
    Optional<IssueLink> lease(long id, UUID token) {
        return jdbc.sql(SQL.in("""
            UPDATE faraday_bridge.issue_link l SET lease_token = :token, {until}
             WHERE l.id = :id AND {free} RETURNING *"""))
                .param("id", id)
                .param("token", token)
                .param("lease", LOOK_LEASE.toSeconds())
                .query(LinkRow::read)
                .optional();
    }

    /** Reads the row and locks it for the transaction; empty if the lease was lost. */
    Optional<IssueLink> held(long id, UUID token) {
        return jdbc.sql(SQL.in("SELECT * FROM faraday_bridge.issue_link l WHERE {mine} FOR UPDATE"))
                .param("id", id)
                .param("token", token)
                .query(LinkRow::read)
                .optional();
    }

    /**
     * Like {@link #held}, and renews the lease for another look (L10). A longer lease of a call is not shortened (L11).
     */
    Optional<IssueLink> heldAnew(long id, UUID token) {
        return jdbc.sql(SQL.in("""
            UPDATE faraday_bridge.issue_link l
               SET lease_until = greatest(lease_until, clock_timestamp() + :lease * interval '1 second')
             WHERE {mine} RETURNING *"""))
                .param("lease", LOOK_LEASE.toSeconds())
                .param("id", id)
                .param("token", token)
                .query(LinkRow::read)
                .optional();
    }

    /** L3: sets the pair to {@code agreed} and the leased hints as seen; clears intention, block and lease. */
    boolean settle(LinkWork work, StatusPair agreed) {
        return mine(jdbc, work, """
            UPDATE faraday_bridge.issue_link l
               SET {pair}, unmoved = 0, {seen}, hint_user_id = NULL, {no-intention}, {no-block}, {no-retry}, {release}
             WHERE {mine} AND {as-leased}""").params(pair(agreed)).update() == 1;
    }

    /**
     * L5: stores the block with the statuses and mapping it is based on; the look has covered the hints. An intention
     * whose outcome this round does not know stays (L8).
     */
    boolean block(LinkWork work, IssueLink.Block block) {
        String outcome = work.observation().knowsOutcome() ? "{no-intention}, " : "";
        outcome += block.reason().heldDirection().isPresent() ? "" : "hint_user_id = NULL, "; // who made what waits
        return mine(jdbc, work, SQL.with("outcome", outcome).in("""
            UPDATE faraday_bridge.issue_link l
               SET blocked_reason = :reason, blocked_code = :code, blocked_faraday = :f, blocked_jira_id = :jid,
                   blocked_jira_name = :jname, blocked_version = :version, blocked_at = now(), unmoved = 0, {seen},
                   {outcome}{no-retry}, {release}
             WHERE {mine} AND {as-leased}"""))
                        .params(pair(new StatusPair(block.faraday(), block.jira())))
                        .param("reason", block.reason().text())
                        .param("code", block.reason().code())
                        .param("version", block.mappingVersion())
                        .update()
                == 1;
    }

    /** The block stays: releases the link and sets its hints as seen. */
    boolean staysBlocked(LinkWork work) {
        return mine(jdbc, work, """
            UPDATE faraday_bridge.issue_link l SET {seen}, {no-retry}, {release}
             WHERE {mine} AND {as-leased}""").update() == 1;
    }

    /** Ends the work after a drive; whether the issue was moved is found out later (L15). */
    boolean rest(LinkWork work) {
        return mine(jdbc, work, """
            UPDATE faraday_bridge.issue_link l SET hint_user_id = NULL, {seen}, {no-retry}, {release}
             WHERE {mine} AND {as-leased}""").update() == 1;
    }

    /** Releases the link without any result; it stays due. */
    void release(LinkWork work) {
        mine(jdbc, work, "UPDATE faraday_bridge.issue_link l SET {release} WHERE {mine}")
                .update();
    }

    /** An assumption was wrong: releases the link with a hint, so that the next worker asks Jira (L12). */
    void askNextTime(LinkWork work) {
        mine(jdbc, work, """
            UPDATE faraday_bridge.issue_link l
               SET hints = hints + echo_hints + 1, echo_hints = 0, attempts = attempts + 1, {no-intention}, {release}
             WHERE {mine}""").update();
    }

    /**
     * Plans the next attempt. After a lost answer the lease is kept for as long as Jira may go on (L11).
     *
     * @param keepLease the call may still be running in Jira
     * @param countAttempt false while Jira as a whole is away
     */
    void postpone(LinkWork work, Duration wait, boolean keepLease, boolean countAttempt) {
        mine(jdbc, work, """
            UPDATE faraday_bridge.issue_link l
               SET retry_at = clock_timestamp() + :wait * interval '1 millisecond', attempts = attempts + :attempt,
                   lease_token = CASE WHEN :keep THEN lease_token END, lease_until = CASE WHEN :keep THEN lease_until END
             WHERE {mine}""")
                .param("wait", wait.toMillis())
                .param("attempt", countAttempt ? 1 : 0)
                .param("keep", keepLease)
                .update();
    }

    /** Saves the new key of an issue that was moved. */
    Optional<IssueLink> rekey(LinkWork work, String issueKey, String projectKey) {
        return mine(jdbc, work, """
            UPDATE faraday_bridge.issue_link l SET issue_key = :key, project_key = :project
             WHERE {mine} RETURNING {looked}""")
                .param("key", issueKey)
                .param("project", projectKey)
                .query(LinkRow::read)
                .optional();
    }

    /**
     * Ends the link, even if a worker holds it; that worker finds its lease lost (L1).
     *
     * @return false if it had ended already
     */
    boolean end(long id, String reason) {
        return jdbc.sql(SQL.in("""
            UPDATE faraday_bridge.issue_link l
               SET ended_at = now(), ended_reason = :reason, {no-intention}, {no-retry}, {release}
             WHERE l.id = :id AND {active}""")).param("reason", reason).param("id", id).update() == 1;
    }

    /** The database's clock, which all rules use (L2). */
    Instant now() {
        return jdbc.sql("SELECT clock_timestamp() AS now")
                .query((row, n) -> Columns.instant(row, "now"))
                .single();
    }
}
