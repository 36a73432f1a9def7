package io.faradaybridge.connection;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.web.InvalidRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token to prove who we are: {@code {"type": "personal_access_token", "token"}} or
 * {@code {"type": "api_token", "email", "token"}}.
 *
 * @param email of an API token
 */
record CredentialsRequest(
        @Schema(description = TYPES) Type type,
        String token,
        @Nullable String email) {

    private static final String TYPES =
            "\"personal_access_token\" or \"api_token\"; OAuth is authorised by POST" + " connection/authorize";
    private static final int LONGEST = 4000;

    enum Type {
        @JsonProperty("personal_access_token")
        PERSONAL_ACCESS_TOKEN,
        @JsonProperty("api_token")
        API_TOKEN
    }

    CredentialsRequest {
        token = token("token", token);
        if (type == Type.API_TOKEN) {
            email = token("email", email == null ? "" : email);
            if (!email.matches("[^@:]+@[^@:]+")) {
                throw new InvalidRequest(
                        "email", "must be the e-mail address of the account that the API token belongs to");
            }
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

    JiraCredentials credentials() {
        return type == Type.API_TOKEN
                ? new JiraCredentials.ApiToken(String.valueOf(email), token)
                : new JiraCredentials.PersonalAccessToken(token);
    }

    StoredCredentials stored(URI site, Instant now) {
        return type == Type.API_TOKEN
                ? StoredCredentials.apiToken(site.toString(), String.valueOf(email), token, now)
                : StoredCredentials.personalAccessToken(site.toString(), token, now);
    }

    /** For the record of changes. */
    ObjectNode shown() {
        ObjectNode shown = JsonNodeFactory.instance.objectNode().put("token", "***");
        return type == Type.API_TOKEN
                ? shown.put("type", CredentialsType.API_TOKEN.code()).put("email", email)
                : shown.put("type", CredentialsType.PERSONAL_ACCESS_TOKEN.code());
    }

    /** Each kind of token is one Jira's only. */
    String trap() {
        return type == Type.API_TOKEN
                ? ". API tokens are Jira Cloud's; Data Center takes a personal_access_token"
                : ". Personal access tokens are Data Center's; Jira Cloud takes an api_token with its e-mail";
    }

    @Override
    public String toString() {
        return shown().toString();
    }
}
