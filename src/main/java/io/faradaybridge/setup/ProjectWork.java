package io.faradaybridge.setup;

import static io.faradaybridge.tables.ItemState.REFUSED;
import static io.faradaybridge.tables.ItemState.RESERVED;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.link.LinkSql;
import io.faradaybridge.tables.Columns;
import io.faradaybridge.tables.ItemState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts the links and exports of projects, and ends queued exports of a project that is removed. */
@Component
class ProjectWork {

    private final JdbcClient jdbc;
    private final IntegrationConfigurationSource configuration;
    private final Activity activity;

    ProjectWork(JdbcClient jdbc, IntegrationConfigurationSource configuration, Activity activity) {
        this.jdbc = jdbc;
        this.configuration = configuration;
        this.activity = activity;
    }

    /**
     * @param links active links
     * @param queued export items that were not sent yet
     * @param sent export items whose issue exists or may exist but is not linked yet
     * @param batches the number of batches with such items
     */
    record OfProject(long links, long queued, long sent, long batches) {}

    /** @param oldestDue since when the oldest item is due; null if none is */
    record Items(
            long queued,
            long unknown,
            long deadLetters,
            @Nullable Instant oldestDue) {}

    OfProject of(String projectKey) {
        return jdbc.sql(ItemState.SQL.with("linked", LinkSql.SQL.in("{active}")).in("""
            SELECT (SELECT count(*) FROM faraday_bridge.issue_link l
                     WHERE l.project_key = :project AND {linked}) AS links,
                   count(*) FILTER (WHERE i.state = 'reserved' AND i.sent_at IS NULL) AS queued,
                   count(*) FILTER (WHERE i.state <> 'reserved' OR i.sent_at IS NOT NULL) AS sent,
                   count(DISTINCT i.batch_id) AS batches
              FROM faraday_bridge.export_item i
             WHERE i.project_key = :project AND i.state IN {open}"""))
                .param("project", projectKey)
                .query((row, n) -> new OfProject(
                        row.getLong("links"), row.getLong("queued"), row.getLong("sent"), row.getLong("batches")))
                .single();
    }

    /** Ends queued items that were never sent; a worker that prepares one of them finds its lease lost (E2). */
    void refuseQueued(String projectKey, String reason, int userId) {
        List<Activity.Subject> refused = jdbc.sql(REFUSED.from(RESERVED).in("""
            UPDATE faraday_bridge.export_item i
               SET state = {to}, reason = :reason, retry_at = NULL, lease_token = NULL, lease_until = NULL, updated_at = now()
              FROM faraday_bridge.export_batch b
             WHERE b.id = i.batch_id AND i.project_key = :project AND i.state IN {from} AND i.sent_at IS NULL
            RETURNING b.correlation_id, i.vulnerability_id"""))
                .param("project", projectKey)
                .param("reason", reason)
                .query((row, n) ->
                        new Activity.Subject(row.getString("correlation_id"), row.getInt("vulnerability_id"), null))
                .list();
        if (!refused.isEmpty()) {
            activity.recordAll(Outcome.REFUSED, refused, "not exported to " + projectKey + ": " + reason, userId);
        }
    }

    /** Where exports are switched off, only items whose issue may exist are due. */
    Items items() {
        IntegrationSettings now = configuration.current();
        return jdbc.sql(ItemState.SQL.in("""
            SELECT count(*) FILTER (WHERE i.state IN {queued}) AS queued,
                   count(*) FILTER (WHERE i.state = 'unknown') AS unknown,
                   (SELECT count(*) FROM faraday_bridge.dead_letter WHERE state = 'waiting') AS dead,
                   min(coalesce(i.retry_at, i.updated_at))
                       FILTER (WHERE i.state IN {queued} AND {free} AND i.project_key = ANY (
                                   CASE i.state WHEN 'reserved' THEN :exporting::text[] ELSE :projects::text[] END)) AS oldest
              FROM faraday_bridge.export_item i WHERE i.state IN {open}"""))
                .param("projects", now.keysAtWork().toArray(String[]::new), Types.ARRAY)
                .param("exporting", now.exportingKeys().toArray(String[]::new), Types.ARRAY)
                .query(ProjectWork::read)
                .single();
    }

    private static Items read(ResultSet row, int number) throws SQLException {
        return new Items(
                row.getLong("queued"),
                row.getLong("unknown"),
                row.getLong("dead"),
                Columns.instantOrNull(row, "oldest"));
    }
}
