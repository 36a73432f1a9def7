package io.faradaybridge.comments;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A link whose comments this worker has the lease of.
 *
 * @param sends whether Faraday's comments are to be sent
 * @param reads whether Jira's comments are to be read
 * @param named how often its issue had been named when the lease was taken
 */
record CommentedLink(
        long id,
        UUID token,
        int vulnerabilityId,
        String projectKey,
        String issueId,
        String issueKey,
        boolean sends,
        boolean reads,
        int named,
        int attempts) {

    static CommentedLink read(ResultSet row, int number) throws SQLException {
        return new CommentedLink(
                row.getLong("link_id"),
                row.getObject("lease_token", UUID.class),
                row.getInt("vulnerability_id"),
                row.getString("project_key"),
                row.getString("issue_id"),
                row.getString("issue_key"),
                row.getBoolean("sends"),
                row.getBoolean("reads"),
                row.getInt("named"),
                row.getInt("attempts"));
    }
}
