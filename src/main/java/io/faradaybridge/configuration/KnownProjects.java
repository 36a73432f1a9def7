package io.faradaybridge.configuration;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table {@code jira_project}: the id of the project for each configured key, which Jira never changes. Ids are
 * unique only within one Jira, so its address ({@code site}) is stored with them.
 */
@Component
public class KnownProjects {

    private final JdbcClient jdbc;

    KnownProjects(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param formerKeys the keys that it was configured under before Jira changed its key */
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

    /** The present key by each former one. */
    Map<String, String> formerKeys(String site) {
        Map<String, String> today = new LinkedHashMap<>();
        all(site).forEach(known -> known.formerKeys().forEach(former -> today.put(former, known.key())));
        return today;
    }

    /** Stores the id that Jira now returns for the key. Another project with that key was deleted or has a new key. */
    public void learn(String site, String id, String key) {
        store(site, id, key, null);
    }

    /**
     * Does the same with what an answer of Jira says, unless the project's row was changed since the question: then the
     * answer may be older than a new key that is stored there.
     *
     * @param before the rows before Jira was asked
     */
    public void learn(String site, String id, String key, List<Known> before) {
        store(
                site,
                id,
                key,
                before.stream()
                        .filter(project -> project.id().equals(id))
                        .map(Known::key)
                        .findFirst()
                        .orElse(""));
    }

    /** @param onlyOver the key that a row must have to be changed; null for any */
    private void store(String site, String id, String key, @Nullable String onlyOver) {
        jdbc.sql("""
            DELETE FROM faraday_bridge.jira_project
             WHERE site = :site AND project_key = :key AND project_id <> :id""").param("site", site).param("key", key).param("id", id).update();
        jdbc.sql("""
            INSERT INTO faraday_bridge.jira_project AS p (site, project_id, project_key) VALUES (:site, :id, :key)
            ON CONFLICT (site, project_id) DO UPDATE SET project_key = excluded.project_key
             WHERE p.project_key = coalesce(:onlyOver, p.project_key)\
            """)
                .param("site", site)
                .param("id", id)
                .param("key", key)
                .param("onlyOver", onlyOver)
                .update();
    }

    /**
     * Stores a new key of a project.
     *
     * @return false if it is stored already
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
