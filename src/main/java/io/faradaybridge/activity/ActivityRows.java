package io.faradaybridge.activity;

import io.faradaybridge.broker.EventSettings;
import io.faradaybridge.tables.Purge;
import java.sql.Types;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What becomes of the rows of the activity after they were written: they leave as events, and they are deleted. */
@Component("activityRows")
public class ActivityRows {

    private static final int PURGED_AT_ONCE = 5000;

    private final JdbcClient jdbc;
    private final ActivitySettings settings;
    private final EventSettings events;

    public ActivityRows(JdbcClient jdbc, ActivitySettings settings, EventSettings events) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.events = events;
    }

    /** The rows that have not left as events yet, the oldest first. */
    public List<ActivityEntry> unsent(int limit) {
        return jdbc.sql("SELECT * FROM faraday_bridge.activity WHERE unsent ORDER BY id LIMIT :limit")
                .param("limit", limit)
                .query(Activity::entry)
                .list();
    }

    public void sent(List<ActivityEntry> rows) {
        jdbc.sql("UPDATE faraday_bridge.activity SET unsent = false WHERE id = ANY (:ids)")
                .param("ids", rows.stream().map(ActivityEntry::id).toArray(Long[]::new), Types.ARRAY)
                .update();
    }

    /** How many rows have not left as events yet; at most the limit. */
    public long countUnsent(int limit) {
        return jdbc.sql("""
            SELECT count(*) FROM (SELECT FROM faraday_bridge.activity WHERE unsent LIMIT :limit) waiting""").param("limit", limit).query(Long.class).single();
    }

    /** For how long the oldest row has had to leave as an event; 0 if none has to, or while events are off. */
    public double unsentSeconds() {
        return events.enabled() ? jdbc.sql("""
                        SELECT extract(epoch FROM now() - at)::float8 FROM faraday_bridge.activity
                         WHERE unsent ORDER BY id LIMIT 1""").query(Double.class).optional().orElse(0.0) : 0;
    }

    /**
     * Deletes rows that are older than {@code bridge.activity.keep}, except those that have still to leave as events; safe
     * on several replicas at once.
     */
    public void purge() {
        Purge.inTurns(
                jdbc.sql("""
                        DELETE FROM faraday_bridge.activity WHERE id IN (
                            SELECT id FROM faraday_bridge.activity
                            WHERE at < now() - make_interval(secs => :keep) AND NOT (unsent AND :events)
                            ORDER BY id LIMIT :many FOR UPDATE SKIP LOCKED)""").param("keep", settings.keep().toSeconds()).param("events", events.enabled()),
                PURGED_AT_ONCE);
    }
}
