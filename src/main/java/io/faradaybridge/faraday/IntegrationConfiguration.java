package io.faradaybridge.faraday;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Types;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The row {@code jira_integration} of Faraday's configuration. Faraday uses its JSON too. So the bridge changes it in
 * place, which keeps keys that the bridge does not know, and never overwrites a change that it has not read.
 */
@Component
public class IntegrationConfiguration {

    private static final String KEY = "jira_integration";
    private static final int ATTEMPTS = 5;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final JdbcClient jdbc;

    IntegrationConfiguration(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param version changes with the value; {@code ""} if there is no row yet */
    public record Stored(ObjectNode value, String version) {

        public static final String NOTHING_YET = "";
    }

    public Optional<Stored> read() {
        return jdbc.sql("SELECT value::text, md5(value::text) AS version FROM configuration WHERE key = :key")
                .param("key", KEY)
                .query((row, number) -> new Stored(object(row.getString("value")), row.getString("version")))
                .optional();
    }

    /**
     * Saves a value that was made from a version.
     *
     * @throws OptimisticLockingFailureException if that version is not the newest any more
     */
    public void save(ObjectNode value, String basedOn, @Nullable Integer userId) {
        if (!saved(value, basedOn, userId)) {
            throw new OptimisticLockingFailureException(
                    "Another user has changed the Jira configuration meanwhile; load it again and repeat your change");
        }
    }

    /** Changes the newest version. The given change may run more than once. */
    public ObjectNode change(Consumer<ObjectNode> change, @Nullable Integer userId) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Stored stored = read().orElseGet(() -> new Stored(JSON.createObjectNode(), Stored.NOTHING_YET));
            change.accept(stored.value());
            if (saved(stored.value(), stored.version(), userId)) {
                return stored.value();
            }
        }
        throw new OptimisticLockingFailureException("The Jira configuration is changed too often by others; try again");
    }

    private boolean saved(ObjectNode value, String basedOn, @Nullable Integer userId) {
        String save = basedOn.equals(Stored.NOTHING_YET) ? """
                  INSERT INTO configuration (key, value, create_date, update_date, creator_id, update_user_id)
                  SELECT :key, :value::jsonb, now() AT TIME ZONE 'utc', now() AT TIME ZONE 'utc', u.id, u.id
                    FROM (SELECT (SELECT id FROM faraday_user WHERE id = :user) AS id) u
                   WHERE :version = ''
                  ON CONFLICT (key) DO NOTHING""" : """
                  UPDATE configuration
                     SET value = :value::jsonb, update_date = now() AT TIME ZONE 'utc',
                         update_user_id = (SELECT id FROM faraday_user WHERE id = :user)
                   WHERE key = :key AND md5(value::text) = :version""";
        return jdbc.sql(save)
                        .param("key", KEY)
                        .param("value", value.toString())
                        .param("version", basedOn)
                        .param("user", userId, Types.INTEGER)
                        .update()
                == 1;
    }

    private static ObjectNode object(String json) {
        try {
            JsonNode value = JSON.readTree(json);
            if (value instanceof ObjectNode object) {
                return object;
            }
            throw new IllegalStateException("Faraday's configuration row '" + KEY + "' holds " + value.getNodeType()
                    + " instead of an object; correct or delete it");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Faraday's configuration row '" + KEY + "' cannot be read", e);
        }
    }
}
