package io.faradaybridge.export;

import io.faradaybridge.faraday.VulnerabilityState;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Up to 50 leased items of one project and issue type: the content of one creating call.
 *
 * @param leaseToken the token of the lease of all of them (E2)
 */
public record ExportChunk(UUID leaseToken, String projectKey, String issueType, List<ExportItem> items) {

    /** Of items that were never reserved, so that the flow can draft their issues. */
    public static ExportChunk previewed(
            Collection<VulnerabilityState> vulnerabilities, String project, String issueType) {
        return new ExportChunk(
                UUID.randomUUID(),
                project,
                issueType,
                vulnerabilities.stream()
                        .map(vulnerability -> ExportItem.previewed(vulnerability, project, issueType))
                        .toList());
    }

    /** For the enrichment SQL: {@code 17,18,21}. */
    public String vulnerabilityIds() {
        return items.stream()
                .map(item -> String.valueOf(item.vulnerabilityId()))
                .collect(Collectors.joining(","));
    }

    List<Long> ids() {
        return items.stream().map(ExportItem::id).toList();
    }

    ExportChunk only(List<ExportItem> some) {
        return new ExportChunk(leaseToken, projectKey, issueType, some);
    }
}
