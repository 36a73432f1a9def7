package io.faradaybridge.jira.answers;

import io.faradaybridge.jira.JiraStatus;
import java.time.Instant;
import java.util.List;

/**
 * An issue as Jira shows it now.
 *
 * @param id never changes, unlike the key of an issue that is moved
 * @param projectId never changes, unlike the key of a project that is renamed
 * @param summary empty if it was not requested
 * @param updated by Jira's clock; the epoch if it was not requested
 * @param history its status changes, oldest first; empty if the changelog was not requested
 */
public record IssueSnapshot(
        String id,
        String key,
        String projectId,
        String projectKey,
        String issueTypeName,
        JiraStatus status,
        String summary,
        Instant updated,
        List<StatusChange> history) {

    public IssueSnapshot {
        history = List.copyOf(history);
    }

    /** The status that it was created in, if the changelog was requested. */
    public JiraStatus initialStatus() {
        return history.isEmpty() ? status : history.get(0).from();
    }
}
