package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A project's export rule and what it would export.
 *
 * @param exportRule as it is stored or would be
 * @param wouldExport the number of vulnerabilities that it matches now; null if it was not counted
 * @param vulnerabilities the first hundred of them, without those in workspaces that the caller may not enter
 * @param saved whether the rule is stored so
 * @param message what was done or is to do, as sentences
 * @param warnings probable mistakes in the rule
 * @param version the version of the row
 */
record ExportRuleView(
        String project,
        JsonNode exportRule,
        @Nullable Long wouldExport,
        List<Match> vulnerabilities,
        boolean saved,
        String message,
        List<String> warnings,
        String version) {

    record Match(int vulnerabilityId, String name, String severity, String status, String workspace) {}
}
