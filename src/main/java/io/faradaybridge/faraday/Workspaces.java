package io.faradaybridge.faraday;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Faraday's workspaces. */
@Component
public class Workspaces {

    private final JdbcClient jdbc;

    Workspaces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param writable active and not read-only */
    public record Workspace(int id, String name, boolean writable) {}

    public List<Workspace> all() {
        return jdbc.sql("SELECT id, name, active AND NOT readonly AS writable FROM workspace ORDER BY id")
                .query((row, n) -> new Workspace(row.getInt("id"), row.getString("name"), row.getBoolean("writable")))
                .list();
    }
}
