package io.faradaybridge.export.preview;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.configuration.TicketConfig;
import io.faradaybridge.configuration.TicketConfigKeys;
import io.faradaybridge.web.InvalidRequest;
import io.faradaybridge.web.RequestRecords;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The request for a preview: {@code {"vulnerability_ids": [17], "issue_type": "Bug", "ticket_config": {...}}}.
 *
 * @param vulnerabilityIds one to {@value #MOST}, in the order of the request
 * @param issueType null: the only one
 * @param ticketConfig to be tried; null: the saved one
 */
record PreviewRequest(
        List<Integer> vulnerabilityIds,

        @Schema(description = "the name of an issue type") @Nullable
        String issueType,

        @Nullable JsonNode ticketConfig) {

    static final int MOST = 50;

    PreviewRequest {
        vulnerabilityIds = RequestRecords.vulnerabilityIds(vulnerabilityIds, MOST);
    }

    /**
     * The configuration to try.
     *
     * @param project the saved settings of the project
     * @param stored its {@code ticket_config} in Faraday's row
     * @param savedType gives the name under which an issue type is saved
     * @throws InvalidRequest naming the field
     */
    TicketConfig config(ProjectSettings project, JsonNode stored, UnaryOperator<String> savedType) {
        if (ticketConfig == null || ticketConfig.isNull()) {
            return TicketConfig.chosen(project.issueTypes(), issueType == null ? null : savedType.apply(issueType));
        }
        Map<String, List<String>> unknown = TicketConfigKeys.unknown(ticketConfig, stored, savedType);
        if (!unknown.isEmpty()) {
            throw new InvalidRequest(unknown);
        }
        return TicketConfig.chosen(
                TicketConfig.readAll(ticketConfig)
                        .orElseThrow(() -> new InvalidRequest(
                                "ticket_config",
                                "must be {\"issue_type\": \"Bug\", \"fields\": {...}} or {\"issue_types\": {\"Bug\":"
                                        + " {\"fields\": {...}}}}")),
                issueType);
    }
}
