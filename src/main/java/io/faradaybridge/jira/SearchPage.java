package io.faradaybridge.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Issues as Jira's search index shows them: up to a minute late, so never the truth about a status.
 *
 * @param next what to ask the next page with, or null where this one names none
 * @param last nothing follows; neither this nor a next page: Jira's answer is not to be understood
 */
public record SearchPage(
        List<IssueSnapshot> issues, @Nullable String next, boolean last) {

    public SearchPage {
        issues = List.copyOf(issues);
    }

    /** A page by token (Cloud), or by position (Data Center). */
    static SearchPage of(JsonNode answer) {
        List<IssueSnapshot> issues = new ArrayList<>();
        answer.path("issues").forEach(issue -> issues.add(JiraReader.issue(issue)));
        String token = answer.path("nextPageToken").asText("");
        if (!token.isEmpty()) {
            return new SearchPage(issues, token, false);
        }
        if (!answer.has("total")) {
            return new SearchPage(issues, null, answer.path("isLast").asBoolean());
        }
        int next = answer.path("startAt").asInt() + issues.size();
        boolean more = next < answer.path("total").asInt() && !issues.isEmpty();
        return new SearchPage(issues, more ? Integer.toString(next) : null, !more);
    }
}
