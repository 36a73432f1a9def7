package io.faradaybridge.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.jira.client.OAuthTokens;
import io.faradaybridge.secrets.SecretUnreadable;
import io.faradaybridge.tables.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The stored credentials for one site. They name their site, so that they are never sent to another one after a change
 * of the address.
 *
 * @param site Jira's base URL
 * @param consumerKey the consumer key of OAuth; empty for other types
 * @param token the access token, personal access token or API token
 * @param sessionHandle renews an access token; empty if it cannot be renewed
 * @param email the address of an API token; empty for other types
 * @param expiresAt null if not known
 * @param authorizationExpiresAt until when it may be renewed; null if not known
 */
record StoredCredentials(
        CredentialsType type,
        String site,
        String consumerKey,
        String token,
        String tokenSecret,
        String sessionHandle,
        String email,
        Instant savedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant authorizationExpiresAt) {

    static StoredCredentials personalAccessToken(String site, String token, Instant now) {
        return new StoredCredentials(
                CredentialsType.PERSONAL_ACCESS_TOKEN, site, "", token, "", "", "", now, null, null);
    }

    static StoredCredentials apiToken(String site, String email, String token, Instant now) {
        return new StoredCredentials(CredentialsType.API_TOKEN, site, "", token, "", "", email, now, null, null);
    }

    static StoredCredentials oauth(String site, String consumerKey, OAuthTokens.Grant grant, Instant now) {
        return new StoredCredentials(
                CredentialsType.OAUTH1,
                site,
                consumerKey,
                grant.accessToken(),
                grant.tokenSecret(),
                grant.sessionHandle(),
                "",
                now,
                grant.expiresIn() == null ? null : now.plus(grant.expiresIn()),
                grant.authorizationExpiresIn() == null ? null : now.plus(grant.authorizationExpiresIn()));
    }

    String json() {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("type", type.code())
                .put("site", site)
                .put("consumer_key", consumerKey)
                .put("token", token)
                .put("token_secret", tokenSecret)
                .put("session_handle", sessionHandle)
                .put("email", email)
                .put("saved_at", savedAt.toString());
        if (expiresAt != null) {
            json.put("expires_at", expiresAt.toString());
        }
        if (authorizationExpiresAt != null) {
            json.put("authorization_expires_at", authorizationExpiresAt.toString());
        }
        return json.toString();
    }

    static StoredCredentials read(String text) {
        JsonNode json;
        try {
            json = Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new SecretUnreadable("The stored credentials are not in the bridge's format; store them again");
        }
        return new StoredCredentials(
                CredentialsType.of(json.path("type").asText()),
                json.path("site").asText(),
                json.path("consumer_key").asText(),
                json.path("token").asText(),
                json.path("token_secret").asText(),
                json.path("session_handle").asText(),
                json.path("email").asText(),
                Instant.parse(json.path("saved_at").asText()),
                instant(json, "expires_at"),
                instant(json, "authorization_expires_at"));
    }

    private static @Nullable Instant instant(JsonNode json, String name) {
        return json.hasNonNull(name) ? Instant.parse(json.path(name).asText()) : null;
    }

    boolean renewable() {
        return type == CredentialsType.OAUTH1 && !sessionHandle.isEmpty();
    }

    /** Without anything secret. */
    @Override
    public String toString() {
        return "StoredCredentials[" + type + ", site=" + site + ", ***]";
    }
}
