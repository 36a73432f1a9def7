package io.faradaybridge.jira.answers;

import io.faradaybridge.jira.JiraStatus;
import java.util.List;
import java.util.Map;

/**
 * The statuses of an issue type in the project's workflow.
 *
 * @param categories the category of each status that has one, by {@link JiraStatus#key}: {@code new}, {@code
 *     indeterminate} or {@code done}, in every language
 */
public record TypeStatuses(IssueType issueType, List<JiraStatus> statuses, Map<String, String> categories) {

    public TypeStatuses {
        statuses = List.copyOf(statuses);
        categories = Map.copyOf(categories);
    }
}
