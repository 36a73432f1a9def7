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
 * @param consumerKey the consumer key of OAuth 1.0a, or the client id of a service account; empty for other types
 * @param token the access token, personal access token, API token, token with scopes, or client secret
 * @param sessionHandle renews an access token; empty if it cannot be renewed
 * @param email the address of an API token, or of a token with scopes that is sent with it; otherwise empty
 * @param expiresAt null if not known
 * @param authorizationExpiresAt until when it may be renewed; null if not known
 * @param cloudId the id of the Cloud site of a token with scopes; otherwise empty
 * @param scope what a service account asks for; otherwise empty
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
        @Nullable Instant authorizationExpiresAt,
        String cloudId,
        String scope) {

    static StoredCredentials personalAccessToken(String site, String token, Instant now, @Nullable Instant end) {
        return token(CredentialsType.PERSONAL_ACCESS_TOKEN, site, "", token, now, end, "");
    }

    static StoredCredentials apiToken(String site, String email, String token, Instant now, @Nullable Instant end) {
        return token(CredentialsType.API_TOKEN, site, email, token, now, end, "");
    }

    static StoredCredentials scopedToken(
            String site, String cloudId, String email, String token, Instant now, @Nullable Instant end) {
        return token(CredentialsType.SCOPED_TOKEN, site, email, token, now, end, cloudId);
    }

    private static StoredCredentials token(
            CredentialsType type,
            String site,
            String email,
            String token,
            Instant now,
            @Nullable Instant end,
            String cloudId) {
        return new StoredCredentials(type, site, "", token, "", "", email, now, end, null, cloudId, "");
    }

    static StoredCredentials clientCredentials(
            String site, String clientId, String secret, String scope, Instant now, @Nullable Instant end) {
        return new StoredCredentials(
                CredentialsType.CLIENT_CREDENTIALS, site, clientId, secret, "", "", "", now, end, null, "", scope);
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
                grant.authorizationExpiresIn() == null ? null : now.plus(grant.authorizationExpiresIn()),
                "",
                "");
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
                .put("cloud_id", cloudId)
                .put("scope", scope)
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
                instant(json, "authorization_expires_at"),
                json.path("cloud_id").asText(),
                json.path("scope").asText());
    }

    private static @Nullable Instant instant(JsonNode json, String name) {
        return json.hasNonNull(name) ? Instant.parse(json.path(name).asText()) : null;
    }

    /** When a person must act, because the bridge cannot renew them any more; null if not known. */
    @Nullable
    Instant end() {
        return renewable() && authorizationExpiresAt != null ? authorizationExpiresAt : expiresAt;
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
