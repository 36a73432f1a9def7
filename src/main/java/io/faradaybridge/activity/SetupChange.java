package io.faradaybridge.activity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of the set-up, secrets masked.
 *
 * @param userId null: the operator, by a command
 * @param what such as {@code projects.SEC.attribute_mapping}
 * @param before null: there was none
 * @param after null: it is gone
 */
@JsonNaming(SnakeCaseStrategy.class)
record SetupChange(
        long id,
        Instant at,
        @Nullable Integer userId,
        String username,
        String what,
        @Nullable JsonNode before,
        @Nullable JsonNode after) {}
