package io.faradaybridge.configuration;

import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The configured projects that Jira does not show to the bridge's account: deleted, archived, or without the permission
 * Browse Projects. Stored for all replicas in {@code runtime_state}, as {@code hidden-project:KEY}.
 */
@Component
public class HiddenProjects {

    private final JdbcClient jdbc;

    HiddenProjects(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Set<String> all() {
        return new TreeSet<>(jdbc.sql("""
            SELECT substr(name, length('hidden-project:') + 1) FROM faraday_bridge.runtime_state
             WHERE name LIKE 'hidden-project:%'\
            """).query(String.class).list());
    }

    /** @return false if it is known to be hidden already */
    public boolean hide(String key) {
        return jdbc.sql("""
            INSERT INTO faraday_bridge.runtime_state (name, value) VALUES ('hidden-project:' || :key, '{}')
            ON CONFLICT (name) DO NOTHING\
            """).param("key", key).update() == 1;
    }

    public void show(String key) {
        jdbc.sql("DELETE FROM faraday_bridge.runtime_state WHERE name = 'hidden-project:' || :key")
                .param("key", key)
                .update();
    }
}
