package io.faradaybridge.jira.answers;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A comment on an issue.
 *
 * @param authorId as {@link JiraReader#accountId} names users; empty for an anonymous or deleted one
 * @param author the shown name, or empty
 * @param restricted whether only a role or a group may see it
 * @param shownToCustomers by Service Management; null if Jira does not say
 * @param properties by key; null if Jira does not list them
 */
public record JiraComment(
        String id,
        String authorId,
        String author,
        String body,
        Instant created,
        boolean restricted,
        @Nullable Boolean shownToCustomers,
        @Nullable Map<String, JsonNode> properties) {

    /** The comments of a page, in Jira's order. */
    public static List<JiraComment> page(JsonNode answer) {
        List<JiraComment> comments = new ArrayList<>();
        answer.path("comments").forEach(comment -> comments.add(of(comment)));
        return comments;
    }

    private static JiraComment of(JsonNode comment) {
        JsonNode author = comment.path("author");
        String id = JiraReader.accountId(author);
        return new JiraComment(
                comment.path("id").asText(),
                id,
                author.path("displayName").asText(id),
                comment.path("body").asText(),
                JiraReader.time(comment.path("created").asText()),
                comment.hasNonNull("visibility"),
                comment.hasNonNull("jsdPublic") ? comment.path("jsdPublic").asBoolean() : null,
                properties(comment.path("properties")));
    }

    private static @Nullable Map<String, JsonNode> properties(JsonNode listed) {
        if (!listed.isArray()) {
            return null;
        }
        Map<String, JsonNode> properties = new HashMap<>();
        listed.forEach(property -> properties.put(property.path("key").asText(), property.path("value")));
        return properties;
    }
}
