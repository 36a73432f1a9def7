package io.faradaybridge.export;

import io.faradaybridge.web.InvalidRequest;
import io.faradaybridge.web.RequestRecords;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request of an analyst or a program: {@code {"vulnerability_ids": [17], "project": "SEC", "issue_type": "Bug"}}.
 *
 * @param vulnerabilityIds without repetition, at most {@value #MOST}
 * @param project null: the one that the workspaces of the vulnerabilities belong to
 * @param issueType null: the project's only one
 */
public record ExportRequest(
        List<Integer> vulnerabilityIds,
        @Schema(description = PROJECT) @Nullable String project,

        @Schema(description = "the name of a configured issue type") @Nullable
        String issueType) {

    static final int MOST = 10_000;
    private static final String PROJECT = "the key of a configured Jira project";

    public ExportRequest {
        vulnerabilityIds = RequestRecords.vulnerabilityIds(vulnerabilityIds, MOST);
        project = project == null ? null : project.strip();
        if (project != null && project.isEmpty()) {
            throw new InvalidRequest("project", "must be " + PROJECT);
        }
    }
}
