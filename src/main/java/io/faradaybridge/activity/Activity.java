package io.faradaybridge.activity;

import static io.faradaybridge.tables.Columns.column;

import io.faradaybridge.broker.EventSettings;
import io.faradaybridge.faraday.Visibility;
import io.faradaybridge.tables.Columns;
import io.faradaybridge.tables.SqlClauses;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The event log: one row for each outcome. Writes join the caller's transaction, so that each row describes a committed
 * change. After the commit the listeners of this process get the row.
 */
@Component("activity")
public class Activity {

    private static final Logger log = LoggerFactory.getLogger(Activity.class);
    private static final int LONGEST_DETAIL = 4000;

    private static final SqlClauses SQL =
            LastRequests.SQL.with("selected", """
                (:vulnerability::integer IS NULL OR a.vulnerability_id = :vulnerability::integer)
                AND (:issue::text IS NULL OR a.issue_key = :issue::text)
                AND (:outcome::text IS NULL OR a.outcome = :outcome::text)
                AND (:since::timestamptz IS NULL OR a.at >= :since::timestamptz)
                AND (:before::bigint IS NULL OR a.id < :before::bigint)""").with("newest", "ORDER BY a.id DESC LIMIT :limit");

    private final JdbcClient jdbc;
    private final EventSettings events;
    private final ActivityListeners listeners;

    public Activity(JdbcClient jdbc, EventSettings events, ActivityListeners listeners) {
        this.jdbc = jdbc;
        this.events = events;
        this.listeners = listeners;
    }

    /**
     * Writes the outcome of a change. A postponement, a block or an ignored change is not written again if it equals
     * the newest row of its vulnerability (or of its issue, if no vulnerability is known). Otherwise a long outage or a
     * sender of many webhooks would hide all other rows.
     *
     * @param correlationId the id in the log lines and messages of the same piece of work
     * @param issueKey null if there is none yet or it is not known
     * @param detail a sentence for readers; without a time or a counter, so that repetitions are recognised
     * @param userId Faraday's user who caused it; null if the bridge acted by itself
     */
    public void record(
            Outcome outcome,
            String correlationId,
            @Nullable Integer vulnerabilityId,
            @Nullable String issueKey,
            String detail,
            @Nullable Integer userId) {
        record(outcome, correlationId, vulnerabilityId, issueKey, detail, userId, null);
    }

    /** @param request what was sent to Jira, kept as the vulnerability's last request; null for nothing */
    public void record(
            Outcome outcome,
            String correlationId,
            @Nullable Integer vulnerabilityId,
            @Nullable String issueKey,
            String detail,
            @Nullable Integer userId,
            @Nullable IssueRequest request) {
        String printable = Printable.of(detail, LONGEST_DETAIL);
        boolean repeats = outcome == Outcome.POSTPONED || outcome == Outcome.BLOCKED || outcome == Outcome.IGNORED;
        if (repeats && isNewest(outcome, vulnerabilityId, issueKey, printable)) {
            return;
        }
        ActivityEntry written = jdbc.sql(SQL.in("""
                        WITH kept AS ({keep-requests})
                        INSERT INTO faraday_bridge.activity
                            (outcome, correlation_id, vulnerability_id, issue_key, detail, user_id, unsent, workspace_id)
                        VALUES (:outcome, :correlation, :vulnerability, :issue, :detail, :user, :unsent, coalesce(
                            (SELECT workspace_id FROM vulnerability WHERE id = :vulnerability::integer),
                            (SELECT workspace_id FROM faraday_bridge.activity
                              WHERE vulnerability_id = :vulnerability::integer ORDER BY id DESC LIMIT 1)))
                        RETURNING *"""))
                .param("requests", LastRequests.json(Stream.ofNullable(request)))
                .param("outcome", outcome.name())
                .param("correlation", correlationId)
                .param("vulnerability", vulnerabilityId)
                .param("issue", issueKey)
                .param("detail", printable)
                .param("user", userId)
                .param("unsent", events.enabled())
                .query(Activity::entry)
                .single();
        listeners.publish(List.of(written));
        log.atLevel(outcome == Outcome.AWAY ? Level.WARN : Level.INFO).log("{}", written.text());
    }

    /**
     * Writes an event without a vulnerability that would be repeated often: at most one row an hour, on whichever
     * replica.
     *
     * @param kind the beginning of the detail, by which an earlier row of the same hour is found
     */
    public void recordHourly(Outcome outcome, String correlationId, String kind, String detail) {
        String printable = Printable.of(kind + detail, LONGEST_DETAIL);
        List<ActivityEntry> written = jdbc.sql("""
            INSERT INTO faraday_bridge.activity (outcome, correlation_id, detail, unsent)
            SELECT :outcome, :correlation, :detail, :unsent WHERE NOT EXISTS (
                SELECT FROM faraday_bridge.activity
                 WHERE vulnerability_id IS NULL AND outcome = :outcome AND starts_with(detail, :kind)
                   AND at > now() - interval '1 hour')
            RETURNING *\
            """)
                .param("outcome", outcome.name())
                .param("correlation", correlationId)
                .param("detail", printable)
                .param("kind", kind)
                .param("unsent", events.enabled())
                .query(Activity::entry)
                .list();
        if (!written.isEmpty()) {
            listeners.publish(written);
            log.info("{}: {}", outcome, printable);
        }
    }

    /** The vulnerability and issue of one row of many; null if there is none. */
    public record Subject(
            String correlationId,
            @Nullable Integer vulnerabilityId,
            @Nullable String issueKey) {}

    /**
     * @param userId Faraday's user who caused it; null if it was no user
     * @param request what was sent to Jira; null for nothing
     */
    public record Event(
            Subject subject,
            String detail,
            @Nullable Integer userId,
            @Nullable IssueRequest request) {}

    /**
     * Writes the same outcome for many vulnerabilities, when a user acts on a whole list: one row for each, in one
     * statement.
     */
    public void recordAll(Outcome outcome, List<Subject> subjects, String detail, @Nullable Integer userId) {
        write(
                outcome,
                subjects.stream()
                        .map(subject -> new Event(subject, detail, userId, null))
                        .toList());
        log.info("{}: {} vulnerabilities: {}", outcome, subjects.size(), Printable.of(detail, LONGEST_DETAIL));
    }

    /** The same outcome for many vulnerabilities, each with a detail of its own, in one statement. */
    public void recordAll(Outcome outcome, List<Event> events) {
        write(outcome, events).forEach(written -> log.info("{}", written.text()));
    }

    private List<ActivityEntry> write(Outcome outcome, List<Event> happened) {
        List<ActivityEntry> written = jdbc.sql(SQL.in("""
            WITH kept AS ({keep-requests})
            INSERT INTO faraday_bridge.activity
                (outcome, correlation_id, vulnerability_id, issue_key, detail, user_id, unsent, workspace_id)
            SELECT :outcome, s.correlation, s.vulnerability, s.issue, s.detail, s.user_id, :unsent, coalesce(
                (SELECT v.workspace_id FROM vulnerability v WHERE v.id = s.vulnerability),
                (SELECT a.workspace_id FROM faraday_bridge.activity a
                  WHERE a.vulnerability_id = s.vulnerability ORDER BY a.id DESC LIMIT 1))
              FROM unnest(:correlations::text[], :vulnerabilities::integer[], :issues::text[], :details::text[],
                          :users::integer[]) AS s (correlation, vulnerability, issue, detail, user_id)
            RETURNING *\
            """))
                .param("requests", LastRequests.json(happened.stream().map(Event::request)))
                .param("outcome", outcome.name())
                .param(
                        "correlations",
                        column(happened, event -> event.subject().correlationId(), String[]::new),
                        Types.ARRAY)
                .param(
                        "vulnerabilities",
                        column(happened, event -> event.subject().vulnerabilityId(), Integer[]::new),
                        Types.ARRAY)
                .param("issues", column(happened, event -> event.subject().issueKey(), String[]::new), Types.ARRAY)
                .param(
                        "details",
                        column(happened, event -> Printable.of(event.detail(), LONGEST_DETAIL), String[]::new),
                        Types.ARRAY)
                .param("users", column(happened, Event::userId, Integer[]::new), Types.ARRAY)
                .param("unsent", events.enabled())
                .query(Activity::entry)
                .list();
        listeners.publish(written);
        return written;
    }

    private boolean isNewest(
            Outcome outcome, @Nullable Integer vulnerabilityId, @Nullable String issueKey, String detail) {
        String newest = vulnerabilityId == null ? """
            SELECT outcome, detail FROM faraday_bridge.activity
            WHERE vulnerability_id IS NULL AND issue_key IS NOT DISTINCT FROM :issue
            ORDER BY id DESC LIMIT 1\
            """ : """
                SELECT outcome, detail FROM faraday_bridge.activity
                WHERE vulnerability_id = :vulnerability
                ORDER BY id DESC LIMIT 1\
                """;
        return jdbc.sql(newest)
                .param("vulnerability", vulnerabilityId)
                .param("issue", issueKey)
                .query((row, n) -> row.getString("outcome").equals(outcome.name())
                        && row.getString("detail").equals(detail))
                .optional()
                .orElse(false);
    }

    /** A page of events, newest first. */
    public List<ActivityEntry> find(ActivityQuery query) {
        return find("SELECT * FROM faraday_bridge.activity a WHERE {selected} {newest}", query)
                .query(Activity::entry)
                .list();
    }

    /**
     * A page of those events that the reader may see. Each workspace is read by its index, so that large other
     * workspaces do not make it slower.
     */
    public List<ActivityEntry> find(ActivityQuery query, Visibility reach) {
        return reach.everywhere()
                ? find(query)
                : find("""
                    SELECT * FROM (
                      SELECT mine.* FROM unnest(:workspaces::integer[]) workspace CROSS JOIN LATERAL (
                        SELECT * FROM faraday_bridge.activity a
                         WHERE a.workspace_id = workspace AND {selected} {newest}) mine
                      UNION ALL
                      (SELECT * FROM faraday_bridge.activity a
                        WHERE :general AND a.vulnerability_id IS NULL AND {selected} {newest})) a {newest}""", query)
                        .param("workspaces", reach.workspaceIds(), Types.ARRAY)
                        .param("general", reach.general())
                        .query(Activity::entry)
                        .list();
    }

    private JdbcClient.StatementSpec find(String statement, ActivityQuery query) {
        return jdbc.sql(SQL.in(statement))
                .param("vulnerability", query.vulnerabilityId())
                .param("issue", query.issueKey())
                .param(
                        "outcome",
                        query.outcome() == null ? null : query.outcome().name())
                .param("since", query.since() == null ? null : OffsetDateTime.ofInstant(query.since(), ZoneOffset.UTC))
                .param("before", query.before())
                .param("limit", query.limit());
    }

    static ActivityEntry entry(ResultSet row, int n) throws SQLException {
        return new ActivityEntry(
                row.getLong("id"),
                Columns.instant(row, "at"),
                Outcome.valueOf(row.getString("outcome")),
                row.getString("correlation_id"),
                row.getObject("vulnerability_id", Integer.class),
                row.getString("issue_key"),
                row.getString("detail"),
                row.getObject("user_id", Integer.class));
    }

    /** Changes in Jira within the last 24 hours that the sweep found and no webhook told. */
    public long foundBySweepOnly() {
        return jdbc.sql("""
            SELECT count(*) FROM faraday_bridge.activity
             WHERE at > now() - interval '1 day' AND vulnerability_id IS NOT NULL AND correlation_id LIKE 'sweep-%'
               AND outcome IN ('APPLIED', 'CONFLICT', 'IGNORED', 'SETTLED')""").query(Long.class).single();
    }
}
