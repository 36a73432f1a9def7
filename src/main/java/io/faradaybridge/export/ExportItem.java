package io.faradaybridge.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.activity.IssueRequest;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.faraday.VulnerabilityState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One vulnerability on its way to becoming an issue, a row of {@code faraday_bridge.export_item}.
 *
 * @param reservedStatus the vulnerability's status when it was reserved: it becomes the link's F0
 * @param marker is sent with the creation, so that the issue can be found if the answer is lost
 * @param labelled whether the marker was also sent as a label, so that a search finds it
 * @param minutesSinceSent whole minutes since the creation was sent, by the database's clock (L2); null before that
 * @param lookFirst whether an issue may exist already and must be looked for before another is created (E4, E6)
 * @param issueId evidence that the issue exists; null if there is none
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

    /** An item for a preview, which was never reserved, so that the flow can draft its issue. */
    public static ExportItem previewed(VulnerabilityState vulnerability, String projectKey, String issueType) {
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

    /** The marker as a Jira label, without blanks, so that JQL finds it. */
    String label() {
        return LABEL_PREFIX + marker;
    }

    /** What a creating call says of this item, found by its marker; null if it was not in the call. */
    @Nullable
    IssueRequest within(@Nullable IssueRequest call) {
        JsonNode issues = call == null || call.body() == null
                ? MissingNode.getInstance()
                : call.body().path("issueUpdates");
        for (JsonNode issue : issues) {
            if (issue.at("/properties/0/value/marker").asText().equals(marker.toString())) {
                ObjectNode own = JsonNodeFactory.instance.objectNode();
                own.putArray("issueUpdates").add(issue);
                return Objects.requireNonNull(call).about(own, issues.size());
            }
        }
        return null;
    }

    /** What to look for: the marker of a creation, of this or an earlier item, that may have been made. */
    record Marker(UUID value, boolean labelled, String projectKey, int minutesSinceSent) {

        String label() {
            return LABEL_PREFIX + value;
        }
    }

    /** A row of {@code export_item}, with {@code sent_minutes}. */
    static ExportItem read(ResultSet rs, int number) throws SQLException {
        return new ExportItem(
                rs.getLong("id"),
                rs.getLong("batch_id"),
                rs.getInt("vulnerability_id"),
                rs.getString("project_key"),
                rs.getString("issue_type"),
                FaradayStatus.of(rs.getString("faraday_status")),
                rs.getObject("marker", UUID.class),
                rs.getBoolean("labelled"),
                rs.getInt("looked"),
                rs.getInt("attempts"),
                rs.getObject("sent_minutes", Integer.class),
                rs.getBoolean("look_first"),
                rs.getString("issue_id"),
                rs.getString("issue_key"),
                rs.getString("correlation_id"),
                rs.getObject("user_id", Integer.class));
    }
}
