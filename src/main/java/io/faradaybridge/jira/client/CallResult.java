package io.faradaybridge.jira.client;

import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraRequest;
import org.jspecify.annotations.Nullable;

/** One of several calls made at the same time, with its answer or its failure. */
public record CallResult(
        JiraRequest request,
        @Nullable JiraAnswer answer,
        @Nullable JiraFailure failure) {

    /** @throws JiraFailure if there is no answer */
    public JiraAnswer orThrow() {
        if (answer != null) {
            return answer;
        }
        throw failure != null
                ? failure
                : new IllegalStateException("neither an answer nor a failure to " + request.subject());
    }
}
