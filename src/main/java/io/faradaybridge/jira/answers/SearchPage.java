package io.faradaybridge.jira.answers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Issues in Jira's search index. It may be a minute late, so its statuses are not used as facts.
 *
 * @param next the token or position of the next page, or null if this page has none
 * @param last whether it is the last page; if false and there is no next page, the answer is invalid
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
