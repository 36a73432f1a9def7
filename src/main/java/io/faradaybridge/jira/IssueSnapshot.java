package io.faradaybridge.jira;

import java.time.Instant;
import java.util.List;

/**
 * What Jira says of an issue now.
 *
 * @param id never changes, unlike the key of an issue that is moved
 * @param projectId never changes, unlike the key of a project that is renamed
 * @param updated by Jira's clock; the epoch where it was not asked for
 * @param history its status changes, oldest first; empty where the changelog was not asked for
 */
public record IssueSnapshot(
        String id,
        String key,
        String projectId,
        String projectKey,
        String issueTypeName,
        JiraStatus status,
        Instant updated,
        List<StatusChange> history) {

    public IssueSnapshot {
        history = List.copyOf(history);
    }

    /** The status it was created in, if the changelog was asked for. */
    public JiraStatus initialStatus() {
        return history.isEmpty() ? status : history.get(0).from();
    }
}
