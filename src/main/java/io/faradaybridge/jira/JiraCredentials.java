package io.faradaybridge.jira;

import java.net.URI;
import java.security.PrivateKey;

/** The credentials of a request. Every {@code toString} hides the secret. */
public sealed interface JiraCredentials {

    /**
     * OAuth 1.0a with RSA-SHA1, by an Application Link: Data Center, and Cloud as long as it supports it.
     *
     * @param accessToken or the request token during an authorisation; empty if there is none yet
     */
    record OAuth1(String consumerKey, PrivateKey privateKey, String accessToken) implements JiraCredentials {
        @Override
        public String toString() {
            return "OAuth1[consumerKey=" + consumerKey + ", ***]";
        }
    }

    /** {@code Authorization: Bearer}, Data Center 8.14 and later. */
    record PersonalAccessToken(String token) implements JiraCredentials {
        @Override
        public String toString() {
            return "PersonalAccessToken[***]";
        }
    }

    /** HTTP Basic with an account's e-mail address and its API token, Cloud. */
    record ApiToken(String email, String token) implements JiraCredentials {
        @Override
        public String toString() {
            return "ApiToken[email=" + email + ", ***]";
        }
    }

    /**
     * A token with scopes, of a person or a service account, Cloud. Jira takes it only at Atlassian's gateway.
     *
     * @param email with it the token is sent by HTTP Basic; empty: {@code Authorization: Bearer}
     * @param gateway the site's address at the gateway, {@code https://api.atlassian.com/ex/jira/<cloud id>}
     */
    record ScopedToken(String email, String token, URI gateway) implements JiraCredentials {
        @Override
        public String toString() {
            return "ScopedToken[email=" + email + ", gateway=" + gateway + ", ***]";
        }
    }

    /** {@code Authorization: Bearer} with the access token of a service account, Data Center 11 and later. */
    record AccessToken(String clientId, String token) implements JiraCredentials {
        @Override
        public String toString() {
            return "AccessToken[clientId=" + clientId + ", ***]";
        }
    }
}
