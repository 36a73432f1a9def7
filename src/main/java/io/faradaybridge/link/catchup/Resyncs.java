package io.faradaybridge.link.catchup;

import io.faradaybridge.link.LinkSql;
import io.faradaybridge.tables.Columns;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The resync of projects: each link gets a hint, so that both sides are read again. Only a few of these hints are unseen
 * at a time, and the next are left when those have been looked at, so that the usual work always finds free workers.
 */
@Component
public class Resyncs {

    /** Looked at within a second or two; far fewer than the links that the flows accept at once. */
    static final int AT_ONCE = 20;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;

    Resyncs(JdbcClient jdbc, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * @param links the project's links when it began
     * @param left those that are still to be looked at
     * @param endedAt null while it runs
     */
    public record Resync(
            String username,
            Instant startedAt,
            long links,
            long left,
            @Nullable Instant endedAt) {}

    /** The number of links that a resync would look at. */
    public long links(String project) {
        return jdbc.sql(LinkSql.SQL.in(
                        "SELECT count(*) FROM faraday_bridge.issue_link l WHERE {active} AND l.project_key = :project"))
                .param("project", project)
                .query(Long.class)
                .single();
    }

    /** Begins, or begins again, in the caller's transaction. */
    public void begin(String project, String username) {
        jdbc.sql(LinkSql.SQL.in("""
            INSERT INTO faraday_bridge.resync (project_key, username, links, last_id)
            SELECT :project, :username, count(*), coalesce(max(l.id), 0)
              FROM faraday_bridge.issue_link l WHERE {active} AND l.project_key = :project
            ON CONFLICT (project_key) DO UPDATE
               SET username = excluded.username, started_at = now(), links = excluded.links, after_id = 0,
                   last_id = excluded.last_id, ended_at = NULL"""))
                .param("project", project)
                .param("username", username)
                .update();
    }

    /** The last resync of the project. */
    public Optional<Resync> find(String project) {
        return jdbc.sql(LinkSql.SQL.in("""
            SELECT r.username, r.started_at, r.links, r.ended_at,
                   (SELECT count(*) FROM faraday_bridge.issue_link l
                     WHERE r.ended_at IS NULL AND {active} AND l.project_key = r.project_key AND l.id <= r.last_id
                       AND (l.id > r.after_id OR l.hinted_at IS NOT NULL)) AS left_links
              FROM faraday_bridge.resync r WHERE r.project_key = :project"""))
                .param("project", project)
                .query((row, n) -> new Resync(
                        row.getString("username"),
                        Columns.instant(row, "started_at"),
                        row.getLong("links"),
                        row.getLong("left_links"),
                        Columns.instantOrNull(row, "ended_at")))
                .optional();
    }

    private record Running(String project, long after, long last, long unseen) {}

    /** Leaves the next hints, if the last ones have been looked at. Another replica may do the same for other projects. */
    public void goOn(List<String> projects) {
        for (String project : projects) {
            transaction.executeWithoutResult(status -> running(project).ifPresent(this::next));
        }
    }

    private Optional<Running> running(String project) {
        return jdbc.sql(LinkSql.SQL.in("""
            SELECT r.project_key, r.after_id, r.last_id,
                   (SELECT count(*) FROM faraday_bridge.issue_link l
                     WHERE {active} AND l.hinted_at IS NOT NULL AND l.project_key = r.project_key
                       AND l.id <= r.after_id) AS unseen
              FROM faraday_bridge.resync r
             WHERE r.project_key = :project AND r.ended_at IS NULL FOR UPDATE OF r SKIP LOCKED"""))
                .param("project", project)
                .query((row, n) -> new Running(
                        row.getString("project_key"),
                        row.getLong("after_id"),
                        row.getLong("last_id"),
                        row.getLong("unseen")))
                .optional();
    }

    private void next(Running running) {
        long after = running.after() >= running.last() ? running.last() : hint(running);
        boolean over = after >= running.last() && running.unseen() == 0;
        jdbc.sql("""
            UPDATE faraday_bridge.resync SET after_id = :after, ended_at = CASE WHEN :over THEN now() END
             WHERE project_key = :project""")
                .param("after", after)
                .param("over", over)
                .param("project", running.project())
                .update();
    }

    /** @return the last link that has its hint; {@code last} if no link is left */
    private long hint(Running running) {
        if (running.unseen() >= AT_ONCE) {
            return running.after();
        }
        List<Long> hinted = jdbc.sql(LinkSql.SQL.in("""
            UPDATE faraday_bridge.issue_link l SET hints = hints + 1
             WHERE l.id IN (SELECT l.id FROM faraday_bridge.issue_link l
                             WHERE {active} AND l.project_key = :project AND l.id > :after AND l.id <= :last
                             ORDER BY l.id LIMIT :most)
            RETURNING l.id"""))
                .param("project", running.project())
                .param("after", running.after())
                .param("last", running.last())
                .param("most", AT_ONCE - running.unseen())
                .query(Long.class)
                .list();
        return hinted.stream().mapToLong(id -> Objects.requireNonNull(id)).max().orElse(running.last());
    }
}
