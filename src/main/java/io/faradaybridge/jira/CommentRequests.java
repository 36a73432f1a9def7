package io.faradaybridge.jira;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Requests about the comments of an issue. */
public final class CommentRequests {

    /** The property with which Service Management on Data Center marks an internal comment: {@code {"internal": true}}. */
    public static final String INTERNAL = "sd.public.comment";

    /** How many comments a page has. */
    public static final int PAGE = 100;

    private CommentRequests() {}

    /**
     * Not repeatable: two calls make two comments.
     *
     * @param marker of the property {@link JiraRequests#MARKER_PROPERTY}, by which the comment is recognised
     */
    public static JiraRequest add(String issueId, String issueKey, String text, String marker) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("body", text);
        body.putArray("properties")
                .addObject()
                .put("key", JiraRequests.MARKER_PROPERTY)
                .putObject("value")
                .put("marker", marker);
        return new JiraRequest(JiraOperation.EDIT, "POST", path(issueId), List.of(), body, "issue " + issueKey);
    }

    /** A page of comments, newest first where Jira can sort them. */
    public static JiraRequest page(String issueId, String issueKey, int startAt) {
        return JiraRequests.read(
                path(issueId).substring(JiraRequests.API.length()),
                List.of(
                        Map.entry("orderBy", "-created"),
                        Map.entry("expand", "properties"),
                        Map.entry("startAt", Integer.toString(startAt)),
                        Map.entry("maxResults", Integer.toString(PAGE))),
                "issue " + issueKey);
    }

    /** Answered with 404 if the comment has no such property. */
    public static JiraRequest property(String commentId, String key) {
        return JiraRequests.read(
                "/comment/" + PercentEncoding.encode(commentId) + "/properties/" + PercentEncoding.encode(key),
                List.of(),
                "property " + key + " of comment " + commentId);
    }

    private static String path(String issueId) {
        return JiraRequests.API + "/issue/" + PercentEncoding.encode(issueId) + "/comment";
    }
}
