package io.faradaybridge.faraday;

import io.faradaybridge.faraday.FaradaySchema.Part;
import io.faradaybridge.tables.SqlClauses;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tokens that Faraday's users made for Jira's webhooks. */
@Component
public class UserTokens {

    private static final SqlClauses VALID = new SqlClauses().with("valid", """
            t.scope::text = 'jira' AND NOT t.revoked AND u.active
             AND (t.expires_at IS NULL OR t.expires_at > now() AT TIME ZONE 'utc')""");

    /**
     * Gives the column {@code user_id} of the active user with the valid token {@code :caller} of scope jira, or no row.
     * The statement for a webhook contains it as a common table expression, to save a round trip.
     */
    static final String CALLER_SQL = VALID.in("""
            SELECT t.user_id
              FROM user_token t JOIN faraday_user u ON u.id = t.user_id
             WHERE t.token = :caller AND {valid}""");

    private static final SqlClauses SQL =
            new SqlClauses().with("token", """
                t.id, t.alias, t.create_date, t.expires_at, t.revoked, t.hide,
                coalesce(t.expires_at <= now() AT TIME ZONE 'utc', false) AS expired""").with("of-user", "t.user_id = :user AND t.scope::text = 'jira'");

    private final JdbcClient jdbc;
    private final FaradaySchema schema;

    UserTokens(JdbcClient jdbc, FaradaySchema schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    /** The user's id; empty if the token is unknown, expired, revoked, of another scope or of an inactive user. */
    public Optional<Integer> caller(String token) {
        return schema.has(Part.USER_TOKENS)
                ? jdbc.sql(CALLER_SQL)
                        .param("caller", token)
                        .query(Integer.class)
                        .optional()
                : Optional.empty();
    }

    /** Whether any active user has a token that a webhook may carry. */
    public boolean anyValid() {
        return schema.has(Part.USER_TOKENS)
                && jdbc.sql(VALID.in("""
                                SELECT EXISTS (SELECT FROM user_token t JOIN faraday_user u ON u.id = t.user_id
                                                WHERE {valid})""")).query(Boolean.class).single();
    }

    /**
     * A token as its owner sees it later, without its secret value.
     *
     * @param createdAt null if it was not recorded
     * @param expiresAt null: never
     * @param expired whether {@code expiresAt} has passed
     * @param hide whether Faraday's own list leaves it out
     */
    public record UserToken(
            int id,
            String alias,
            @Nullable Instant createdAt,
            @Nullable Instant expiresAt,
            boolean expired,
            boolean revoked,
            boolean hide) {}

    /** What its owner may change of a token. */
    public record TokenSettings(String alias, @Nullable Instant expiresAt, boolean hide) {}

    /** Why this Faraday's database cannot store tokens for Jira; empty if it can. */
    public Optional<String> whyNoneCanBeMade() {
        if (!schema.has(Part.USER_TOKENS)) {
            return Optional.of("this Faraday is of a version without user tokens; upgrade it first");
        }
        boolean scopeKnown = jdbc.sql("""
                        SELECT count(*) > 0 FROM pg_attribute a JOIN pg_enum e ON e.enumtypid = a.atttypid
                         WHERE a.attrelid = 'user_token'::regclass AND a.attname = 'scope' AND e.enumlabel = 'jira'""").query(Boolean.class).single();
        return scopeKnown
                ? Optional.empty()
                : Optional.of("this Faraday is of a version whose user tokens know no scope 'jira'; upgrade it first");
    }

    /** The user's own tokens of scope jira, newest first. */
    public List<UserToken> of(int userId) {
        return schema.has(Part.USER_TOKENS)
                ? jdbc.sql(SQL.in("SELECT {token} FROM user_token t WHERE {of-user} ORDER BY t.id DESC"))
                        .param("user", userId)
                        .query(UserTokens::row)
                        .list()
                : List.of();
    }

    /** One of the user's own tokens of scope jira, locked until the transaction ends. */
    public Optional<UserToken> lock(int userId, int id) {
        return schema.has(Part.USER_TOKENS)
                ? jdbc.sql(SQL.in("SELECT {token} FROM user_token t WHERE {of-user} AND t.id = :id FOR UPDATE OF t"))
                        .param("user", userId)
                        .param("id", id)
                        .query(UserTokens::row)
                        .optional()
                : Optional.empty();
    }

    /** @param token in clear, as Faraday stores it to compare it with the token of a webhook */
    public UserToken create(int userId, String token, TokenSettings settings) {
        return jdbc.sql(SQL.in("""
                        INSERT INTO user_token AS t (user_id, token, alias, scope, expires_at, revoked, hide,
                                                     create_date, update_date, creator_id)
                        VALUES (:user, :token, :alias, 'jira', :expires::timestamp, false, :hide,
                                now() AT TIME ZONE 'utc', now() AT TIME ZONE 'utc', :user)
                        RETURNING {token}"""))
                .param("user", userId)
                .param("token", token)
                .param("alias", settings.alias())
                .param("expires", utc(settings.expiresAt()))
                .param("hide", settings.hide())
                .query(UserTokens::row)
                .single();
    }

    public UserToken change(int id, TokenSettings settings, int byUser) {
        return jdbc.sql(SQL.in("""
                        UPDATE user_token AS t SET alias = :alias, expires_at = :expires::timestamp, hide = :hide,
                               update_date = now() AT TIME ZONE 'utc', update_user_id = :by
                         WHERE t.id = :id RETURNING {token}"""))
                .param("alias", settings.alias())
                .param("expires", utc(settings.expiresAt()))
                .param("hide", settings.hide())
                .param("by", byUser)
                .param("id", id)
                .query(UserTokens::row)
                .single();
    }

    /** The token is refused from now on. Its row stays as a record. */
    public void revoke(int id, int byUser) {
        jdbc.sql("""
                        UPDATE user_token SET revoked = true, update_date = now() AT TIME ZONE 'utc', update_user_id = :by
                         WHERE id = :id""").param("by", byUser).param("id", id).update();
    }

    private static @Nullable LocalDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static UserToken row(ResultSet row, int number) throws SQLException {
        return new UserToken(
                row.getInt("id"),
                row.getString("alias"),
                FaradayTimes.instantOrNull(row, "create_date"),
                FaradayTimes.instantOrNull(row, "expires_at"),
                row.getBoolean("expired"),
                row.getBoolean("revoked"),
                row.getBoolean("hide"));
    }
}
