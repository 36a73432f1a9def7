package io.faradaybridge.connection;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.web.InvalidRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What proves the bridge's identity: {@code {"type": "personal_access_token", "token"}},
 * {@code {"type": "api_token", "email", "token"}}, {@code {"type": "scoped_token", "email"?, "token"}} or
 * {@code {"type": "client_credentials", "client_id", "client_secret", "scope"?}}.
 *
 * @param token null only for client credentials
 * @param email of an API token or a token with scopes
 * @param expiresAt when it ends; Jira does not say that to the bridge
 */
record CredentialsRequest(
        @Schema(description = TYPES) Type type,
        @Nullable String token,
        @Nullable String email,
        @Schema(description = ENDS) @Nullable Instant expiresAt,
        @Nullable String clientId,
        @Nullable String clientSecret,
        @Schema(description = SCOPE) @Nullable String scope) {

    private static final String TYPES = "\"personal_access_token\", \"api_token\", \"scoped_token\" or"
            + " \"client_credentials\"; OAuth is authorised by POST connection/authorize";
    private static final String ENDS =
            "a time in the future, such as 2027-01-31T00:00:00Z: the end that Jira showed when" + " the token was made";
    private static final String SCOPE = "READ or WRITE; WRITE if it is left out";
    private static final int LONGEST = 4000;

    enum Type {
        @JsonProperty("personal_access_token")
        PERSONAL_ACCESS_TOKEN,
        @JsonProperty("api_token")
        API_TOKEN,
        @JsonProperty("scoped_token")
        SCOPED_TOKEN,
        @JsonProperty("client_credentials")
        CLIENT_CREDENTIALS
    }

    CredentialsRequest {
        if (type == Type.CLIENT_CREDENTIALS) {
            refuse("token", token);
            refuse("email", email);
            clientId = token("client_id", clientId == null ? "" : clientId);
            clientSecret = token("client_secret", clientSecret == null ? "" : clientSecret);
            scope = scope == null ? "WRITE" : scope.strip();
            if (!scope.matches("[\\x21\\x23-\\x5b\\x5d-\\x7e]+( [\\x21\\x23-\\x5b\\x5d-\\x7e]+)*")) {
                throw new InvalidRequest("scope", "must be " + SCOPE);
            }
        } else {
            refuse("client_id", clientId);
            refuse("client_secret", clientSecret);
            refuse("scope", scope);
            token = token("token", token == null ? "" : token);
        }
        if (type == Type.API_TOKEN || (type == Type.SCOPED_TOKEN && email != null)) {
            email = token("email", email == null ? "" : email);
            if (!email.matches("[^@:]+@[^@:]+")) {
                throw new InvalidRequest(
                        "email", "must be the e-mail address of the account that the token belongs to");
            }
        }
        if (expiresAt != null && !expiresAt.isAfter(Instant.now())) {
            throw new InvalidRequest("expires_at", "must be " + ENDS);
        }
    }

    private static void refuse(String field, @Nullable String given) {
        if (given != null) {
            throw new InvalidRequest(field, "does not belong to this type of credentials; leave it out");
        }
    }

    /** What goes into a header: not empty, without blanks and control characters around or inside. */
    static String token(String field, String given) {
        String token = given.strip();
        if (token.isEmpty()) {
            throw new InvalidRequest(field, "is empty");
        }
        if (token.length() > LONGEST) {
            throw new InvalidRequest(field, "is longer than " + LONGEST + " characters");
        }
        if (token.chars().anyMatch(c -> c <= ' ' || c > 0x7e)) {
            throw new InvalidRequest(
                    field,
                    "holds characters that cannot be part of a token, such as blanks or line ends; copy it again");
        }
        return token;
    }

    String secret() {
        return String.valueOf(type == Type.CLIENT_CREDENTIALS ? clientSecret : token);
    }

    /** For the record of changes. */
    ObjectNode shown() {
        ObjectNode shown = JsonNodeFactory.instance
                .objectNode()
                .put("type", CredentialsType.valueOf(type.name()).code())
                .put(type == Type.CLIENT_CREDENTIALS ? "client_secret" : "token", "***");
        put(shown, "email", type == Type.PERSONAL_ACCESS_TOKEN ? null : email);
        put(shown, "client_id", clientId);
        put(shown, "scope", scope);
        put(shown, "expires_at", expiresAt == null ? null : expiresAt.toString());
        return shown;
    }

    private static void put(ObjectNode shown, String name, @Nullable String value) {
        if (value != null) {
            shown.put(name, value);
        }
    }

    /** Each kind of credentials is one Jira's only. */
    String trap() {
        return switch (type) {
            case API_TOKEN ->
                ". API tokens are Jira Cloud's; Data Center takes a personal_access_token. A token with scopes, or of a"
                        + " service account, is a scoped_token";
            case PERSONAL_ACCESS_TOKEN ->
                ". Personal access tokens are Data Center's; Jira Cloud takes an api_token with its e-mail";
            case SCOPED_TOKEN -> ". Tokens with scopes are Jira Cloud's; a token without scopes is an api_token";
            case CLIENT_CREDENTIALS -> "";
        };
    }

    @Override
    public String toString() {
        return shown().toString();
    }
}
