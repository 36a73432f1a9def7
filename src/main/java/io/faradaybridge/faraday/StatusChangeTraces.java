package io.faradaybridge.faraday;

import io.faradaybridge.faraday.FaradaySchema.Part;
import java.sql.Types;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes the other rows that belong to a status change of a vulnerability: histogram, history, workspace. */
@Component
class StatusChangeTraces {

    private static final Set<String> COUNTED_SEVERITIES = Set.of("medium", "high", "critical");

    private final JdbcClient jdbc;
    private final FaradaySchema schema;

    StatusChangeTraces(JdbcClient jdbc, FaradaySchema schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    void leave(VulnerabilityState before, FaradayStatus to) {
        if (before.status().done() != to.done()
                && COUNTED_SEVERITIES.contains(before.severity())
                && schema.has(Part.HISTOGRAM)) {
            addToHistogram(before, to.done() ? -1 : 1);
        }
        if (schema.has(Part.STATUS_HISTORY)) {
            addToHistory(before.id(), to);
        }
        jdbc.sql("UPDATE workspace SET update_date = now() AT TIME ZONE 'utc' WHERE id = :id")
                .param("id", before.workspaceId())
                .update();
    }

    /** The day's net change of open vulnerabilities, which may be negative. */
    private void addToHistogram(VulnerabilityState vulnerability, int difference) {
        jdbc.sql("""
                        INSERT INTO severities_histogram AS h (workspace_id, date, medium, high, critical, confirmed)
                        VALUES (:workspace, (now() AT TIME ZONE 'utc')::date, :medium, :high, :critical, :confirmed)
                        ON CONFLICT (date, workspace_id) DO UPDATE
                           SET medium = h.medium + excluded.medium, high = h.high + excluded.high,
                               critical = h.critical + excluded.critical, confirmed = h.confirmed + excluded.confirmed""")
                .param("workspace", vulnerability.workspaceId())
                .param("medium", vulnerability.severity().equals("medium") ? difference : 0)
                .param("high", vulnerability.severity().equals("high") ? difference : 0)
                .param("critical", vulnerability.severity().equals("critical") ? difference : 0)
                .param("confirmed", vulnerability.confirmed() ? difference : 0)
                .update();
    }

    /** Without a user, since Faraday then shows the change as automatic. The enum's name differs between databases. */
    private void addToHistory(int vulnerabilityId, FaradayStatus to) {
        jdbc.sql("""
                        INSERT INTO vulnerability_status_history (status, change_date, vulnerability_id, user_id)
                        VALUES (:status, now() AT TIME ZONE 'utc', :id, NULL)""")
                .param("status", to.stored(), Types.OTHER)
                .param("id", vulnerabilityId)
                .update();
    }
}
