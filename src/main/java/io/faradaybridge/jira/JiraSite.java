package io.faradaybridge.jira;

import java.net.URI;

/**
 * The address of Jira and the bridge's credentials.
 *
 * @param baseUrl with context path, without trailing slash; must be the base URL in Jira's configuration, which Jira
 *     uses to verify signatures
 */
public record JiraSite(URI baseUrl, JiraCredentials credentials) {

    /** The page of an issue: never derived from Jira's {@code self}, which may name another host. */
    public URI browse(String issueKey) {
        return URI.create(baseUrl + "/browse/" + issueKey);
    }
}
