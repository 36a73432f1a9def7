package io.faradaybridge.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.jira.client.OAuthTokens;
import io.faradaybridge.secrets.SecretUnreadable;
import io.faradaybridge.secrets.Secrets;
import io.faradaybridge.secrets.TokenHash;
import io.faradaybridge.tables.Json;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Authorisations that users have begun and not finished, in the database, so that any replica can finish them. Each
 * belongs to the user who began it, ends after ten minutes and can be used once.
 */
@Component
class PendingAuthorizations {

    private final JdbcClient jdbc;
    private final Secrets secrets;
    private final TransactionOperations transaction;

    PendingAuthorizations(JdbcClient jdbc, Secrets secrets, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.secrets = secrets;
        this.transaction = transaction;
    }

    /** @param site the base URL that it was begun with */
    record Pending(OAuthTokens.RequestToken token, String site, String consumerKey) {}

    /** The user who began an authorisation. */
    record Owner(String tokenHash, int userId, String username) {}

    /**
     * Stores an authorisation in place of an earlier one of the same user.
     *
     * @return until when it can be finished
     */
    Instant begin(Pending pending, FaradayUser user) {
        String hash = TokenHash.of(pending.token().token());
        return transaction.execute(status -> {
            forget(user.id());
            secrets.save(
                    Secrets.AUTHORIZATION + hash,
                    Json.MAPPER
                            .createObjectNode()
                            .put("token", pending.token().token())
                            .put("secret", pending.token().secret())
                            .put("site", pending.site())
                            .put("consumer_key", pending.consumerKey())
                            .toString());
            return jdbc.sql("""
                            INSERT INTO faraday_bridge.authorization_request (token_hash, user_id, username)
                            VALUES (:hash, :user, :name) RETURNING expires_at""")
                    .param("hash", hash)
                    .param("user", user.id())
                    .param("name", user.username())
                    .query((row, number) -> row.getTimestamp(1).toInstant())
                    .single();
        });
    }

    /** The owner of the authorisation with this request token; empty if it is unknown, expired or finished. */
    Optional<Owner> owner(String token) {
        return jdbc.sql("""
                        SELECT token_hash, user_id, username FROM faraday_bridge.authorization_request
                         WHERE token_hash = :hash AND expires_at > now()""")
                .param("hash", TokenHash.of(token))
                .query(Owner.class)
                .optional();
    }

    /** The authorisation that the user began. */
    Optional<Owner> ofUser(int userId) {
        return jdbc.sql("""
                        SELECT token_hash, user_id, username FROM faraday_bridge.authorization_request
                         WHERE user_id = :user AND expires_at > now()""").param("user", userId).query(Owner.class).optional();
    }

    boolean any() {
        return jdbc.sql("SELECT EXISTS (SELECT FROM faraday_bridge.authorization_request WHERE expires_at > now())")
                .query(Boolean.class)
                .single();
    }

    /** Removes the authorisation from the database and returns it: of several callers, one gets it. */
    Optional<Pending> take(Owner owner) {
        return transaction.execute(status -> {
            int taken = jdbc.sql("""
                            DELETE FROM faraday_bridge.authorization_request
                             WHERE token_hash = :hash AND expires_at > now()""").param("hash", owner.tokenHash()).update();
            String name = Secrets.AUTHORIZATION + owner.tokenHash();
            Optional<Pending> pending =
                    taken == 0 ? Optional.empty() : secrets.find(name).map(this::read);
            secrets.remove(name);
            return pending;
        });
    }

    /** Removes all, because the connection was changed. */
    void forgetAll() {
        secrets.removeAll(Secrets.AUTHORIZATION);
        jdbc.sql("DELETE FROM faraday_bridge.authorization_request").update();
    }

    private void forget(int userId) {
        jdbc.sql("""
                        DELETE FROM faraday_bridge.authorization_request WHERE user_id = :user OR expires_at <= now()
                        RETURNING token_hash""")
                .param("user", userId)
                .query(String.class)
                .list()
                .forEach(hash -> secrets.remove(Secrets.AUTHORIZATION + hash));
    }

    private Pending read(String text) {
        try {
            JsonNode json = Json.MAPPER.readTree(text);
            return new Pending(
                    new OAuthTokens.RequestToken(
                            json.path("token").asText(), json.path("secret").asText()),
                    json.path("site").asText(),
                    json.path("consumer_key").asText());
        } catch (JsonProcessingException e) {
            throw new SecretUnreadable("The pending authorisation cannot be read; begin it again");
        }
    }
}
