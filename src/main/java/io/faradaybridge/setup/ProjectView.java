package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * A project's configuration after a change.
 *
 * @param ready it may be activated, as far as the row tells
 * @param missing before it is ready
 * @param problems what of it could not be understood
 * @param warnings what was saved but may not be what was meant
 * @param enabled the integration as a whole
 * @param version of the row, to base the next change on
 */
@JsonNaming(SnakeCaseStrategy.class)
record ProjectView(
        String key,
        boolean active,
        JsonNode ticketConfig,
        JsonNode attributeMapping,
        boolean ready,
        List<String> missing,
        List<String> problems,
        List<String> warnings,
        boolean enabled,
        String version) {}
