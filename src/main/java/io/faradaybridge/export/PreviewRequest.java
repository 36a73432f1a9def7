package io.faradaybridge.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.configuration.TicketConfig;
import io.faradaybridge.configuration.TicketConfigKeys;
import io.faradaybridge.web.InvalidRequest;
import io.faradaybridge.web.VulnerabilityIds;
import java.util.List;
import java.util.Map;

/**
 * What a preview is asked for: {@code {"vulnerability_ids": [17], "issue_type": "Bug", "ticket_config": {...}}}.
 *
 * @param vulnerabilityIds one to {@value #MOST}, in the order asked for
 * @param config the configuration to try: the request's own, else the saved one
 */
record PreviewRequest(List<Integer> vulnerabilityIds, TicketConfig config) {

    static final int MOST = 50;

    /**
     * @param project the saved settings of the project
     * @param stored its {@code ticket_config} as it stands in Faraday's row
     * @throws InvalidRequest naming the field
     */
    static PreviewRequest read(JsonNode json, ProjectSettings project, JsonNode stored) {
        if (!json.isObject()) {
            throw new InvalidRequest("body", "must be a JSON object with \"vulnerability_ids\"");
        }
        List<Integer> ids = VulnerabilityIds.read(json, MOST);
        JsonNode type = json.path("issue_type");
        if (!type.isMissingNode() && !type.isNull() && !type.isTextual()) {
            throw new InvalidRequest("issue_type", "must be the name of an issue type");
        }
        JsonNode tried = json.path("ticket_config");
        Map<String, TicketConfig> types = project.issueTypes();
        if (!tried.isMissingNode() && !tried.isNull()) {
            Map<String, List<String>> unknown = TicketConfigKeys.unknown(tried, stored);
            if (!unknown.isEmpty()) {
                throw new InvalidRequest(unknown);
            }
            types = TicketConfig.readAll(tried)
                    .orElseThrow(() -> new InvalidRequest(
                            "ticket_config",
                            "must be {\"issue_type\": \"Bug\", \"fields\": {...}} or {\"issue_types\": {\"Bug\": {\"fields\":"
                                    + " {...}}}}"));
        }
        return new PreviewRequest(
                ids, TicketConfig.chosen(types, type.asText("").strip()));
    }
}
