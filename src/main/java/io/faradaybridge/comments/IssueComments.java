package io.faradaybridge.comments;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.CommentRequests;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.answers.JiraComment;
import io.faradaybridge.jira.client.JiraClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The comments of issues, as Jira has them. All methods throw {@link JiraFailure}. */
@Component
class IssueComments {

    /** Of an issue with more new comments the newest are read. */
    private static final int MOST_PAGES = 20;

    /** Several may have been written within a millisecond. */
    private static final Comparator<JiraComment> OLDEST_FIRST = Comparator.comparing(JiraComment::created)
            .thenComparing(comment -> comment.id().length())
            .thenComparing(JiraComment::id);

    private final JiraClient jira;

    IssueComments(JiraClient jira) {
        this.jira = jira;
    }

    /** @return Jira's id of the new comment */
    String add(CommentedLink link, String text, String marker) {
        return jira.send(CommentRequests.add(link.issueId(), link.issueKey(), text, marker))
                .body()
                .path("id")
                .asText();
    }

    /** The comments that are not older than this by Jira's clock, oldest first. */
    List<JiraComment> since(CommentedLink link, Duration age) {
        List<JiraComment> found = new ArrayList<>();
        for (int page = 0, seen = 0; page < MOST_PAGES; page++) {
            JiraAnswer answer = jira.send(CommentRequests.page(link.issueId(), link.issueKey(), seen));
            Instant now = Optional.ofNullable(answer.jiraTime()).orElseGet(Instant::now);
            List<JiraComment> comments = JiraComment.page(answer.body());
            comments.stream()
                    .filter(comment -> !comment.created().isBefore(now.minus(age)))
                    .forEach(found::add);
            seen += comments.size();
            boolean sorted = comments.size() > 1
                    && comments.get(0)
                            .created()
                            .isAfter(comments.get(comments.size() - 1).created());
            boolean older = sorted && found.size() < seen; // an old Jira that does not sort is read to its end
            if (comments.isEmpty()
                    || older
                    || seen >= answer.body().path("total").asInt()) {
                break;
            }
        }
        found.sort(OLDEST_FIRST);
        return found;
    }

    /** Whether the bridge wrote it: no person uses its account, which may have been another one in the past. */
    boolean isOurs(JiraComment comment) {
        return comment.authorId().equals(jira.myself().id()) || has(comment.properties(), JiraRequests.MARKER_PROPERTY);
    }

    /** Whether it is this comment, by its property; where Jira does not list properties, it is asked. */
    boolean hasMarker(JiraComment comment, String marker) {
        Map<String, JsonNode> listed = comment.properties();
        Optional<JsonNode> value = listed == null
                ? property(comment, JiraRequests.MARKER_PROPERTY)
                : Optional.ofNullable(listed.get(JiraRequests.MARKER_PROPERTY));
        return value.filter(property -> property.path("marker").asText().equals(marker))
                .isPresent();
    }

    /** Whether not everybody who sees the issue sees it: for a role, a group, or the agents of a service project. */
    boolean isPrivate(JiraComment comment) {
        if (comment.restricted()) {
            return true;
        }
        if (comment.shownToCustomers() != null) {
            return !comment.shownToCustomers();
        }
        Map<String, JsonNode> listed = comment.properties();
        Optional<JsonNode> internal = listed == null
                ? property(comment, CommentRequests.INTERNAL)
                : Optional.ofNullable(listed.get(CommentRequests.INTERNAL));
        return internal.filter(property -> property.path("internal").asBoolean())
                .isPresent();
    }

    private static boolean has(@Nullable Map<String, JsonNode> properties, String key) {
        return properties != null && properties.containsKey(key);
    }

    private Optional<JsonNode> property(JiraComment comment, String key) {
        try {
            return Optional.of(jira.send(CommentRequests.property(comment.id(), key))
                    .body()
                    .path("value"));
        } catch (JiraFailure failure) {
            if (failure.refusedOrGone() && failure.status() == 404) {
                return Optional.empty();
            }
            throw failure;
        }
    }
}
