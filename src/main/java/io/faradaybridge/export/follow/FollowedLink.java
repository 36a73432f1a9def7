package io.faradaybridge.export.follow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.faradaybridge.tables.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A leased row of {@code followed_link} with what is needed of its link.
 *
 * @param rowVersion of the vulnerability's row, when the lease was taken
 * @param renderedVersion of the vulnerability's row, when it was rendered last; null if it never was
 * @param settings the fingerprint of the configuration that it was rendered with; null if it never was
 * @param created whether the bridge created the issue
 */
record FollowedLink(
        long id,
        UUID token,
        int vulnerabilityId,
        String projectKey,
        String issueType,
        String issueId,
        String issueKey,
        String rowVersion,
        @Nullable String renderedVersion,
        @Nullable String settings,
        Map<String, FollowedField> fields,
        int named,
        int attempts,
        boolean created) {

    FollowedField field(String id) {
        return fields.getOrDefault(id, FollowedField.NEW);
    }

    /** Whether it was rendered last with another configuration. */
    boolean reconfigured(String present) {
        return settings != null && !settings.equals(present);
    }

    /** Whether the vulnerability's row has changed since it was rendered. */
    boolean changed() {
        return !rowVersion.equals(renderedVersion);
    }

    static FollowedLink read(ResultSet row, int number) throws SQLException {
        try {
            return new FollowedLink(
                    row.getLong("link_id"),
                    row.getObject("lease_token", UUID.class),
                    row.getInt("vulnerability_id"),
                    row.getString("project_key"),
                    row.getString("issue_type"),
                    row.getString("issue_id"),
                    row.getString("issue_key"),
                    row.getString("current_version"),
                    row.getString("row_version"),
                    row.getString("settings"),
                    Json.MAPPER.readValue(row.getString("fields"), new TypeReference<>() {}),
                    row.getInt("named"),
                    row.getInt("attempts"),
                    row.getBoolean("created"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("followed_link.fields cannot be read", e);
        }
    }
}
