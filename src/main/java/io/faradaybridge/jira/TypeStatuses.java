package io.faradaybridge.jira;

import java.util.List;

/** The statuses that issues of a type can be in, as the project's workflow has them. */
public record TypeStatuses(IssueType issueType, List<JiraStatus> statuses) {

    public TypeStatuses {
        statuses = List.copyOf(statuses);
    }
}
