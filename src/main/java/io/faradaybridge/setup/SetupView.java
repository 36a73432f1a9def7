package io.faradaybridge.setup;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;

/**
 * Faraday's configuration row as documented, with what others have put there, and how far the set-up is.
 *
 * @param projects by key, as they are stored; {@code active} as it counts
 * @param problems what of the row could not be understood, by project; under "" what concerns none
 * @param version of the row, to base a change on
 * @param others keys of the row that are not the bridge's
 */
@JsonNaming(SnakeCaseStrategy.class)
record SetupView(
        String url,
        String consumerKey,
        String rsaPublicKey,
        String authorizationState,
        boolean enabled,
        Map<String, JsonNode> projects,
        SetupReadiness readiness,
        Map<String, List<String>> problems,
        String version,
        @JsonAnyGetter Map<String, JsonNode> others) {

    /**
     * @param ready the integration works
     * @param missing before it does; the parts' own stand with them
     * @param projects by key
     */
    record SetupReadiness(boolean ready, List<String> missing, Readiness connection, Map<String, Readiness> projects) {}
}
