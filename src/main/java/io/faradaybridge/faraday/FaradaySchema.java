package io.faradaybridge.faraday;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which optional tables and columns this Faraday's database has. An older Faraday lacks some, and an upgrade adds them
 * while the bridge runs. They are present up every few minutes; missing ones are logged once.
 */
@Component
class FaradaySchema {

    private static final Logger log = LoggerFactory.getLogger(FaradaySchema.class);
    private static final long FRESH_NANOS = Duration.ofMinutes(5).toNanos();

    /** A table, or an index of a table, that the bridge can work without. */
    enum Part {
        STATUS_HISTORY(
                "vulnerability_status_history",
                "no table vulnerability_status_history: status changes leave no line in a vulnerability's history"),
        HISTOGRAM(
                "uix_severities_histogram_table_date_workspace_id",
                "no table severities_histogram with one row a day: it is not kept up to date"),
        PERMISSIONS(
                "role_permission", "no table role_permission: Faraday's four built-in roles decide who may do what"),
        MEMBERSHIP(
                "workspace_permission_association",
                "no table workspace_permission_association: only administrators enter workspaces that are not public"),
        USER_TOKENS("user_token", "no table user_token: every webhook of Jira is refused");

        private final String relation;
        private final String whenMissing;

        Part(String relation, String whenMissing) {
            this.relation = relation;
            this.whenMissing = whenMissing;
        }
    }

    private record Found(Set<Part> parts, Set<String> workspaceColumns, long atNanos) {}

    private final JdbcClient jdbc;
    private volatile @Nullable Found found;

    FaradaySchema(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean has(Part part) {
        return current().parts().contains(part);
    }

    Set<String> workspaceColumns() {
        return current().workspaceColumns();
    }

    private Found current() {
        Found known = found;
        if (known == null || System.nanoTime() - known.atNanos() > FRESH_NANOS) {
            Found present = new Found(parts(), columnsOfWorkspace(), System.nanoTime());
            if (known == null || !known.parts().equals(present.parts())) {
                logMissing(present.parts());
            }
            found = present;
            known = present;
        }
        return known;
    }

    private Set<Part> parts() {
        return EnumSet.allOf(Part.class).stream()
                .filter(part -> jdbc.sql("SELECT to_regclass(:relation) IS NOT NULL")
                        .param("relation", part.relation)
                        .query(Boolean.class)
                        .single())
                .collect(Collectors.toUnmodifiableSet());
    }

    private Set<String> columnsOfWorkspace() {
        return jdbc.sql("""
                        SELECT attname::text FROM pg_attribute
                         WHERE attrelid = 'workspace'::regclass AND attnum > 0 AND NOT attisdropped""").query(String.class).set();
    }

    private static void logMissing(Set<Part> present) {
        for (Part part : Part.values()) {
            if (!present.contains(part)) {
                log.warn("Faraday's database is of an older version. It has {}", part.whenMissing);
            }
        }
    }
}
