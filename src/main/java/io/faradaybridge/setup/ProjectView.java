package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A project's configuration after a change.
 *
 * @param ready whether it can be activated, by the row
 * @param missing what is missing before it is ready
 * @param problems parts of its configuration that are invalid
 * @param warnings probable mistakes in what was saved
 * @param enabled whether the integration as a whole is enabled
 * @param version the version of the row, to base the next change on
 */
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
