package io.faradaybridge.activity;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraOperation;
import io.faradaybridge.jira.SentRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request that was to create or change the issue of a vulnerability, and what came of it.
 *
 * @param body what it says of this issue; null if it has no body
 * @param issues the number of issues that the call was about
 * @param status Jira's; 0 without an answer
 * @param reason why it failed; null if it did not
 */
public record IssueRequest(
        int vulnerabilityId,
        SentRequest sent,
        @Nullable JsonNode body,
        int issues,
        int status,
        @Nullable String reason) {

    /** @return null if the answer is a part of another one */
    public static @Nullable IssueRequest of(int vulnerabilityId, JiraAnswer answer) {
        SentRequest sent = answer.sent();
        return sent == null
                ? null
                : new IssueRequest(vulnerabilityId, sent, sent.request().body(), 1, answer.status(), null);
    }

    /** @return null if nothing was sent, or a request that changes nothing */
    public static @Nullable IssueRequest of(int vulnerabilityId, JiraFailure failure) {
        SentRequest sent = failure.sent();
        return sent == null || sent.request().operation() == JiraOperation.READ
                ? null
                : new IssueRequest(
                        vulnerabilityId, sent, sent.request().body(), 1, failure.status(), failure.getMessage());
    }

    /** The same request as one of several issues shows it. */
    public IssueRequest about(JsonNode own, int ofIssues) {
        return new IssueRequest(vulnerabilityId, sent, own, ofIssues, status, reason);
    }

    /** The same request, which Jira refused for this issue alone. */
    public IssueRequest refused(int ownStatus, String why) {
        return new IssueRequest(vulnerabilityId, sent, body, issues, ownStatus, why);
    }
}
