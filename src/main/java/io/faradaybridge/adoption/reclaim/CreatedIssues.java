package io.faradaybridge.adoption.reclaim;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraKind;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.MarkerRequests;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.answers.JiraReader;
import io.faradaybridge.jira.answers.SearchPage;
import io.faradaybridge.jira.client.CallResult;
import io.faradaybridge.jira.client.JiraClient;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks Jira for the issues that the bridge's account has created, page by page. Where each issue is a call of its own,
 * only a few are made at the same time, so that other work does not wait.
 */
@Component
class CreatedIssues {

    /** For all calls of one page together. */
    private static final Duration IN_ALL = Duration.ofSeconds(60);

    private static final int SIDE_BY_SIDE = 5;

    private final JiraClient client;
    private final JiraRequests requests;

    CreatedIssues(JiraClient client, JiraRequests requests) {
        this.client = client;
        this.requests = requests;
    }

    /** @param sinceMinutes how long ago the oldest was created; Jira reads a date by the account's time zone */
    Page page(String projectKey, long sinceMinutes, @Nullable String after) {
        JiraClient jira = client.interactive(IN_ALL);
        boolean cloud = jira.kind() == JiraKind.CLOUD;
        JiraAnswer answer = jira.send(MarkerRequests.created(
                "project = \"" + projectKey + "\" AND creator = currentUser() AND "
                        + MarkerRequests.createdWithin(sinceMinutes) + " ORDER BY created DESC, key DESC",
                after,
                cloud));
        return new Page(jira, cloud, answer.body(), JiraReader.search(answer.body()));
    }

    /** One page of the search, and what else Jira knows of its issues. */
    final class Page {

        private final JiraClient jira;
        private final boolean cloud;
        private final JsonNode body;
        private final SearchPage found;

        private Page(JiraClient jira, boolean cloud, JsonNode body, SearchPage found) {
            this.jira = jira;
            this.cloud = cloud;
            this.body = body;
            this.found = found;
        }

        List<IssueSnapshot> issues() {
            return found.issues();
        }

        @Nullable
        String next() {
            return found.next();
        }

        /** The values of the property that the bridge wrote at the creation, by issue id; others have none. */
        Map<String, JsonNode> properties(Collection<String> issueIds) {
            Map<String, JsonNode> values = new HashMap<>();
            if (cloud) {
                body.path("issues")
                        .forEach(issue -> values.put(
                                issue.path("id").asText(),
                                issue.path("properties").path(JiraRequests.MARKER_PROPERTY)));
                values.keySet().retainAll(issueIds);
            } else {
                each(issueIds, id -> requests.issueProperty(id, JiraRequests.MARKER_PROPERTY))
                        .forEach((id, answer) -> values.put(id, answer.path("value")));
            }
            values.values().removeIf(value -> value.path("marker").asText().isEmpty());
            return values;
        }

        /** As they are now: a status of the search may be a minute old. Issues that are gone are left out. */
        Map<String, IssueSnapshot> now(Collection<String> issueIds) {
            Map<String, IssueSnapshot> now = new HashMap<>();
            if (cloud && !issueIds.isEmpty()) {
                jira.send(requests.issueStatuses(issueIds))
                        .body()
                        .path("issues")
                        .forEach(issue -> {
                            IssueSnapshot read = JiraReader.issue(issue);
                            now.put(read.id(), read);
                        });
                now.keySet().retainAll(issueIds);
            }
            List<String> missing =
                    issueIds.stream().filter(id -> !now.containsKey(id)).toList();
            each(missing, id -> requests.issue(id, false))
                    .forEach((id, answer) -> now.put(id, JiraReader.issue(answer)));
            return now;
        }

        /** The answers by issue id, without those that do not exist or are not shown. */
        private Map<String, JsonNode> each(Collection<String> issueIds, Function<String, JiraRequest> question) {
            List<String> ids = List.copyOf(issueIds);
            Map<String, JsonNode> answers = new HashMap<>();
            for (int from = 0; from < ids.size(); from += SIDE_BY_SIDE) {
                List<String> some = ids.subList(from, Math.min(from + SIDE_BY_SIDE, ids.size()));
                List<CallResult> results =
                        jira.askAll(some.stream().map(question).toList());
                for (int i = 0; i < some.size(); i++) {
                    String id = some.get(i);
                    body(results.get(i)).ifPresent(answer -> answers.put(id, answer));
                }
            }
            return answers;
        }

        private static Optional<JsonNode> body(CallResult result) {
            JiraFailure failure = result.failure();
            return failure != null && failure.kind() == JiraFailure.Kind.GONE
                    ? Optional.empty()
                    : Optional.of(result.orThrow().body());
        }
    }
}
