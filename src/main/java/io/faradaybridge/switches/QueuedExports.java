package io.faradaybridge.switches;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Exports that wait for their project's switch. */
@Component
class QueuedExports {

    private final JdbcClient jdbc;

    QueuedExports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long count(String project) {
        return jdbc.sql("""
            SELECT count(*) FROM faraday_bridge.export_item i
             WHERE i.project_key = :project AND i.state = 'reserved'""").param("project", project).query(Long.class).single();
    }
}
