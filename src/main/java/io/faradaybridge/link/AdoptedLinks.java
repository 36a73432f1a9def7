package io.faradaybridge.link;

import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.link.decision.StatusPair;
import io.faradaybridge.tables.SqlClauses;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The statements of adoption on the table {@code issue_link}: it adds links to existing issues and sets their pairs to
 * what both sides show. Like every worker it holds a lease (L1, L2) and never settles over an unseen hint (L3).
 */
@Component
public class AdoptedLinks {

    /** The endpoint that starts a search for keys in Faraday that are not linked yet. */
    public static final String LOOK_FOR_MORE = "seda:adoption?size=1&discardWhenFull=true&waitForTaskToComplete=Never";

    private static final SqlClauses SQL = DueLinks.SQL
            .with("statuses", Vulnerabilities.STATUS_SQL)
            // a user may choose a side: idle since its adoption, and not leased
            .with("followable", """
                v.id = l.vulnerability_id AND v.status = l.faraday_status AND {active} AND l.differs_since_adoption
                 AND NOT l.adopt_due AND l.driving_since IS NULL AND {unheld} AND l.workspace_id = ANY (:workspaces)
                 AND (:project = '' OR l.project_key = :project) AND (:all OR l.vulnerability_id = ANY (:ids))""");

    private static final String OBSERVED = """
        LEFT JOIN {faraday}
        WHERE (l.adopt_due OR {hinted} OR v.id IS NULL OR {faraday-moved} OR {other-key}
           OR l.settled_at < now() - interval '1 hour')""";

    private final JdbcClient jdbc;

    AdoptedLinks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds a link to an existing issue.
     *
     * @param differs whether the two statuses of the pair do not mean the same
     * @return empty if the vulnerability or the issue already has an active link
     */
    public Optional<Long> add(NewLink link, boolean differs) {
        return jdbc.sql("""
                        INSERT INTO faraday_bridge.issue_link (vulnerability_id, workspace_id, project_key, issue_type,
                               issue_id, issue_key, faraday_status, jira_status_id, jira_status_name, adopted,
                               as_adopted, differs_since_adoption)
                        VALUES (:vulnerability, :workspace, :project, :type, :issue, :key, :f, :jid, :jname, true, true,
                                :differs)
                        ON CONFLICT DO NOTHING RETURNING id""")
                .param("vulnerability", link.vulnerabilityId())
                .param("workspace", link.workspaceId())
                .param("project", link.projectKey())
                .param("type", link.issueType())
                .param("issue", link.issueId())
                .param("key", link.issueKey())
                .params(LinkSql.pair(link.agreed()))
                .param("differs", differs)
                .query(Long.class)
                .optional();
    }

    public List<IssueLink> ofKeys(Collection<String> issueKeys) {
        return jdbc.sql(SQL.in(
                        "SELECT * FROM faraday_bridge.issue_link l WHERE l.issue_key = ANY (:keys) AND {active}"))
                .param("keys", issueKeys.toArray(String[]::new), Types.ARRAY)
                .query(LinkRow::read)
                .list();
    }

    /** Makes every pair due to be read again before anything else is done with its link. */
    public void allDue() {
        jdbc.sql(SQL.in("UPDATE faraday_bridge.issue_link l SET adopt_due = true WHERE {active}"))
                .update();
    }

    /**
     * Leases links whose pair is due to be read again. While the bridge observes, it also leases links with a hint or a
     * change in Faraday, and every link once an hour: no flow works on them, and their comparison must be up to date.
     *
     * @param after only greater ids
     */
    public List<IssueLink> claimDue(UUID token, boolean observing, long after, int limit) {
        return jdbc.sql(SQL.with("due", observing ? OBSERVED : "WHERE l.adopt_due")
                        .in("""
            UPDATE faraday_bridge.issue_link SET lease_token = :token, {until}
             WHERE id IN (SELECT l.id FROM faraday_bridge.issue_link l {due} AND {active} AND l.id > :after AND {unheld}
                           ORDER BY l.id LIMIT :limit FOR UPDATE OF l SKIP LOCKED)
            RETURNING *"""))
                .param("token", token)
                .param("lease", IssueLinks.LOOK_LEASE.toSeconds())
                .param("after", after)
                .param("limit", limit)
                .query(LinkRow::read)
                .list();
    }

    /** Locks the link, before the vulnerability is locked (lock order). @return false if the lease was lost */
    public boolean hold(IssueLink leased, UUID token) {
        return jdbc.sql(SQL.in("SELECT l.id FROM faraday_bridge.issue_link l WHERE {mine} FOR UPDATE"))
                .param("id", leased.id())
                .param("token", token)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    /**
     * Sets the pair to what both sides show and clears everything that was pending, because it happened before the
     * adoption.
     *
     * @param leased as {@link #claimDue} returned it
     * @return false if a hint came meanwhile or the lease was lost; the link stays due
     */
    public boolean settle(
            IssueLink leased, UUID token, StatusPair shown, boolean differs, String issueKey, String projectKey) {
        return jdbc.sql(SQL.in("""
            UPDATE faraday_bridge.issue_link l
               SET faraday_status = :f, jira_status_id = :jid, jira_status_name = :jname, in_transit = NULL,
                   settled_at = now(), adopt_due = false, as_adopted = true, differs_since_adoption = :differs, issue_key = :key,
                   project_key = :project, hint_user_id = NULL, unmoved = 0, {seen}, {no-intention},
                   {no-unseen-drive}, {no-block}, {no-retry}, {release}
             WHERE {mine} AND {as-leased}"""))
                        .params(LinkSql.pair(shown))
                        .param("differs", differs)
                        .param("key", issueKey)
                        .param("project", projectKey)
                        .param("id", leased.id())
                        .param("token", token)
                        .param("hints", leased.hints())
                        .param("echoes", leased.echoHints())
                        .update()
                == 1;
    }

    /**
     * One side could not be read, so the pair stays as it is. A flow then finds out why; while the bridge observes, the
     * next attempt is in an hour.
     */
    public void passOver(IssueLink leased, UUID token, boolean observing) {
        jdbc.sql(SQL.in("""
            UPDATE faraday_bridge.issue_link l
               SET adopt_due = false, settled_at = now(), hints = hints + 1,
                   hints_seen = hints + CASE WHEN :observing THEN 1 ELSE 0 END, faraday_hints_seen = faraday_hints,
                   {release}
             WHERE {mine}"""))
                .param("observing", observing)
                .param("id", leased.id())
                .param("token", token)
                .update();
    }

    /** Releases the links of a batch that were not worked on; they stay due. */
    public void release(UUID token) {
        jdbc.sql(SQL.in("UPDATE faraday_bridge.issue_link l SET {release} WHERE l.lease_token = :token"))
                .param("token", token)
                .update();
    }

    /**
     * A kind of links that have not moved since their adoption: project, pair and whether they were found to differ.
     */
    public record Adopted(String projectKey, StatusPair shown, boolean differs) {}

    /** All these kinds, to compare them again by a changed mapping. */
    public List<Adopted> kinds() {
        return jdbc.sql(SQL.in("""
            SELECT DISTINCT l.project_key, l.faraday_status, l.jira_status_id, l.jira_status_name,
                   l.differs_since_adoption
              FROM faraday_bridge.issue_link l WHERE {active} AND l.as_adopted"""))
                .query((rs, n) -> new Adopted(
                        rs.getString(1),
                        new StatusPair(
                                FaradayStatus.of(rs.getString(2)), new JiraStatus(rs.getString(3), rs.getString(4))),
                        rs.getBoolean(5)))
                .list();
    }

    /** Inverts whether the links of this kind differ. */
    public void differOtherwise(Adopted kind) {
        jdbc.sql(SQL.in("""
            UPDATE faraday_bridge.issue_link l SET differs_since_adoption = NOT :differs
             WHERE {active} AND l.as_adopted AND l.differs_since_adoption = :differs AND l.project_key = :project
               AND l.faraday_status = :f AND l.jira_status_id = :jid AND l.jira_status_name = :jname"""))
                .param("differs", kind.differs())
                .param("project", kind.projectKey())
                .params(LinkSql.pair(kind.shown()))
                .update();
    }

    /**
     * Selects links that differ.
     *
     * @param workspaces the workspaces that the caller may enter
     * @param project empty for all projects
     * @param vulnerabilities null for all vulnerabilities
     */
    public record Choice(
            Collection<Integer> workspaces,
            String project,
            @Nullable Collection<Integer> vulnerabilities) {}

    /** Links that differ in the same way. */
    public record Difference(String projectKey, StatusPair shown, boolean writable, long count) {}

    public List<Difference> differences(Choice choice) {
        return chosen("""
            SELECT l.project_key, l.faraday_status, l.jira_status_id, l.jira_status_name, v.writable, count(*)
              FROM faraday_bridge.issue_link l, ({statuses}) v WHERE {followable}
             GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 4, 3, 5""", choice)
                .query((rs, n) -> new Difference(
                        rs.getString(1),
                        new StatusPair(
                                FaradayStatus.of(rs.getString(2)), new JiraStatus(rs.getString(3), rs.getString(4))),
                        rs.getBoolean(5),
                        rs.getLong(6)))
                .list();
    }

    /** A link that will follow one side. */
    public record Sent(int vulnerabilityId, String issueKey) {}

    /**
     * Sets the pair so that exactly one side has moved, and leaves a hint, in one update (L3). The flow then asks Jira
     * and decides as on any other change. A block of the link is removed.
     *
     * @param before the pair from which one side has moved
     * @param userId the user that the change of Faraday is recorded for
     */
    public List<Sent> markAsMoved(
            Choice choice, Difference difference, StatusPair before, int userId, String correlationId) {
        return chosen("""
            UPDATE faraday_bridge.issue_link l
               SET faraday_status = :f, jira_status_id = :jid, jira_status_name = :jname, in_transit = NULL,
                   as_adopted = false, differs_since_adoption = false, hints = l.hints + 1, hint_user_id = :user,
                   hint_correlation = :correlation, {no-block}, {no-retry}
              FROM ({statuses}) v
             WHERE {followable} AND l.project_key = :in AND l.faraday_status = :wasf AND l.jira_status_id = :wasjid
               AND l.jira_status_name = :wasjname AND v.writable = :writable
            RETURNING l.vulnerability_id, l.issue_key""", choice)
                .params(LinkSql.pair(before))
                .param("user", userId)
                .param("correlation", correlationId)
                .param("in", difference.projectKey())
                .param("wasf", difference.shown().faraday().stored())
                .param("wasjid", difference.shown().jira().id())
                .param("wasjname", difference.shown().jira().name())
                .param("writable", difference.writable())
                .query((rs, n) -> new Sent(rs.getInt(1), rs.getString(2)))
                .list();
    }

    private JdbcClient.StatementSpec chosen(String sql, Choice choice) {
        Collection<Integer> ids = choice.vulnerabilities();
        return jdbc.sql(SQL.in(sql))
                .param("workspaces", choice.workspaces().toArray(Integer[]::new), Types.ARRAY)
                .param("project", choice.project())
                .param("all", ids == null)
                .param("ids", ids == null ? new Integer[0] : ids.toArray(Integer[]::new), Types.ARRAY);
    }
}
