package io.faradaybridge.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.web.InvalidRequest;
import java.net.URI;
import java.time.Instant;

/**
 * A token to prove who we are: {@code {"type": "personal_access_token", "token"}} or
 * {@code {"type": "api_token", "email", "token"}}.
 */
record CredentialsRequest(JiraCredentials credentials) {

    /** @throws InvalidRequest naming the field */
    static CredentialsRequest read(JsonNode json) {
        String type = Fields.text(json, "type").strip();
        if (type.equals(CredentialsType.PERSONAL_ACCESS_TOKEN.code())) {
            return new CredentialsRequest(new JiraCredentials.PersonalAccessToken(Fields.token(json, "token")));
        }
        if (type.equals(CredentialsType.API_TOKEN.code())) {
            String email = Fields.token(json, "email");
            if (!email.matches("[^@:]+@[^@:]+")) {
                throw new InvalidRequest(
                        "email", "must be the e-mail address of the account that the API token belongs to");
            }
            return new CredentialsRequest(new JiraCredentials.ApiToken(email, Fields.token(json, "token")));
        }
        throw new InvalidRequest(
                "type",
                "must be \"personal_access_token\" or \"api_token\"; OAuth is authorised by POST"
                        + " connection/authorize");
    }

    StoredCredentials stored(URI site, Instant now) {
        if (credentials instanceof JiraCredentials.ApiToken api) {
            return StoredCredentials.apiToken(site.toString(), api.email(), api.token(), now);
        }
        return StoredCredentials.personalAccessToken(
                site.toString(), ((JiraCredentials.PersonalAccessToken) credentials).token(), now);
    }

    /** For the record of changes. */
    ObjectNode shown() {
        ObjectNode shown = JsonNodeFactory.instance.objectNode().put("token", "***");
        return credentials instanceof JiraCredentials.ApiToken api
                ? shown.put("type", CredentialsType.API_TOKEN.code()).put("email", api.email())
                : shown.put("type", CredentialsType.PERSONAL_ACCESS_TOKEN.code());
    }

    /** Each kind of token is one Jira's only. */
    String trap() {
        return credentials instanceof JiraCredentials.ApiToken
                ? ". API tokens are Jira Cloud's; Data Center takes a personal_access_token"
                : ". Personal access tokens are Data Center's; Jira Cloud takes an api_token with its e-mail";
    }
}
