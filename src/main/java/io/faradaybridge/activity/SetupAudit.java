package io.faradaybridge.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.secrets.SecretNames;
import io.faradaybridge.tables.Columns;
import io.faradaybridge.tables.Json;
import io.faradaybridge.tables.Purge;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The record of changes of the set-up: who changed what, the value before and after. Rows are kept for {@code bridge.audit.keep}. Writes
 * join the caller's transaction. The value of a key that {@link SecretNames} counts as secret is masked here.
 */
@Component("setupAudit")
public class SetupAudit {

    private static final Logger log = LoggerFactory.getLogger(SetupAudit.class);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String MASKED = "***";
    private static final int PURGED_AT_ONCE = 10_000;

    private final JdbcClient jdbc;
    private final SetupAuditSettings settings;

    public SetupAudit(JdbcClient jdbc, SetupAuditSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /**
     * @param userId Faraday's user; null for a command of the operator and for the bridge itself
     * @param what the thing that was changed, such as {@code projects.SEC.attribute_mapping} or {@code tokens.12}
     * @param before the value before; null if there was none
     * @param after the value now; null if it was removed
     */
    public void record(
            @Nullable Integer userId,
            String username,
            String what,
            @Nullable JsonNode before,
            @Nullable JsonNode after) {
        jdbc.sql("""
                        INSERT INTO faraday_bridge.setup_change (user_id, username, what, before, after)
                        VALUES (:user, :name, :what, :before::jsonb, :after::jsonb)""")
                .param("user", userId)
                .param("name", Printable.of(username, 255))
                .param("what", Printable.of(what, 500))
                .param("before", text(before))
                .param("after", text(after))
                .update();
        log.info("Set-up changed by {}: {}", Printable.of(username, 255), Printable.of(what, 500));
    }

    /**
     * A page of changes, newest first.
     *
     * @param before the smallest id of the previous page, only smaller ids are shown; null for the first page
     */
    List<SetupChange> list(@Nullable Long before, int limit) {
        return jdbc.sql("""
                        SELECT id, at, user_id, username, what, before::text, after::text FROM faraday_bridge.setup_change
                         WHERE :before::bigint IS NULL OR id < :before::bigint ORDER BY id DESC LIMIT :limit""")
                .param("before", before)
                .param("limit", limit)
                .query((row, n) -> new SetupChange(
                        row.getLong("id"),
                        Columns.instant(row, "at"),
                        row.getObject("user_id", Integer.class),
                        row.getString("username"),
                        row.getString("what"),
                        json(row.getString("before")),
                        json(row.getString("after"))))
                .list();
    }

    /** Deletes rows that are older than {@code bridge.audit.keep}, in turns; safe on several replicas at once. */
    public void purge() {
        Purge.inTurns(jdbc.sql("""
                        DELETE FROM faraday_bridge.setup_change WHERE id IN (
                            SELECT id FROM faraday_bridge.setup_change
                             WHERE at < now() - make_interval(secs => :keep)
                             ORDER BY id LIMIT :many FOR UPDATE SKIP LOCKED)""").param("keep", settings.keep().toSeconds()), PURGED_AT_ONCE);
    }

    private static @Nullable JsonNode json(@Nullable String stored) {
        try {
            return stored == null ? null : Json.MAPPER.readTree(stored);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A jsonb column holds JSON", e);
        }
    }

    private static @Nullable String text(@Nullable JsonNode value) {
        return value == null ? null : masked(value).toString();
    }

    static JsonNode masked(JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode masked = JSON.objectNode();
            object.properties()
                    .forEach(entry -> masked.set(
                            entry.getKey(),
                            SecretNames.has(entry.getKey()) ? hidden(entry.getValue()) : masked(entry.getValue())));
            return masked;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode masked = JSON.arrayNode();
            array.forEach(element -> masked.add(masked(element)));
            return masked;
        }
        return value.isMissingNode() ? NullNode.getInstance() : value;
    }

    /**
     * Masks the value, also within a list. In an object each key is checked, because a field of Jira may be called
     * "Token type".
     */
    private static JsonNode hidden(JsonNode value) {
        if (value instanceof ArrayNode array) {
            ArrayNode hidden = JSON.arrayNode();
            array.forEach(element -> hidden.add(hidden(element)));
            return hidden;
        }
        return value.isTextual() || value.isNumber() ? JSON.textNode(MASKED) : masked(value);
    }
}
