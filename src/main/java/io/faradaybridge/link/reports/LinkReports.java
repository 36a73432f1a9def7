package io.faradaybridge.link.reports;

import io.faradaybridge.jira.JiraAccount;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.link.DueLinks;
import io.faradaybridge.link.LinkSql;
import io.faradaybridge.tables.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads links for reports. No decision is based on these reports. */
@Component
public class LinkReports {

    private static final String COUNTS = DueLinks.SQL.in("""
        SELECT a.*, d.*
          FROM (SELECT count(*) AS links, count(*) FILTER (WHERE {blocked}) AS blocked,
                       count(*) FILTER (WHERE {held}) AS held,
                       count(*) FILTER (WHERE l.retry_at > clock_timestamp()) AS waiting
                  FROM faraday_bridge.issue_link l WHERE {active}) a,
               (SELECT count(*) AS due, min(coalesce(l.retry_at, least(l.driving_since, l.hinted_at))) AS oldest_due
                  FROM faraday_bridge.issue_link l JOIN {projects} LEFT JOIN {faraday}
                 WHERE {free} AND ({announced} OR {drifted})) d""");

    private final JdbcClient jdbc;
    private final JiraAccount jira;

    public LinkReports(JdbcClient jdbc, JiraAccount jira) {
        this.jdbc = jdbc;
        this.jira = jira;
    }

    public Optional<LinkReport> ofVulnerability(int vulnerabilityId) {
        return jdbc.sql(DueLinks.SQL.in("""
            SELECT l.*, coalesce(l.lease_until > clock_timestamp(), false) AS in_work
              FROM faraday_bridge.issue_link l WHERE l.vulnerability_id = :v AND {active}"""))
                .param("v", vulnerabilityId)
                .query(this::report)
                .optional();
    }

    /** The rows of blocked links, for the inbox. */
    public static final String BLOCKED = LinkSql.SQL.in("""
        SELECT l.id, l.blocked_at AS at, l.blocked_code AS code, l.blocked_reason AS cause, l.project_key AS project, l.issue_key,
               l.vulnerability_id, jsonb_build_object('faraday', l.faraday_status, 'jira', l.jira_status_name) AS facts,
               faraday_bridge.cause_group(concat_ws(' ', l.project_key, l.blocked_code, l.blocked_reason)) AS "group"
          FROM faraday_bridge.issue_link l
         WHERE {active} AND {blocked} AND (:everywhere OR l.workspace_id = ANY (:workspaces))""");

    /** The rows of links that differ since their adoption, by their vulnerabilities, for the inbox. */
    public static final String DIFFERING = LinkSql.SQL.in("""
        SELECT l.vulnerability_id AS id, l.settled_at AS at, NULL::text AS code, l.project_key AS project, l.issue_key,
               concat('Faraday ', quote_literal(l.faraday_status), ', Jira ', quote_literal(l.jira_status_name)) AS cause,
               l.vulnerability_id,
               jsonb_build_object('faraday', l.faraday_status, 'jira', l.jira_status_name) AS facts,
               left(md5(concat_ws(' ', l.project_key, l.faraday_status, l.jira_status_id, l.jira_status_name)), 16) AS "group"
          FROM faraday_bridge.issue_link l
         WHERE {active} AND l.differs_since_adoption AND (:everywhere OR l.workspace_id = ANY (:workspaces))""");

    /** Those of the links that are blocked; the caller's transaction keeps them so. */
    public List<LinkReport> lockBlocked(Collection<Long> ids) {
        return jdbc.sql(LinkSql.SQL.in("""
            SELECT l.*, coalesce(l.lease_until > clock_timestamp(), false) AS in_work
              FROM faraday_bridge.issue_link l
             WHERE l.id = ANY (:ids) AND {active} AND {blocked} ORDER BY l.id FOR UPDATE"""))
                .param("ids", ids.toArray(Long[]::new), Types.ARRAY)
                .query(this::report)
                .list();
    }

    /**
     * Counts of links by state.
     *
     * @param due links of active projects that must be worked on now
     * @param blocked links that wait for a change or a replay
     * @param held links whose change waits for a direction that is switched off, or asks
     * @param waiting links that wait for their next attempt
     * @param oldestDue since when the oldest due link is due; null if none is, or only links that Faraday changed, for
     *     which the time is not known
     */
    public record Counts(
            long links,
            long due,
            long blocked,
            long held,
            long waiting,
            @Nullable Instant oldestDue) {}

    /** @param versions the mapping versions of the active projects, by key */
    public Counts counts(Map<String, String> versions) {
        return jdbc.sql(COUNTS)
                .param("keys", String.join(",", versions.keySet()))
                .param("versions", String.join(",", versions.values()))
                .query((row, n) -> new Counts(
                        row.getLong("links"),
                        row.getLong("due"),
                        row.getLong("blocked"),
                        row.getLong("held"),
                        row.getLong("waiting"),
                        Columns.instantOrNull(row, "oldest_due")))
                .single();
    }

    private LinkReport report(ResultSet row, int number) throws SQLException {
        Instant blockedAt = Columns.instantOrNull(row, "blocked_at");
        return new LinkReport(
                row.getInt("vulnerability_id"),
                row.getInt("workspace_id"),
                row.getString("project_key"),
                row.getString("issue_type"),
                row.getString("issue_key"),
                page(row.getString("issue_key")),
                new LinkReport.Agreed(
                        row.getString("faraday_status"),
                        row.getString("jira_status_name"),
                        Columns.instant(row, "settled_at")),
                blockedAt == null
                        ? null
                        : new LinkReport.Blocked(
                                row.getString("blocked_code"), row.getString("blocked_reason"), blockedAt),
                Columns.instantOrNull(row, "retry_at"),
                row.getInt("attempts"),
                row.getBoolean("in_work"),
                List.of());
    }

    private @Nullable String page(String issueKey) {
        try {
            return jira.site().browse(issueKey).toString();
        } catch (JiraFailure unconfigured) {
            return null;
        }
    }
}
