package io.faradaybridge.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.faradaybridge.web.InvalidRequest;
import io.faradaybridge.web.VulnerabilityIds;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;
import java.util.Map;

/**
 * What an analyst or a producer asks for: {@code {"vulnerability_ids": [17], "project": "SEC", "issue_type": "Bug"}}.
 *
 * @param vulnerabilityIds without repetition, at most {@value #MOST}
 * @param issueType empty: the project's only one
 */
@JsonNaming(SnakeCaseStrategy.class)
record ExportRequest(
        List<Integer> vulnerabilityIds,
        String project,
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED) String issueType) {

    static final int MOST = 10_000;

    private static final List<String> KEYS = List.of("vulnerability_ids", "project", "issue_type");

    /** What a producer's message holds beside; of the API's callers it is refused. */
    static List<String> otherKeys(JsonNode json) {
        return json.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !KEYS.contains(key))
                .toList();
    }

    /** @throws InvalidRequest naming the field */
    static ExportRequest read(JsonNode json) {
        if (!json.isObject()) {
            throw new InvalidRequest("body", "must be a JSON object with \"vulnerability_ids\" and \"project\"");
        }
        List<Integer> ids = VulnerabilityIds.read(json, MOST);
        JsonNode project = json.path("project");
        if (!project.isTextual() || project.asText().isBlank()) {
            throw new InvalidRequest("project", "is missing; give the key of a configured Jira project");
        }
        JsonNode type = json.path("issue_type");
        if (!type.isMissingNode() && !type.isNull() && !type.isTextual()) {
            throw new InvalidRequest("issue_type", "must be the name of a configured issue type");
        }
        return new ExportRequest(ids, project.asText().strip(), type.asText("").strip());
    }
}
