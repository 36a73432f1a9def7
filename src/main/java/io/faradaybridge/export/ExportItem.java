package io.faradaybridge.export;

import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.faraday.VulnerabilityState;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One vulnerability on its way to becoming an issue, a row of {@code faraday_bridge.export_item}.
 *
 * @param reservedStatus the vulnerability's status when it was reserved: becomes the link's F0
 * @param marker sent along with the creation, so that an issue whose answer was lost can be found
 * @param labelled the marker went along as a label too, so that a search finds it
 * @param minutesSinceSent whole minutes since the creation was sent, by the database's clock (L2); null before it
 * @param lookFirst an issue may exist already: looked for before anything is created (E4, E6)
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
        @Nullable Integer minutesSinceSent,
        boolean lookFirst,
        @Nullable String issueId,
        @Nullable String issueKey,
        String correlationId,
        @Nullable Integer userId) {

    /** Stands for an item that was never reserved, so that the flow can draft its issue. */
    static ExportItem previewed(VulnerabilityState vulnerability, String projectKey, String issueType) {
        return new ExportItem(
                0,
                0,
                vulnerability.id(),
                projectKey,
                issueType,
                vulnerability.status(),
                UUID.randomUUID(),
                false,
                0,
                0,
                null,
                false,
                null,
                null,
                "preview",
                null);
    }

    static final String LABEL_PREFIX = "faraday-bridge-";

    /** The marker as a Jira label: no blanks, found by JQL. */
    String label() {
        return LABEL_PREFIX + marker;
    }

    /** A creation of this or an earlier item that may have been made: what to look for, and since when. */
    record Marker(UUID value, boolean labelled, String projectKey, int minutesSinceSent) {

        String label() {
            return LABEL_PREFIX + value;
        }
    }
}
