package io.faradaybridge.link;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A link as people see it.
 *
 * @param url the issue's page; null while no Jira is configured
 * @param retryAt when it is tried again; null: nothing waits
 * @param attempts failed so far
 * @param inWork somebody holds it at this moment
 * @param warnings what deserves a look after it was made
 */
@JsonNaming(SnakeCaseStrategy.class)
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
    @JsonNaming(SnakeCaseStrategy.class)
    public record Agreed(String faraday, String jira, Instant at) {}

    /** @param code stable, for programs; {@code reason} is for people */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Blocked(String code, String reason, Instant at) {}
}
