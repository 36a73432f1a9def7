package io.faradaybridge.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.secrets.SecretNames;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who changed the set-up, what, from what to what: one row a change, which nobody removes. Writes join the caller's
 * transaction. Values whose key sounds like a secret are masked here, whatever the caller passes.
 */
@Component
public class SetupAudit {

    private static final Logger log = LoggerFactory.getLogger(SetupAudit.class);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String MASKED = "***";

    private final JdbcClient jdbc;

    SetupAudit(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param userId Faraday's user; null: the operator, by a command, or the bridge by itself
     * @param what the thing that was changed, such as {@code projects.SEC.attribute_mapping} or {@code tokens.12}
     * @param before as it was; null: there was none
     * @param after as it is now; null: it is gone
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
     * @param before only smaller ids: the last one of the page before; null: the first page
     */
    List<SetupChange> list(@Nullable Long before, int limit) {
        return jdbc.sql("""
                        SELECT id, at, user_id, username, what, before::text, after::text FROM faraday_bridge.setup_change
                         WHERE :before::bigint IS NULL OR id < :before::bigint ORDER BY id DESC LIMIT :limit""")
                .param("before", before)
                .param("limit", limit)
                .query((row, n) -> new SetupChange(
                        row.getLong("id"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getObject("user_id", Integer.class),
                        row.getString("username"),
                        row.getString("what"),
                        json(row.getString("before")),
                        json(row.getString("after"))))
                .list();
    }

    private static @Nullable JsonNode json(@Nullable String stored) {
        try {
            return stored == null ? null : MAPPER.readTree(stored);
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

    /** Also in a list. An object is masked by its own keys: a field of Jira's may be called "Token type". */
    private static JsonNode hidden(JsonNode value) {
        if (value instanceof ArrayNode array) {
            ArrayNode hidden = JSON.arrayNode();
            array.forEach(element -> hidden.add(hidden(element)));
            return hidden;
        }
        return value.isTextual() || value.isNumber() ? JSON.textNode(MASKED) : masked(value);
    }
}
