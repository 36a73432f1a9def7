package io.faradaybridge.export;

import io.faradaybridge.faraday.FaradayStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One vulnerability on its way to becoming an issue, a row of {@code faraday_bridge.export_item}.
 *
 * @param reservedStatus the vulnerability's status when it was reserved: becomes the link's F0
 * @param marker sent along with the creation, so that an issue whose answer was lost can be found
 * @param labelled the marker went along as a label too, so that a search finds it
 * @param sentAt when the creation was sent; null before it
 * @param issueId evidence that the issue exists; null while there is none
 */
public record ExportItem(
        long id,
        long batchId,
        int vulnerabilityId,
        String projectKey,
        String issueType,
        FaradayStatus reservedStatus,
        UUID marker,
        boolean labelled,
        int looked,
        int attempts,
        @Nullable Instant sentAt,
        @Nullable String issueId,
        @Nullable String issueKey,
        String correlationId,
        @Nullable Integer userId) {

    static final String LABEL_PREFIX = "faraday-bridge-";

    /** The issue property that carries the marker. */
    public static final String PROPERTY = "faraday-bridge";

    /** The marker as a Jira label: no blanks, found by JQL. */
    String label() {
        return LABEL_PREFIX + marker;
    }
}
