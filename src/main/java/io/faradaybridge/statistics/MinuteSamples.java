package io.faradaybridge.statistics;

import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.jira.client.CallTimes;
import io.faradaybridge.link.DueLinks;
import io.faradaybridge.tables.ItemState;
import io.faradaybridge.tables.SqlClauses;
import java.sql.Types;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Saves once a minute what this replica saw of Jira's answers, and for how long work has been due. What cannot be saved
 * is saved with the next sample.
 */
@Component("minuteSamples")
public class MinuteSamples {

    /** Of the links those whose own rows show that they are due, since for the others the time is not known. */
    private static final SqlClauses SQL = DueLinks.SQL.with(
            "due-item", ItemState.SQL.in("i.state IN {queued} AND i.project_key = ANY (:projects) AND {free}"));

    private final String replica = UUID.randomUUID().toString();
    private final JdbcClient jdbc;
    private final CallTimes times;
    private final IntegrationConfigurationSource configuration;

    MinuteSamples(JdbcClient jdbc, CallTimes times, IntegrationConfigurationSource configuration) {
        this.jdbc = jdbc;
        this.times = times;
        this.configuration = configuration;
    }

    public void save() {
        CallTimes.Figures seen = times.take();
        try {
            save(seen);
        } catch (RuntimeException failure) {
            times.giveBack(seen);
            throw failure;
        }
    }

    private void save(CallTimes.Figures seen) {
        jdbc.sql(SQL.in("""
            INSERT INTO faraday_bridge.minute_sample AS s (minute, replica, calls, total_ms, longest_ms, limited, due_ms)
            SELECT date_trunc('minute', clock_timestamp()), :replica, :calls, :total, :longest, :limited,
                   1000 * extract(epoch FROM clock_timestamp() - least(
                     (SELECT min(coalesce(l.retry_at, least(l.driving_since, l.hinted_at)))
                        FROM faraday_bridge.issue_link l
                       WHERE l.project_key = ANY (:projects) AND {free} AND {announced}),
                     (SELECT min(coalesce(i.retry_at, i.updated_at))
                        FROM faraday_bridge.export_item i WHERE {due-item})))
            ON CONFLICT (minute, replica) DO UPDATE
               SET calls = s.calls + excluded.calls, total_ms = s.total_ms + excluded.total_ms,
                   longest_ms = greatest(s.longest_ms, excluded.longest_ms), limited = s.limited + excluded.limited,
                   due_ms = greatest(s.due_ms, excluded.due_ms)"""))
                .param("replica", replica)
                .param("calls", seen.calls())
                .param("total", seen.totalMillis())
                .param("longest", seen.longestMillis())
                .param("limited", seen.limited())
                .param("projects", configuration.current().keysAtWork().toArray(String[]::new), Types.ARRAY)
                .update();
    }

    /** The longest chart is of a month. */
    public void purge() {
        jdbc.sql("DELETE FROM faraday_bridge.minute_sample WHERE minute < now() - interval '31 days'")
                .update();
    }
}
