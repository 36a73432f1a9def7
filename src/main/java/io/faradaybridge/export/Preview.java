package io.faradaybridge.export;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an export would do, without doing it.
 *
 * @param vulnerabilities in the order asked for
 */
record Preview(String project, @JsonProperty("issue_type") String issueType, List<Draft> vulnerabilities) {

    /**
     * @param request the vulnerability's element of the creating call's {@code issueUpdates}, of which an export sends up
     *     to 50 in one call; the marker is drawn anew for each export. Null while there are problems
     * @param problems why it would not be sent; empty: it would
     */
    record Draft(
            @JsonProperty("vulnerability_id") int vulnerabilityId,
            @Nullable ObjectNode request,
            List<Problem> problems,
            @Nullable NextTransition transition) {}

    /** @param field the configured field, or another name of what is wrong */
    record Problem(String field, String message) {}

    /**
     * Where the vulnerability's present status would lead its issue.
     *
     * @param issue the key of the linked issue; null: there is none yet
     * @param to the Jira status that the vulnerability's is mapped to; null: none
     * @param transition the transition that leads there; null: none is needed, or there is none
     * @param message the same in words
     */
    record NextTransition(
            String status,
            @Nullable String issue,
            @Nullable String to,
            @Nullable String transition,
            String message) {}
}
