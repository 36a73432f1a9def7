package io.faradaybridge.activity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One row of the event log; also the body of a listener's exchange. */
@JsonNaming(SnakeCaseStrategy.class) // the JSON of operators' routes is not written by the API's mapper
public record ActivityEntry(
        long id,
        Instant at,
        Outcome outcome,
        String correlationId,
        @Nullable Integer vulnerabilityId,
        @Nullable String issueKey,
        String detail,
        @Nullable Integer userId) {

    /** The key of the issue's project; null if no issue is known. */
    public @Nullable String project() {
        return issueKey == null || issueKey.lastIndexOf('-') < 0
                ? null
                : issueKey.substring(0, issueKey.lastIndexOf('-'));
    }

    /**
     * A sentence for readers, such as {@code BLOCKED: vulnerability 17, issue SEC-3: no transition leads to 'Done'}.
     */
    public String text() {
        return Stream.of(
                        outcome.name(),
                        Stream.of(
                                        vulnerabilityId == null ? "" : "vulnerability " + vulnerabilityId,
                                        issueKey == null ? "" : "issue " + issueKey)
                                .filter(name -> !name.isEmpty())
                                .collect(Collectors.joining(", ")),
                        detail)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(": "));
    }
}
