package io.faradaybridge.export.rules;

import java.sql.Types;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The vulnerabilities that messages named, in {@code named_vulnerability}, and how much the rules have exported. */
@Component
class RuleRows {

    private static final int MOST_NAMED = 4_000;

    private final JdbcClient jdbc;

    RuleRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void name(int vulnerabilityId) {
        jdbc.sql("""
            INSERT INTO faraday_bridge.named_vulnerability AS n (vulnerability_id) VALUES (:id)
            ON CONFLICT (vulnerability_id) DO UPDATE SET named_at = excluded.named_at""").param("id", vulnerabilityId).update();
    }

    List<Integer> named() {
        return jdbc.sql("""
            SELECT vulnerability_id FROM faraday_bridge.named_vulnerability ORDER BY named_at LIMIT :most""").param("most", MOST_NAMED).query(Integer.class).list();
    }

    void forgetNamed(Collection<Integer> vulnerabilityIds, Duration olderThan) {
        if (vulnerabilityIds.isEmpty()) {
            return;
        }
        jdbc.sql("""
            DELETE FROM faraday_bridge.named_vulnerability
             WHERE vulnerability_id = ANY (:ids) AND named_at <= now() - :millis * interval '1 millisecond'""")
                .param("ids", vulnerabilityIds.toArray(Integer[]::new), Types.ARRAY)
                .param("millis", olderThan.toMillis())
                .update();
    }

    /** Items of the project's rule within the last hour, whatever came of them. */
    long exportedLastHour(String project) {
        return jdbc.sql("""
            SELECT count(*) FROM faraday_bridge.export_batch b JOIN faraday_bridge.export_item i ON i.batch_id = b.id
             WHERE b.source = 'rule' AND b.project_key = :project AND b.created_at > now() - interval '1 hour'""").param("project", project).query(Long.class).single();
    }
}
