package io.faradaybridge.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.answers.XmlText;
import io.faradaybridge.tables.Columns;
import io.faradaybridge.tables.Json;
import io.faradaybridge.tables.Purge;
import io.faradaybridge.tables.SqlClauses;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The newest request of each vulnerability that was to create or change its issue, for people who look for a cause. Only
 * method, path and body are kept, never a header; {@link SetupAudit} says what of the body is masked.
 */
@Component
public class LastRequests {

    /** Of a body: a description of the length that Jira allows fits into it. */
    static final int MOST_CHARACTERS = 40_000;

    private static final int[] TEXT_LENGTHS = {10_000, 1_000, 100};
    private static final int LONGEST_REASON = 4000;
    private static final int PURGED_AT_ONCE = 5000;

    /** {@code :requests} is {@link #json}. The newest of a vulnerability stays. */
    static final SqlClauses SQL = new SqlClauses().with("keep-requests", """
        INSERT INTO faraday_bridge.last_request AS kept
            (vulnerability_id, at, took_ms, method, path, body, shortened, issues, status, reason)
        SELECT DISTINCT ON (r.vulnerability_id) r.vulnerability_id, clock_timestamp(), r.took_ms, r.method, r.path,
               r.body, r.shortened, r.issues, r.status, r.reason
          FROM jsonb_to_recordset(:requests::jsonb) AS r (vulnerability_id integer, took_ms bigint, method text,
               path text, body text, shortened boolean, issues integer, status integer, reason text)
        ON CONFLICT (vulnerability_id) DO UPDATE
           SET at = excluded.at, took_ms = excluded.took_ms, method = excluded.method, path = excluded.path,
               body = excluded.body, shortened = excluded.shortened, issues = excluded.issues,
               status = excluded.status, reason = excluded.reason""");

    private final JdbcClient jdbc;
    private final ActivitySettings settings;

    public LastRequests(JdbcClient jdbc, ActivitySettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /**
     * A request as people are shown it.
     *
     * @param at when its outcome was saved
     * @param tookMs milliseconds until the answer, or until the bridge gave up
     * @param path below Jira's address, with the query
     * @param body secrets masked; null if there was none
     * @param shortened whether long texts of the body are cut
     * @param issues how many issues the call was about; {@code body} has only this one
     * @param status Jira's; null if there was no answer
     * @param reason why it failed; null if it did not
     */
    public record LastRequest(
            int vulnerabilityId,
            Instant at,
            long tookMs,
            String method,
            String path,
            @Nullable JsonNode body,
            boolean shortened,
            int issues,
            @Nullable Integer status,
            @Nullable String reason) {}

    public Optional<LastRequest> of(int vulnerabilityId) {
        return jdbc.sql("SELECT * FROM faraday_bridge.last_request WHERE vulnerability_id = :vulnerability")
                .param("vulnerability", vulnerabilityId)
                .query(LastRequests::shown)
                .optional();
    }

    /**
     * Keeps requests whose outcome is no row of the activity in the same statement, as {@link Activity} keeps the others.
     */
    public void keep(Collection<IssueRequest> requests) {
        if (!requests.isEmpty()) {
            jdbc.sql(SQL.in("{keep-requests}"))
                    .param("requests", json(requests.stream()))
                    .update();
        }
    }

    /** @param request null if nothing was sent */
    public void keep(@Nullable IssueRequest request) {
        keep(request == null ? List.of() : List.of(request));
    }

    /** Deletes rows that are older than {@code bridge.activity.keep}, in turns; safe on several replicas at once. */
    public void purge() {
        Purge.inTurns(jdbc.sql("""
                        DELETE FROM faraday_bridge.last_request WHERE vulnerability_id IN (
                            SELECT vulnerability_id FROM faraday_bridge.last_request
                             WHERE at < now() - make_interval(secs => :keep)
                             ORDER BY at LIMIT :many FOR UPDATE SKIP LOCKED)""").param("keep", settings.keep().toSeconds()), PURGED_AT_ONCE);
    }

    /** @param requests null for none */
    static String json(Stream<@Nullable IssueRequest> requests) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        requests.forEach(request -> {
            if (request != null) {
                rows.add(row(request));
            }
        });
        return rows.toString();
    }

    private static ObjectNode row(IssueRequest request) {
        JiraRequest sent = request.sent().request();
        JsonNode whole = request.body() == null ? null : SetupAudit.masked(XmlText.of(request.body()));
        String body = whole == null ? null : bounded(whole);
        String query = sent.query().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&", "?", ""));
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("vulnerability_id", request.vulnerabilityId())
                .put("took_ms", request.sent().took().toMillis())
                .put("method", sent.method())
                .put("path", sent.query().isEmpty() ? sent.path() : sent.path() + query)
                .put("body", body)
                .put("shortened", whole != null && !whole.toString().equals(body))
                .put("issues", request.issues())
                .put("reason", request.reason() == null ? null : Printable.of(request.reason(), LONGEST_REASON));
        return request.status() == 0 ? row : row.put("status", request.status());
    }

    /** The body with its long texts cut, as far as it is too long. */
    private static String bounded(JsonNode body) {
        String bounded = body.toString();
        for (int length : TEXT_LENGTHS) {
            if (bounded.length() > MOST_CHARACTERS) {
                bounded = cut(body, length).toString();
            }
        }
        return bounded.length() > MOST_CHARACTERS
                ? TextNode.valueOf("of " + body.toString().length() + " characters, too many to be kept")
                        .toString()
                : bounded;
    }

    private static JsonNode cut(JsonNode value, int length) {
        if (value instanceof ObjectNode object) {
            ObjectNode cut = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> cut.set(field.getKey(), cut(field.getValue(), length)));
            return cut;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode cut = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> cut.add(cut(element, length)));
            return cut;
        }
        return value.isTextual() && value.textValue().length() > length
                ? TextNode.valueOf(XmlText.of(value.textValue().substring(0, length)) + "… ("
                        + (value.textValue().length() - length) + " characters more)")
                : value;
    }

    private static LastRequest shown(ResultSet row, int number) throws SQLException {
        String body = row.getString("body");
        return new LastRequest(
                row.getInt("vulnerability_id"),
                Columns.instant(row, "at"),
                row.getLong("took_ms"),
                row.getString("method"),
                row.getString("path"),
                body == null ? null : json(body),
                row.getBoolean("shortened"),
                row.getInt("issues"),
                row.getObject("status", Integer.class),
                row.getString("reason"));
    }

    private static JsonNode json(String stored) {
        try {
            return Json.MAPPER.readTree(stored);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The column body holds JSON", e);
        }
    }
}
