package io.faradaybridge.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.faradaybridge.activity.NamedVulnerabilities;
import io.faradaybridge.deadletter.DeadLetter.State;
import io.faradaybridge.faraday.Visibility;
import io.faradaybridge.tables.Columns;
import io.faradaybridge.tables.Json;
import io.faradaybridge.tables.Purge;
import io.faradaybridge.tables.SqlClauses;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table dead_letter. */
@Component
class DeadLetterTable {

    static final SqlClauses SQL = new SqlClauses()
            // all existing vulnerabilities that the message names must be in workspaces that the reader may enter
            .with("visible", """
                (:everywhere OR CASE
                   WHEN EXISTS (SELECT FROM vulnerability v WHERE v.id = ANY (vulnerability_ids))
                   THEN NOT EXISTS (SELECT FROM vulnerability v WHERE v.id = ANY (vulnerability_ids)
                                       AND v.workspace_id <> ALL (:workspaces))
                   ELSE :general END)""");

    private static final int EXCERPT = 2000;
    private static final int WHOLE = Integer.MAX_VALUE;

    private static final int PURGED_AT_ONCE = 1_000;

    private final JdbcClient jdbc;

    DeadLetterTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return false if this message already waits here: it was delivered again because its acknowledgement was lost */
    boolean insert(Letter letter) {
        return jdbc.sql("""
                        INSERT INTO faraday_bridge.dead_letter (origin, route_id, correlation_id, body, content_type,
                            headers, cause, attempts, message_id, vulnerability_ids)
                        VALUES (:origin, :route, :correlation, :body, :type, :headers::jsonb, :cause, :attempts, :message,
                            :vulnerabilities)
                        ON CONFLICT DO NOTHING""")
                        .param("origin", letter.origin())
                        .param("route", letter.routeId())
                        .param("correlation", letter.correlationId())
                        .param("body", letter.body())
                        .param("type", letter.text() ? "text" : "bytes")
                        .param("headers", Json.written(letter.headers()))
                        .param("cause", letter.cause())
                        .param("attempts", letter.attempts())
                        .param("message", letter.messageId())
                        .param(
                                "vulnerabilities",
                                NamedVulnerabilities.in(letter.body()).toArray(Integer[]::new),
                                Types.ARRAY)
                        .update()
                == 1;
    }

    List<DeadLetter> list(@Nullable State state, @Nullable Long before, int limit, Visibility reach) {
        return jdbc.sql(SQL.in("""
            SELECT *, substring(body FOR :excerpt) AS shown, length(body) AS bytes
              FROM faraday_bridge.dead_letter
             WHERE (:state::text IS NULL OR state = :state::text)
               AND (:before::bigint IS NULL OR id < :before::bigint) AND {visible}
             ORDER BY id DESC LIMIT :limit"""))
                .param("excerpt", EXCERPT)
                .param("state", state == null ? null : state.column())
                .param("before", before)
                .param("limit", limit)
                .param("everywhere", reach.everywhere())
                .param("general", reach.general())
                .param("workspaces", reach.workspaceIds(), Types.ARRAY)
                .query(DeadLetterTable::letter)
                .list();
    }

    Optional<DeadLetter> find(long id) {
        return jdbc.sql("""
                        SELECT *, substring(body FOR :whole) AS shown, length(body) AS bytes
                        FROM faraday_bridge.dead_letter WHERE id = :id""")
                .param("whole", WHOLE)
                .param("id", id)
                .query(DeadLetterTable::letter)
                .optional();
    }

    /** Whether a user may see it. */
    boolean within(Visibility reach, long id) {
        return jdbc.sql(SQL.in("SELECT count(*) > 0 FROM faraday_bridge.dead_letter WHERE id = :id AND {visible}"))
                .param("id", id)
                .param("everywhere", reach.everywhere())
                .param("general", reach.general())
                .param("workspaces", reach.workspaceIds(), Types.ARRAY)
                .query(Boolean.class)
                .single();
    }

    byte[] body(long id) {
        return jdbc.sql("SELECT body FROM faraday_bridge.dead_letter WHERE id = :id")
                .param("id", id)
                .query((row, n) -> row.getBytes(1))
                .single();
    }

    /** What of a letter its actions need. @param correlationId of the message, or a new one */
    record Moved(long id, String origin, boolean text, String correlationId) {}

    /** Moves letters that wait to another state; each is moved for one of several callers. */
    List<Moved> moveAll(Collection<Long> ids, State to, String who) {
        return jdbc.sql("""
            UPDATE faraday_bridge.dead_letter SET state = :to, state_by = :who, state_at = now()
             WHERE id IN (SELECT id FROM faraday_bridge.dead_letter WHERE id = ANY (:ids) AND state = 'waiting'
                           ORDER BY id FOR UPDATE)
            RETURNING id, origin, content_type, coalesce(correlation_id, gen_random_uuid()::text) AS correlation""")
                .param("to", to.column())
                .param("who", who)
                .param("ids", ids.toArray(Long[]::new), Types.ARRAY)
                .query((row, n) -> new Moved(
                        row.getLong("id"),
                        row.getString("origin"),
                        row.getString("content_type").equals("text"),
                        row.getString("correlation")))
                .list();
    }

    /** The queues that the letters which still wait came from. */
    Map<Long, String> waiting(Collection<Long> ids) {
        Map<Long, String> origins = new LinkedHashMap<>();
        jdbc.sql("""
            SELECT id, origin FROM faraday_bridge.dead_letter WHERE id = ANY (:ids) AND state = 'waiting' ORDER BY id""").param("ids", ids.toArray(Long[]::new), Types.ARRAY).query(row -> {
            origins.put(row.getLong("id"), row.getString("origin"));
        });
        return origins;
    }

    void purge(long keepSeconds) {
        Purge.inTurns(jdbc.sql("""
                DELETE FROM faraday_bridge.dead_letter WHERE id IN (
                       SELECT id FROM faraday_bridge.dead_letter
                        WHERE state <> 'waiting' AND state_at < now() - make_interval(secs => :keep)
                        ORDER BY id LIMIT :many FOR UPDATE SKIP LOCKED)""").param("keep", keepSeconds), PURGED_AT_ONCE);
    }

    private static DeadLetter letter(ResultSet row, int n) throws SQLException {
        return new DeadLetter(
                row.getLong("id"),
                Columns.instant(row, "at"),
                row.getString("origin"),
                row.getString("route_id"),
                row.getString("correlation_id"),
                new String(row.getBytes("shown"), StandardCharsets.UTF_8),
                row.getString("content_type").equals("text"),
                row.getLong("bytes"),
                read(row.getString("headers")),
                row.getString("cause"),
                row.getInt("attempts"),
                row.getString("message_id"),
                State.valueOf(row.getString("state").toUpperCase(java.util.Locale.ROOT)),
                Columns.instantOrNull(row, "state_at"),
                row.getString("state_by"));
    }

    private static Map<String, String> read(String headers) {
        try {
            return Json.MAPPER.readValue(headers, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Column headers of dead_letter holds no object of texts: " + headers, e);
        }
    }
}
