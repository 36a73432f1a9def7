package io.faradaybridge.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of Jira's REST API, the body that {@code direct:jira-send} expects.
 *
 * @param method GET, POST, PUT or DELETE
 * @param path below the site's base URL, already percent-encoded, such as {@code /rest/api/2/issue/10001}
 * @param query decoded names and values in order; encoded once, at sending
 * @param body JSON, or null for none
 * @param subject what the call is about, for messages to people, such as {@code issue PROJ-7}
 * @param attended a person waits for the answer, so it has to come soon or not at all
 * @param madeAt by {@link System#nanoTime}; what changes something in Jira is sent within {@link #SENT_WITHIN} of it or not at
 *     all, as leases and looks count from a moment just after it (L11, E3)
 */
public record JiraRequest(
        JiraOperation operation,
        String method,
        String path,
        List<Map.Entry<String, String>> query,
        @Nullable JsonNode body,
        String subject,
        boolean attended,
        long madeAt) {

    /** Less than the margin that a lease keeps beyond the call's deadline and the 90 s in which Jira may go on. */
    public static final Duration SENT_WITHIN = Duration.ofSeconds(5);

    public JiraRequest(
            JiraOperation operation,
            String method,
            String path,
            List<Map.Entry<String, String>> query,
            @Nullable JsonNode body,
            String subject) {
        this(operation, method, path, query, body, subject, false, System.nanoTime());
    }

    /** As if made then, by {@link System#nanoTime}. */
    public JiraRequest madeAt(long then) {
        return new JiraRequest(operation, method, path, query, body, subject, attended, then);
    }

    JiraRequest interactive() {
        return new JiraRequest(operation, method, path, query, body, subject, true, madeAt);
    }

    /** Asks for the issue that this request, whose path is below the issue's, is about. */
    JiraRequest aboutItsIssue() {
        String issue = path.replaceFirst("(/issue/[^/]+).*", "$1");
        return new JiraRequest(
                JiraOperation.READ,
                "GET",
                issue,
                List.of(Map.entry("fields", "status")),
                null,
                subject,
                attended,
                madeAt);
    }
}
