package io.faradaybridge.faraday;

import io.faradaybridge.tables.SqlClauses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The counters of a workspace that depend on statuses, as Faraday's dashboard shows them. Re-opened counts as open and
 * risk-accepted as closed.
 */
@Component
public class WorkspaceCounters {

    /**
     * Of the counted rows, those with a number {@code n} are vulnerabilities; the others are hosts and services with an
     * open vulnerability.
     */
    private static final String VULNERABILITIES = "sum(v.n)";

    private static final Map<String, String> COUNTERS = counters();

    private final JdbcClient jdbc;
    private final FaradaySchema schema;

    WorkspaceCounters(JdbcClient jdbc, FaradaySchema schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    /**
     * A workspace's counters at one moment.
     *
     * @param row the version of the workspace's row at that moment; it differs later if the row was written since
     * @param values the counts by column, for the columns that this Faraday has
     */
    record Counted(int workspaceId, String row, Map<String, Long> values) {}

    /**
     * Counts without a lock, since a million vulnerabilities take seconds and others would have to wait. Empty if there
     * is no such workspace.
     */
    Optional<Counted> count(int workspaceId) {
        List<String> present = COUNTERS.keySet().stream()
                .filter(schema.workspaceColumns()::contains)
                .toList();
        String columns = present.stream()
                .map(column -> COUNTERS.get(column) + " AS " + column + ", ")
                .collect(Collectors.joining());
        return jdbc.sql(new SqlClauses().with("counters", columns).in("""
            SELECT {counters} (SELECT w.xmin::text FROM workspace w WHERE w.id = :id) AS workspace_row, count(*)
              FROM (SELECT k.status::text, k.severity::text, k.type::text, k.confirmed, k.n,
                           NULL::integer AS service_id, NULL::integer AS host_id
                      FROM (SELECT status, severity, type, confirmed, count(*) AS n FROM vulnerability
                             WHERE workspace_id = :id GROUP BY 1, 2, 3, 4) k
                    UNION ALL
                    SELECT 'open', NULL, NULL, o.confirmed, 0, o.service_id, coalesce(o.host_id, s.host_id)
                      FROM (SELECT DISTINCT service_id, host_id, confirmed FROM vulnerability
                             WHERE workspace_id = :id AND status IN ('open', 're-opened')) o
                      LEFT JOIN service s ON s.id = o.service_id) v"""))
                .param("id", workspaceId)
                .query((row, n) -> {
                    Map<String, Long> values = new LinkedHashMap<>();
                    for (String column : present) {
                        values.put(column, row.getLong(column));
                    }
                    return Optional.ofNullable(row.getString("workspace_row"))
                            .map(version -> new Counted(workspaceId, version, values));
                })
                .single();
    }

    /** Whether nobody has written to the workspace's row since the count; locks it until the transaction ends. */
    boolean unchangedSince(Counted counted) {
        CallersTransaction.require();
        return jdbc.sql("SELECT xmin::text FROM workspace WHERE id = :id FOR NO KEY UPDATE")
                .param("id", counted.workspaceId())
                .query(String.class)
                .optional()
                .filter(counted.row()::equals)
                .isPresent();
    }

    /** @return false if the row already had these values */
    boolean write(Counted counted) {
        CallersTransaction.require();
        Map<String, Long> values = counted.values();
        if (values.isEmpty()) {
            return false;
        }
        String columns = String.join(", ", values.keySet());
        String counts = values.keySet().stream()
                .map(column -> "CAST(:" + column + " AS integer)")
                .collect(Collectors.joining(", "));
        return jdbc.sql(new SqlClauses()
                                .with("columns", columns)
                                .with("counts", counts)
                                .in("""
            UPDATE workspace SET ({columns}) = ROW({counts})
             WHERE id = :id AND ({columns}) IS DISTINCT FROM ({counts})"""))
                        .params(values)
                        .param("id", counted.workspaceId())
                        .update()
                == 1;
    }

    /** Column and its aggregate. */
    private static Map<String, String> counters() {
        String open = "v.status IN ('open', 're-opened')";
        Map<String, String> counters = new LinkedHashMap<>();
        add(counters, "vulnerability_open", VULNERABILITIES, open);
        add(counters, "vulnerability_notclosed", VULNERABILITIES, open);
        add(counters, "vulnerability_closed", VULNERABILITIES, "v.status IN ('closed', 'risk-accepted')");
        add(counters, "vulnerability_re_opened", VULNERABILITIES, "v.status = 're-opened'");
        add(counters, "vulnerability_risk_accepted", VULNERABILITIES, "v.status = 'risk-accepted'");
        add(counters, "vulnerability_web_notclosed", VULNERABILITIES, open + " AND v.type = 'vulnerability_web'");
        add(counters, "vulnerability_code_notclosed", VULNERABILITIES, open + " AND v.type = 'vulnerability_code'");
        add(counters, "vulnerability_standard_notclosed", VULNERABILITIES, open + " AND v.type = 'vulnerability'");
        for (String severity : FaradaySeverity.WORST_FIRST) {
            add(
                    counters,
                    "vulnerability_" + severity + "_notclosed",
                    VULNERABILITIES,
                    open + " AND v.severity = '" + severity + "'");
        }
        add(counters, "host_notclosed", "count(DISTINCT v.host_id)", open);
        add(counters, "service_notclosed", "count(DISTINCT v.service_id)", open);
        return counters;
    }

    private static void add(Map<String, String> counters, String name, String aggregate, String condition) {
        counters.put(name + "_count", aggregate + " FILTER (WHERE " + condition + ")");
        counters.put(name + "_confirmed_count", aggregate + " FILTER (WHERE " + condition + " AND v.confirmed)");
    }
}
