package io.faradaybridge.activity;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of the set-up, secrets masked.
 *
 * @param userId null for a command of the operator
 * @param what such as {@code projects.SEC.attribute_mapping}
 * @param before null if there was no value
 * @param after null if the value was removed
 */
record SetupChange(
        long id,
        Instant at,
        @Nullable Integer userId,
        String username,
        String what,
        @Nullable JsonNode before,
        @Nullable JsonNode after) {}
