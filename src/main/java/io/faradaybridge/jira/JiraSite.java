package io.faradaybridge.jira;

import java.net.URI;

/**
 * Where Jira is and who we are there.
 *
 * @param baseUrl with context path, without trailing slash; must be the URL that Jira believes it has (it signs with it)
 */
public record JiraSite(URI baseUrl, JiraCredentials credentials) {

    /** The page of an issue: never derived from Jira's {@code self}, which may name another host. */
    public URI browse(String issueKey) {
        return URI.create(baseUrl + "/browse/" + issueKey);
    }
}
