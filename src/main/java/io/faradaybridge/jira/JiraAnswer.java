package io.faradaybridge.jira;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.answers.JiraReader;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A successful answer of Jira, the result of {@code direct:jira-send}; failures are thrown as {@link JiraFailure}.
 *
 * @param status 200 to 299, or 400 for a bulk creation in which every element failed; {@link JiraReader#bulk} reads
 *     both
 * @param body parsed JSON; a MissingNode if Jira sent none
 * @param jiraTime Jira's own clock, from the Date header, or null
 * @param sent what it answers; null for a part of an answer
 */
public record JiraAnswer(
        int status,
        JsonNode body,
        @Nullable Instant jiraTime,
        @Nullable SentRequest sent) {

    public JiraAnswer(int status, JsonNode body, @Nullable Instant jiraTime) {
        this(status, body, jiraTime, null);
    }
}
