package io.faradaybridge.jira;

import java.net.URI;

/**
 * The address of Jira and the bridge's credentials.
 *
 * @param baseUrl with context path, without trailing slash; must be the base URL in Jira's configuration, which Jira
 *     uses to verify signatures
 */
public record JiraSite(URI baseUrl, JiraCredentials credentials) {

    /** Where the REST API is called with these credentials; paths such as {@code /rest/api/2} stand below it. */
    public URI apiUrl() {
        return credentials instanceof JiraCredentials.ScopedToken scoped ? scoped.gateway() : baseUrl;
    }

    /** The page of an issue: never derived from Jira's {@code self}, which may name another host. */
    public URI browse(String issueKey) {
        return URI.create(baseUrl + "/browse/" + issueKey);
    }
}
