package io.faradaybridge.link;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Whether Jira's webhooks tell of what happens in a project. Only where they do is an issue's status assumed: where they do
 * not come, a person's move would be driven over without a look. In the database, since all replicas have to know.
 */
@Repository
public class ProjectWebhooks {

    private final JdbcClient jdbc;

    ProjectWebhooks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One came in about a linked issue, from somebody who may change its vulnerability. Written once a minute where nothing was missed, so that webhooks do not wait for each other. */
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

    /** A change was found on the issue that no webhook had told of, unless one came in this moment. */
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

    /** One was accepted within the last hour, and since then no change was found that none had told of. */
    boolean alive(String projectKey) {
        return jdbc.sql("""
            SELECT EXISTS (SELECT FROM faraday_bridge.project_webhooks
                            WHERE project_key = :project AND accepted_at > now() - interval '1 hour'
                              AND (missed_at IS NULL OR missed_at < accepted_at))\
            """).param("project", projectKey).query(Boolean.class).single();
    }
}
