package io.faradaybridge.jira;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Issues as Jira's search index shows them: up to a minute late, so never the truth about a status.
 *
 * @param next what to ask the next page with, or null after the last
 */
public record SearchPage(
        List<IssueSnapshot> issues, @Nullable String next) {

    public SearchPage {
        issues = List.copyOf(issues);
    }

    public boolean last() {
        return next == null;
    }
}
