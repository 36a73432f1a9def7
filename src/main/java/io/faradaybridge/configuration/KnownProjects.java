package io.faradaybridge.configuration;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table {@code jira_project}: which of Jira's projects each configured key means, by the id that Jira never changes. Ids are
 * those of one Jira, so its address ({@code site}) belongs to them.
 */
@Repository
public class KnownProjects {

    private final JdbcClient jdbc;

    KnownProjects(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param formerKeys those that it was configured under before Jira gave it another one */
    public record Known(String id, String key, List<String> formerKeys) {}

    public List<Known> all(String site) {
        return jdbc.sql("SELECT * FROM faraday_bridge.jira_project WHERE site = :site ORDER BY project_key")
                .param("site", site)
                .query(KnownProjects::known)
                .list();
    }

    public Optional<Known> byId(String site, String id) {
        return jdbc.sql("SELECT * FROM faraday_bridge.jira_project WHERE site = :site AND project_id = :id")
                .param("site", site)
                .param("id", id)
                .query(KnownProjects::known)
                .optional();
    }

    /** Today's key by each former one. */
    Map<String, String> formerKeys(String site) {
        Map<String, String> today = new LinkedHashMap<>();
        all(site).forEach(known -> known.formerKeys().forEach(former -> today.put(former, known.key())));
        return today;
    }

    /** Jira says so now. A project that had that key before was deleted, or has another one. */
    public void learn(String site, String id, String key) {
        jdbc.sql("DELETE FROM faraday_bridge.jira_project"
                        + " WHERE site = :site AND project_key = :key AND project_id <> :id")
                .param("site", site)
                .param("key", key)
                .param("id", id)
                .update();
        jdbc.sql("""
            INSERT INTO faraday_bridge.jira_project (site, project_id, project_key) VALUES (:site, :id, :key)
            ON CONFLICT (site, project_id) DO UPDATE SET project_key = excluded.project_key\
            """).param("site", site).param("id", id).param("key", key).update();
    }

    /**
     * Jira gave the project another key.
     *
     * @return false: it is on record already, perhaps since this moment
     */
    public boolean rename(String site, String id, String from, String to) {
        return jdbc.sql("""
            UPDATE faraday_bridge.jira_project
               SET project_key = :to,
                   former_keys = array_append(array_remove(array_remove(former_keys, :from), :to), :from)
             WHERE site = :site AND project_id = :id AND project_key = :from\
            """)
                        .param("to", to)
                        .param("from", from)
                        .param("site", site)
                        .param("id", id)
                        .update()
                == 1;
    }

    private static Known known(ResultSet row, int number) throws SQLException {
        return new Known(row.getString("project_id"), row.getString("project_key"), List.of((String[])
                row.getArray("former_keys").getArray()));
    }
}
