package io.faradaybridge.link.reports;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A link as the API shows it.
 *
 * @param url the issue's page; null if no Jira is configured
 * @param retryAt the time of the next attempt; null if none is planned
 * @param attempts the number of failed attempts
 * @param inWork whether a worker holds it at this moment
 * @param warnings about the new link
 */
public record LinkReport(
        int vulnerabilityId,
        int workspaceId,
        String project,
        String issueType,
        String issueKey,
        @Nullable String url,
        Agreed agreed,
        @Nullable Blocked blocked,
        @Nullable Instant retryAt,
        int attempts,
        boolean inWork,
        List<String> warnings) {

    public LinkReport withWarnings(List<String> now) {
        return new LinkReport(
                vulnerabilityId,
                workspaceId,
                project,
                issueType,
                issueKey,
                url,
                agreed,
                blocked,
                retryAt,
                attempts,
                inWork,
                now);
    }

    /** The statuses that both sides last agreed on. */
    public record Agreed(String faraday, String jira, Instant at) {}

    /** @param code stable, for programs; {@code reason} is a sentence */
    public record Blocked(String code, String reason, Instant at) {}
}
