package io.faradaybridge.faraday;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The counters of a workspace that depend on statuses, as Faraday's dashboard shows them. Faraday counts re-opened as
 * open and risk-accepted as closed.
 */
@Repository
public class WorkspaceCounters {

    private static final Map<String, String> COUNTERS = counters();

    private final JdbcClient jdbc;
    private final FaradaySchema schema;

    WorkspaceCounters(JdbcClient jdbc, FaradaySchema schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    /** Counts anew, so that it may be done any number of times. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void recount(int workspaceId) {
        // In a statement of its own: who waited for the workspace must count after those it waited for.
        jdbc.sql("SELECT id FROM workspace WHERE id = :id FOR NO KEY UPDATE")
                .param("id", workspaceId)
                .query(Integer.class)
                .optional();
        List<String> present = COUNTERS.keySet().stream()
                .filter(schema.workspaceColumns()::contains)
                .toList();
        if (present.isEmpty()) {
            return;
        }
        jdbc.sql("UPDATE workspace SET (" + String.join(", ", present) + ") = ROW("
                        + present.stream().map("c."::concat).collect(Collectors.joining(", "))
                        + ") FROM (SELECT "
                        + present.stream()
                                .map(column -> COUNTERS.get(column) + " AS " + column)
                                .collect(Collectors.joining(", "))
                        + " "
                        + """
                         FROM (SELECT v.id, v.status::text, v.severity::text, v.type::text, v.confirmed, v.service_id,
                                      coalesce(v.host_id, s.host_id) AS host_id
                                 FROM vulnerability v LEFT JOIN service s ON s.id = v.service_id
                                WHERE v.workspace_id = :id) v) c
                         WHERE workspace.id = :id""")
                .param("id", workspaceId)
                .update();
    }

    /** Column and its aggregate. */
    private static Map<String, String> counters() {
        String open = "v.status IN ('open', 're-opened')";
        Map<String, String> counters = new LinkedHashMap<>();
        add(counters, "vulnerability_open", "v.id", open);
        add(counters, "vulnerability_notclosed", "v.id", open);
        add(counters, "vulnerability_closed", "v.id", "v.status IN ('closed', 'risk-accepted')");
        add(counters, "vulnerability_re_opened", "v.id", "v.status = 're-opened'");
        add(counters, "vulnerability_risk_accepted", "v.id", "v.status = 'risk-accepted'");
        add(counters, "vulnerability_web_notclosed", "v.id", open + " AND v.type = 'vulnerability_web'");
        add(counters, "vulnerability_code_notclosed", "v.id", open + " AND v.type = 'vulnerability_code'");
        add(counters, "vulnerability_standard_notclosed", "v.id", open + " AND v.type = 'vulnerability'");
        for (String severity : List.of("critical", "high", "medium", "low", "informational", "unclassified")) {
            add(
                    counters,
                    "vulnerability_" + severity + "_notclosed",
                    "v.id",
                    open + " AND v.severity = '" + severity + "'");
        }
        add(counters, "host_notclosed", "DISTINCT v.host_id", open);
        add(counters, "service_notclosed", "DISTINCT v.service_id", open);
        return counters;
    }

    private static void add(Map<String, String> counters, String name, String counted, String condition) {
        counters.put(name + "_count", "count(" + counted + ") FILTER (WHERE " + condition + ")");
        counters.put(
                name + "_confirmed_count", "count(" + counted + ") FILTER (WHERE " + condition + " AND v.confirmed)");
    }
}
