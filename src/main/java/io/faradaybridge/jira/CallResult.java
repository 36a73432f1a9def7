package io.faradaybridge.jira;

import org.jspecify.annotations.Nullable;

/** One of several questions asked at the same time, and what came of it: an answer, or a failure. */
public record CallResult(
        JiraRequest request,
        @Nullable JiraAnswer answer,
        @Nullable JiraFailure failure) {

    /** @throws JiraFailure where there is no answer */
    public JiraAnswer orThrow() {
        if (answer != null) {
            return answer;
        }
        throw failure != null
                ? failure
                : new IllegalStateException("neither an answer nor a failure to " + request.subject());
    }
}
