package io.faradaybridge.jira.answers;

import io.faradaybridge.jira.JiraStatus;
import java.util.List;

/** The statuses of an issue type in the project's workflow. */
public record TypeStatuses(IssueType issueType, List<JiraStatus> statuses) {

    public TypeStatuses {
        statuses = List.copyOf(statuses);
    }
}
