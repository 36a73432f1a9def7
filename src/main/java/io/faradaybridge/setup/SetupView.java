package io.faradaybridge.setup;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.setup.Completeness.Readiness;
import io.faradaybridge.setup.steps.Step;
import java.util.List;
import java.util.Map;

/**
 * Faraday's configuration row in its documented form, with keys of other programs and the readiness of the set-up.
 *
 * @param projects by key, as they are stored; {@code active} is the effective value
 * @param problems invalid parts of the row, by project; under "" those of no project
 * @param version the version of the row, to base a change on
 * @param others keys of the row that are not the bridge's
 */
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
     * @param ready whether the integration can work
     * @param missing what is missing as a whole; the parts list their own
     * @param projects by key
     * @param steps the way to the first exported issue
     */
    record SetupReadiness(
            boolean ready,
            List<String> missing,
            Readiness connection,
            Map<String, Readiness> projects,
            List<Step> steps) {}
}
