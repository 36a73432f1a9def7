package io.faradaybridge.export.preview;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.fields.UsedValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of an export that is not made.
 *
 * @param vulnerabilities in the order of the request
 */
record Preview(String project, String issueType, List<Draft> vulnerabilities) {

    /**
     * @param request the vulnerability's element of the creating call's {@code issueUpdates}, of which an export sends
     *     up to 50 in one call. Each export has a new marker. Null if there are problems
     * @param values where the values came from that depend on the vulnerability
     * @param problems why it would not be sent; empty if it would be
     */
    record Draft(
            int vulnerabilityId,
            @Nullable ObjectNode request,
            List<UsedValue> values,
            List<Problem> problems,
            @Nullable NextTransition transition) {}

    /** @param field the configured field, or another name for the problem */
    record Problem(String field, String message) {}

    /**
     * The transition that the vulnerability's present status would cause.
     *
     * @param issue the key of the linked issue; null if there is none yet
     * @param to the Jira status that the vulnerability's status is mapped to; null if there is none
     * @param transition the transition that leads there; null if none is needed or there is none
     * @param message the same as a sentence
     */
    record NextTransition(
            String status,
            @Nullable String issue,
            @Nullable String to,
            @Nullable String transition,
            String message) {}
}
