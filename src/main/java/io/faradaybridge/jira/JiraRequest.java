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
 * @param file to be sent instead of a body, or null for none
 * @param subject the object of the call for messages, such as {@code issue PROJ-7}
 * @param attended whether a user waits for the answer, so that the deadline is short
 * @param madeAt by {@link System#nanoTime}; a request that changes something is sent within {@link #SENT_WITHIN} of it
 *     or not at all, because leases and look-ups count from then (L11, E3)
 */
public record JiraRequest(
        JiraOperation operation,
        String method,
        String path,
        List<Map.Entry<String, String>> query,
        @Nullable JsonNode body,
        @Nullable JiraFile file,
        String subject,
        boolean attended,
        long madeAt) {

    /** Less than the margin of a lease, beyond the call's deadline and the 90 s in which Jira may go on. */
    public static final Duration SENT_WITHIN = Duration.ofSeconds(5);

    public JiraRequest(
            JiraOperation operation,
            String method,
            String path,
            List<Map.Entry<String, String>> query,
            @Nullable JsonNode body,
            String subject) {
        this(operation, method, path, query, body, null, subject, false, System.nanoTime());
    }

    /** A request that posts a file. */
    public JiraRequest(JiraOperation operation, String path, JiraFile file, String subject) {
        this(operation, "POST", path, List.of(), null, file, subject, false, System.nanoTime());
    }

    /** A copy with another time of making, by {@link System#nanoTime}. */
    public JiraRequest madeAt(long then) {
        return new JiraRequest(operation, method, path, query, body, file, subject, attended, then);
    }

    public JiraRequest interactive() {
        return new JiraRequest(operation, method, path, query, body, file, subject, true, madeAt);
    }

    /** A request that reads the issue of this request. */
    public JiraRequest aboutItsIssue() {
        String issue = path.replaceFirst("(/issue/[^/]+).*", "$1");
        return new JiraRequest(
                JiraOperation.READ,
                "GET",
                issue,
                List.of(Map.entry("fields", "status")),
                null,
                null,
                subject,
                attended,
                madeAt);
    }
}
