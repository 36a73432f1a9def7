package io.faradaybridge.export.attachments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.faradaybridge.configuration.Direction;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.tables.Json;
import io.faradaybridge.tables.RowLease;
import io.faradaybridge.tables.SqlClauses;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements on {@code owed_attachments}: new issues that have not got the files of their vulnerability yet. */
@Component
public class OwedAttachments {

    /** Longer than reading a file, sending it, and the 90 s in which Jira may go on with a call that has ended. */
    private static final Duration LEASE = Duration.ofSeconds(240);

    private static final SqlClauses SQL = RowLease.in(new SqlClauses());

    private final JdbcClient jdbc;
    private final IntegrationConfigurationSource configuration;

    OwedAttachments(JdbcClient jdbc, IntegrationConfigurationSource configuration) {
        this.jdbc = jdbc;
        this.configuration = configuration;
    }

    /**
     * A leased row with what is needed of its link.
     *
     * @param files by name in Faraday
     * @param ended whether the link has ended
     */
    record Owed(
            long id,
            UUID token,
            int vulnerabilityId,
            String projectKey,
            String issueId,
            String issueKey,
            boolean ended,
            Map<String, OwedFile> files,
            int attempts) {}

    /** The projects at work whose new issues get files, by key. */
    Map<String, ProjectSettings> projects() {
        return configuration.current().projectsAtWork(project -> project.attachments()
                .enabled());
    }

    /** Those of them whose issues may get their files now. */
    Map<String, ProjectSettings> open() {
        IntegrationSettings settings = configuration.current();
        return settings.projectsAtWork(
                project -> project.attachments().enabled() && settings.open(project.key(), Direction.FARADAY_TO_JIRA));
    }

    /** Called in the transaction that links new issues. It reads nothing of Faraday, so that it cannot fail for that. */
    public void owe(Collection<Long> linkIds) {
        Map<String, ProjectSettings> projects = projects();
        if (projects.isEmpty() || linkIds.isEmpty()) {
            return;
        }
        jdbc.sql("""
            INSERT INTO faraday_bridge.owed_attachments (link_id)
            SELECT l.id FROM faraday_bridge.issue_link l WHERE l.id = ANY (:ids) AND l.project_key = ANY (:projects)
            ON CONFLICT (link_id) DO NOTHING""")
                .param("ids", linkIds.toArray(Long[]::new), Types.ARRAY)
                .param("projects", projects.keySet().toArray(String[]::new), Types.ARRAY)
                .update();
    }

    Optional<Owed> claim(Collection<String> projects) {
        return jdbc.sql(SQL.in("""
            WITH due AS (
                UPDATE faraday_bridge.owed_attachments SET lease_token = gen_random_uuid(), {leased-until}
                 WHERE link_id = (SELECT f.link_id FROM faraday_bridge.owed_attachments f
                                    JOIN faraday_bridge.issue_link l ON l.id = f.link_id
                                   WHERE {unleased} AND (l.project_key = ANY (:projects) OR l.ended_at IS NOT NULL)
                                   ORDER BY f.retry_at NULLS FIRST, f.link_id LIMIT 1 FOR UPDATE OF f SKIP LOCKED)
                RETURNING *)
            SELECT d.*, l.vulnerability_id, l.project_key, l.issue_id, l.issue_key, l.ended_at IS NOT NULL AS ended
              FROM due d JOIN faraday_bridge.issue_link l ON l.id = d.link_id"""))
                .param("lease", LEASE.toSeconds())
                .param("projects", projects.toArray(String[]::new), Types.ARRAY)
                .query(OwedAttachments::read)
                .optional();
    }

    /** Saves what is known of the files and renews the lease. @return false if the lease is lost */
    boolean save(Owed owed, Map<String, OwedFile> files) {
        return jdbc.sql(SQL.in("""
            UPDATE faraday_bridge.owed_attachments f SET files = :files::jsonb, {leased-until} WHERE {held}"""))
                        .param("files", Json.written(files))
                        .param("lease", LEASE.toSeconds())
                        .param("id", owed.id())
                        .param("token", owed.token())
                        .update()
                == 1;
    }

    /** Nothing is owed any more. @return false if the lease is lost */
    boolean done(Owed owed) {
        return jdbc.sql(SQL.in("DELETE FROM faraday_bridge.owed_attachments f WHERE {held}"))
                        .param("id", owed.id())
                        .param("token", owed.token())
                        .update()
                == 1;
    }

    /** Ends the lease. @param counts whether it is an attempt */
    void later(Owed owed, Duration pause, boolean counts) {
        jdbc.sql(SQL.in("""
            UPDATE faraday_bridge.owed_attachments f SET {put-off} WHERE {held}"""))
                .param("counts", counts ? 1 : 0)
                .param("millis", pause.toMillis())
                .param("id", owed.id())
                .param("token", owed.token())
                .update();
    }

    private static Owed read(ResultSet row, int number) throws SQLException {
        try {
            return new Owed(
                    row.getLong("link_id"),
                    row.getObject("lease_token", UUID.class),
                    row.getInt("vulnerability_id"),
                    row.getString("project_key"),
                    row.getString("issue_id"),
                    row.getString("issue_key"),
                    row.getBoolean("ended"),
                    Json.MAPPER.readValue(row.getString("files"), new TypeReference<>() {}),
                    row.getInt("attempts"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("owed_attachments.files cannot be read", e);
        }
    }
}
