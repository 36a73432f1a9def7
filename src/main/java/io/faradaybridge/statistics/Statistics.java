package io.faradaybridge.statistics;

import io.faradaybridge.activity.Outcome;
import io.faradaybridge.faraday.Visibility;
import io.faradaybridge.tables.Columns;
import io.faradaybridge.tables.SqlClauses;
import io.faradaybridge.web.KeptCounts;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts activity by part of a time, and reads what the replicas saw of Jira in each minute. */
@Component
class Statistics {

    private static final int CAUSES = 12;

    private static final SqlClauses SQL = new SqlClauses().with("visible", """
                a.at >= :from AND a.at < :to
                 AND (:everywhere OR a.workspace_id = ANY (:workspaces::integer[])
                      OR :general AND a.vulnerability_id IS NULL)""");

    private final JdbcClient jdbc;
    private final KeptCounts<Asked, StatisticsReport> reports = new KeptCounts<>();

    Statistics(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Two readers who see the same get the same figures. */
    private record Asked(StatisticsRange range, Visibility reach, Instant from) {

        Instant to() {
            return from.plus(range.part().multipliedBy(range.parts()));
        }
    }

    StatisticsReport of(StatisticsRange range, Visibility reach) {
        Asked asked = new Asked(range, reach, begin(range));
        return reports.get(asked, () -> count(asked));
    }

    /** So that the last part is the one in which now is. */
    private Instant begin(StatisticsRange range) {
        long now = jdbc.sql("SELECT extract(epoch FROM clock_timestamp())::bigint")
                .query(Long.class)
                .single();
        long part = range.part().toSeconds();
        return Instant.ofEpochSecond((now / part + 1 - range.parts()) * part);
    }

    private StatisticsReport count(Asked asked) {
        StatisticsRange range = asked.range();
        Map<Integer, Map<Outcome, Long>> outcomes = outcomes(asked);
        Map<Integer, StatisticsReport.Jira> jira = jira(asked);
        List<StatisticsReport.Part> parts = new ArrayList<>();
        for (int part = 0; part < range.parts(); part++) {
            parts.add(part(
                    asked.from().plus(range.part().multipliedBy(part)),
                    outcomes.getOrDefault(part, Map.of()),
                    jira.get(part)));
        }
        return new StatisticsReport(
                range, asked.from(), asked.to(), range.part().toSeconds(), parts, causes(asked));
    }

    private static StatisticsReport.Part part(
            Instant at, Map<Outcome, Long> outcomes, StatisticsReport.@Nullable Jira jira) {
        return new StatisticsReport.Part(
                at,
                outcomes.getOrDefault(Outcome.APPLIED, 0L),
                outcomes.getOrDefault(Outcome.DRIVEN, 0L),
                outcomes.getOrDefault(Outcome.EXPORTED, 0L),
                outcomes.getOrDefault(Outcome.BLOCKED, 0L),
                outcomes.getOrDefault(Outcome.REFUSED, 0L),
                outcomes.getOrDefault(Outcome.POSTPONED, 0L),
                outcomes.getOrDefault(Outcome.DEAD, 0L),
                jira);
    }

    private Map<Integer, Map<Outcome, Long>> outcomes(Asked asked) {
        Map<Integer, Map<Outcome, Long>> counted = new HashMap<>();
        ofActivity("""
            SELECT {part}, a.outcome, count(*) AS many FROM faraday_bridge.activity a
             WHERE {visible} GROUP BY 1, 2""", asked)
                .query((row, n) -> counted.computeIfAbsent(row.getInt("part"), part -> new EnumMap<>(Outcome.class))
                        .put(Outcome.valueOf(row.getString("outcome")), row.getLong("many")))
                .list();
        return counted;
    }

    private List<StatisticsReport.Cause> causes(Asked asked) {
        return ofActivity("""
            SELECT a.outcome, c.many, a.detail, a.at FROM (
              SELECT count(*) AS many, max(a.id) AS newest FROM faraday_bridge.activity a
               WHERE {visible} AND a.outcome IN ('BLOCKED', 'REFUSED', 'POSTPONED', 'DEAD')
               GROUP BY a.outcome, regexp_replace(left(a.detail, 200), '[0-9]+', '#', 'g')
               ORDER BY many DESC, newest DESC LIMIT :causes) c
              JOIN faraday_bridge.activity a ON a.id = c.newest ORDER BY c.many DESC, a.id DESC""", asked)
                .param("causes", CAUSES)
                .query((row, n) -> new StatisticsReport.Cause(
                        Outcome.valueOf(row.getString("outcome")),
                        row.getLong("many"),
                        row.getString("detail"),
                        Columns.instant(row, "at")))
                .list();
    }

    private JdbcClient.StatementSpec ofActivity(String statement, Asked asked) {
        return within(statement, "a.at", asked)
                .param("everywhere", asked.reach().everywhere())
                .param("general", asked.reach().general())
                .param("workspaces", asked.reach().workspaceIds(), Types.ARRAY);
    }

    private Map<Integer, StatisticsReport.Jira> jira(Asked asked) {
        Map<Integer, StatisticsReport.Jira> seen = new HashMap<>();
        within("""
            SELECT {part}, sum(calls)::bigint AS calls, (sum(total_ms) / nullif(sum(calls), 0))::bigint AS mean_ms,
                   max(longest_ms) FILTER (WHERE calls > 0) AS longest_ms, sum(limited)::bigint AS limited,
                   coalesce(max(due_ms), 0) / 1000 AS due_seconds
              FROM faraday_bridge.minute_sample WHERE minute >= :from AND minute < :to GROUP BY 1""", "minute", asked)
                .query((row, n) -> seen.put(
                        row.getInt("part"),
                        new StatisticsReport.Jira(
                                row.getLong("calls"),
                                row.getObject("mean_ms", Long.class),
                                row.getObject("longest_ms", Long.class),
                                row.getLong("limited"),
                                row.getLong("due_seconds"))))
                .list();
        return seen;
    }

    private JdbcClient.StatementSpec within(String statement, String time, Asked asked) {
        return jdbc.sql(SQL.with("time", time)
                        .with("part", "floor(extract(epoch FROM {time} - :from)::float8 / :seconds)::integer AS part")
                        .in(statement))
                .param("from", OffsetDateTime.ofInstant(asked.from(), ZoneOffset.UTC))
                .param("to", OffsetDateTime.ofInstant(asked.to(), ZoneOffset.UTC))
                .param("seconds", asked.range().part().toSeconds());
    }
}
