package io.faradaybridge.link;

import io.faradaybridge.tables.Columns;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether Jira's webhooks for a project arrive. Only then may an issue's status be assumed; without them the bridge
 * would move an issue over a person's move without a look. Stored in the database for all replicas.
 */
@Component
public class ProjectWebhooks {

    private final JdbcClient jdbc;

    ProjectWebhooks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * For a statement with {@code target.issue_key}: whether {@link #accepted} would not write anything for its project now.
     */
    static final String TOLD = """
            EXISTS (SELECT FROM faraday_bridge.project_webhooks p
                     WHERE p.project_key = split_part(target.issue_key, '-', 1)
                       AND p.accepted_at >= now() - interval '1 minute'
                       AND (p.missed_at IS NULL OR p.missed_at < p.accepted_at))\
            """;

    /**
     * A webhook for a linked issue was accepted, of a user who may change its vulnerability. Written at most once a
     * minute if none was missed, so that webhooks do not wait for each other.
     */
    public void accepted(String projectKey) {
        jdbc.sql("""
            WITH renewed AS (
              UPDATE faraday_bridge.project_webhooks SET accepted_at = clock_timestamp()
               WHERE project_key = :project
                 AND (accepted_at < now() - interval '1 minute' OR missed_at >= accepted_at))
            INSERT INTO faraday_bridge.project_webhooks (project_key, accepted_at)
            SELECT :project, clock_timestamp()
             WHERE NOT EXISTS (SELECT FROM faraday_bridge.project_webhooks WHERE project_key = :project)
            ON CONFLICT DO NOTHING\
            """).param("project", projectKey).update();
    }

    /** When the newest one of any project was accepted, exact to a minute. */
    public Optional<Instant> lastAccepted() {
        return jdbc.sql("SELECT max(accepted_at) AS last FROM faraday_bridge.project_webhooks")
                .query((row, n) -> Optional.ofNullable(Columns.instantOrNull(row, "last")))
                .single();
    }

    /** A change of the issue was found without a webhook, unless one came at this moment. */
    void missed(IssueLink link) {
        jdbc.sql("""
            UPDATE faraday_bridge.project_webhooks SET missed_at = clock_timestamp()
             WHERE project_key = :project
               AND EXISTS (SELECT FROM faraday_bridge.issue_link WHERE id = :link AND hint_user_id IS NULL)\
            """)
                .param("project", link.projectKey())
                .param("link", link.id())
                .update();
    }

    /** A project in which a change was found without a webhook after its last one. */
    public Optional<String> missed() {
        return jdbc.sql("SELECT min(project_key) FROM faraday_bridge.project_webhooks WHERE missed_at >= accepted_at")
                .query((row, n) -> Optional.ofNullable(row.getString(1)))
                .single();
    }

    /** Whether a webhook was accepted within the last hour, and no change without a webhook was found since. */
    boolean alive(String projectKey) {
        return jdbc.sql("""
            SELECT EXISTS (SELECT FROM faraday_bridge.project_webhooks
                            WHERE project_key = :project AND accepted_at > now() - interval '1 hour'
                              AND (missed_at IS NULL OR missed_at < accepted_at))\
            """).param("project", projectKey).query(Boolean.class).single();
    }
}
