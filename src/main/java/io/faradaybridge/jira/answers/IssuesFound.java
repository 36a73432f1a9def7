package io.faradaybridge.jira.answers;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Published for each page of issues that the sweep found changed.
 *
 * @param at Jira's clock when it answered, or null
 */
public record IssuesFound(
        List<IssueSnapshot> issues, @Nullable Instant at) {

    public IssuesFound {
        issues = List.copyOf(issues);
    }
}
