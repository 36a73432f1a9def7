package io.faradaybridge.faraday;

import io.faradaybridge.faraday.FaradaySchema.Part;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tokens that Faraday's users made for Jira's webhooks. */
@Repository
public class UserTokens {

    /**
     * Column {@code user_id}: the active user whose valid token of scope jira is {@code :token}; no row for any other.
     * A statement that goes on with the webhook takes it as a common table expression, to save a round trip.
     */
    public static final String CALLER_SQL = """
            SELECT t.user_id
              FROM user_token t JOIN faraday_user u ON u.id = t.user_id
             WHERE t.token = :token AND t.scope::text = 'jira' AND NOT t.revoked AND u.active
               AND (t.expires_at IS NULL OR t.expires_at > now() AT TIME ZONE 'utc')""";

    private final JdbcClient jdbc;
    private final FaradaySchema schema;

    UserTokens(JdbcClient jdbc, FaradaySchema schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    /** The user's id; empty alike for a token unknown, expired, revoked, of another scope or of an inactive user. */
    public Optional<Integer> caller(String token) {
        return schema.has(Part.USER_TOKENS)
                ? jdbc.sql(CALLER_SQL)
                        .param("token", token)
                        .query(Integer.class)
                        .optional()
                : Optional.empty();
    }
}
