package io.faradaybridge.activity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One row of the event log. */
@JsonNaming(SnakeCaseStrategy.class)
public record ActivityEntry(
        long id,
        Instant at,
        Outcome outcome,
        String correlationId,
        @Nullable Integer vulnerabilityId,
        @Nullable String issueKey,
        String detail,
        @Nullable Integer userId) {}
