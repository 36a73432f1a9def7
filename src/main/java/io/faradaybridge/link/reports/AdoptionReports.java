package io.faradaybridge.link.reports;

import com.fasterxml.jackson.annotation.JsonValue;
import io.faradaybridge.link.existing.UnadoptedKeys;
import io.faradaybridge.tables.Columns;
import io.faradaybridge.tables.SqlClauses;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reports the progress of adoption for the workspaces that a user may enter. No decision is based on these reports. */
@Component
public class AdoptionReports {

    private static final SqlClauses SQL = UnadoptedKeys.SQL
            // the state of each key in Faraday, except keys that the bridge itself exported
            .with("keys", """
                SELECT v.id, v.name, w.name AS workspace, btrim(v.issuetracker) AS issuetracker,
                       coalesce(l.project_key, {project}) AS project, v.status::text AS faraday,
                       l.jira_status_name AS jira, l.adopted, l.settled_at, r.code, r.reason, r.at AS denied_at,
                       s.vulnerability_id AS shared_by, s.workspace_id = ANY (:workspaces) AS shared_visibly,
                       CASE WHEN l.adopt_due THEN 'waiting'
                            WHEN l.differs_since_adoption THEN 'differing'
                            WHEN l.adopted THEN 'adopted'
                            WHEN l.id IS NOT NULL THEN 'exported'
                            WHEN r.code = 'shared' THEN 'shared'
                            WHEN r.code IS NOT NULL OR {foreign} THEN 'denied'
                            ELSE 'waiting' END AS standing
                  FROM vulnerability v
                  JOIN workspace w ON w.id = v.workspace_id
                  LEFT JOIN {link}
                  LEFT JOIN {record}
                  LEFT JOIN {shared}
                 WHERE v.issuetracker <> '' AND v.workspace_id = ANY (:workspaces)""");

    static final String NOT_A_KEY = "not-a-key";
    static final String NOT_CONFIGURED = "project-not-configured";

    private final JdbcClient jdbc;

    AdoptionReports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The lists that a user can view. */
    public enum Kind {
        ADOPTED,
        DIFFERING,
        DENIED,
        SHARED,
        WAITING;

        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param adopted links to issues that existed before the bridge, in step or not
     * @param denied by code, such as {@code not-visible}
     * @param waiting keys that Jira has not been asked about, and links whose pair must be read again
     */
    public record Counts(long adopted, long differing, Map<String, Long> denied, long shared, long waiting) {}

    /**
     * @param jira the status as last seen; null if it is not linked
     * @param code why it is not linked, for programs; null if it is linked or waits
     * @param sharedBy the vulnerability that the issue is linked to; null if there is none or the caller may not see it
     * @param at when the pair was read or Jira was asked; null if neither has happened yet
     */
    public record Row(
            int vulnerabilityId,
            String name,
            String workspace,
            String issuetracker,
            @Nullable String project,
            String faraday,
            @Nullable String jira,
            @Nullable String code,
            @Nullable String reason,
            @Nullable Integer sharedBy,
            @Nullable Instant at) {}

    public Counts counts(Collection<Integer> workspaces, Collection<String> projects) {
        Map<String, Long> denied = new LinkedHashMap<>();
        long[] others = new long[4];
        jdbc.sql(SQL.in("""
            SELECT standing, coalesce(adopted, false) AS adopted,
                   CASE WHEN standing = 'denied' THEN
                     coalesce(code, CASE WHEN project IS NULL THEN :notAKey ELSE :notConfigured END) END AS code,
                   count(*) AS n
              FROM ({keys}) k GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""))
                .param("notAKey", NOT_A_KEY)
                .param("notConfigured", NOT_CONFIGURED)
                .param("workspaces", workspaces.toArray(Integer[]::new), Types.ARRAY)
                .param("projects", projects.toArray(String[]::new), Types.ARRAY)
                .query(row -> {
                    long n = row.getLong("n");
                    if (row.getBoolean("adopted")) {
                        others[0] += n;
                    }
                    switch (row.getString("standing")) {
                        case "differing" -> others[1] += n;
                        case "shared" -> others[2] += n;
                        case "waiting" -> others[3] += n;
                        case "denied" -> denied.put(row.getString("code"), n);
                        default -> {}
                    }
                });
        return new Counts(others[0], others[1], denied, others[2], others[3]);
    }

    /**
     * The figures for a take-over.
     *
     * @param links the links of the given projects; {@code differing} and {@code waiting} are of all projects
     */
    public record AtWork(long links, long differing, long waiting) {}

    public AtWork atWork(Collection<String> activeProjects) {
        return jdbc.sql(SQL.in("""
            SELECT count(*) FILTER (WHERE l.project_key = ANY (:projects)) AS links,
                   count(*) FILTER (WHERE l.differs_since_adoption) AS differing,
                   count(*) FILTER (WHERE l.adopt_due) AS waiting
              FROM faraday_bridge.issue_link l WHERE {active}"""))
                .param("projects", activeProjects.toArray(String[]::new), Types.ARRAY)
                .query((rs, n) -> new AtWork(rs.getLong("links"), rs.getLong("differing"), rs.getLong("waiting")))
                .single();
    }

    /** A page of one list, in the order of the vulnerabilities. */
    public List<Row> page(
            Kind kind, Collection<Integer> workspaces, Collection<String> projects, int offset, int limit) {
        return jdbc.sql(SQL.with("listed", kind == Kind.ADOPTED ? "adopted" : "standing = :kind")
                        .in("SELECT * FROM ({keys}) k WHERE {listed} ORDER BY id OFFSET :offset LIMIT :limit"))
                .param("kind", kind.label())
                .param("workspaces", workspaces.toArray(Integer[]::new), Types.ARRAY)
                .param("projects", projects.toArray(String[]::new), Types.ARRAY)
                .param("offset", offset)
                .param("limit", limit)
                .query(AdoptionReports::row)
                .list();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        boolean refused = List.of("denied", "shared").contains(row.getString("standing"));
        String recorded = row.getString("code");
        String project = row.getString("project");
        String code = !refused ? null : recorded != null ? recorded : project == null ? NOT_A_KEY : NOT_CONFIGURED;
        return new Row(
                row.getInt("id"),
                row.getString("name"),
                row.getString("workspace"),
                row.getString("issuetracker"),
                project,
                row.getString("faraday"),
                row.getString("jira"),
                code,
                !refused ? null : recorded != null ? row.getString("reason") : reason(project),
                row.getBoolean("shared_visibly") ? row.getObject("shared_by", Integer.class) : null,
                Columns.instantOrNull(row, row.getString("jira") == null ? "denied_at" : "settled_at"));
    }

    public static String reason(@Nullable String project) {
        return project == null
                ? "is not a key of Jira; check what it is in Faraday"
                : "Jira project '" + project + "' is not configured; configure it to adopt its keys";
    }
}
