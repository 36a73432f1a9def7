package io.faradaybridge.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

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

    /** @throws ExportRefused naming the field */
    static ExportRequest read(JsonNode json) {
        if (!json.isObject()) {
            throw new ExportRefused("body", "must be a JSON object with \"vulnerability_ids\" and \"project\"");
        }
        JsonNode ids = json.path("vulnerability_ids");
        if (!ids.isArray() || ids.isEmpty() || ids.size() > MOST) {
            throw new ExportRefused(
                    "vulnerability_ids", "must be a list of one to " + MOST + " vulnerability ids, such as [17, 18]");
        }
        LinkedHashSet<Integer> unique = new LinkedHashSet<>();
        for (JsonNode id : ids) {
            if (!id.isIntegralNumber() || !id.canConvertToInt() || id.asInt() <= 0) {
                throw new ExportRefused("vulnerability_ids", "holds something that is not a vulnerability's id");
            }
            unique.add(id.asInt());
        }
        JsonNode project = json.path("project");
        if (!project.isTextual() || project.asText().isBlank()) {
            throw new ExportRefused("project", "is missing; give the key of a configured Jira project");
        }
        JsonNode type = json.path("issue_type");
        if (!type.isMissingNode() && !type.isNull() && !type.isTextual()) {
            throw new ExportRefused("issue_type", "must be the name of a configured issue type");
        }
        return new ExportRequest(
                new ArrayList<>(unique),
                project.asText().strip(),
                type.asText("").strip());
    }
}
