package io.faradaybridge.link;

import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.link.decision.BlockReason;
import io.faradaybridge.link.decision.StatusPair;
import io.faradaybridge.link.decision.Transit;
import io.faradaybridge.tables.Columns;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a row of {@code issue_link} with all its columns. */
final class LinkRow {

    private LinkRow() {}

    static IssueLink read(ResultSet rs, int number) throws SQLException {
        return new IssueLink(
                rs.getLong("id"),
                rs.getInt("vulnerability_id"),
                rs.getInt("workspace_id"),
                rs.getString("project_key"),
                rs.getString("issue_type"),
                rs.getString("issue_id"),
                rs.getString("issue_key"),
                new StatusPair(
                        FaradayStatus.of(rs.getString("faraday_status")),
                        new JiraStatus(rs.getString("jira_status_id"), rs.getString("jira_status_name")),
                        transit(rs, "in_transit")),
                rs.getLong("hints"),
                rs.getLong("hints_seen"),
                rs.getLong("echo_hints"),
                rs.getObject("hint_user_id", Integer.class),
                rs.getString("hint_correlation"),
                intention(rs),
                block(rs),
                rs.getInt("attempts"),
                unseenDrive(rs),
                rs.getInt("unmoved"),
                Columns.instantOrNull(rs, "hinted_at"));
    }

    private static IssueLink.@Nullable Intention intention(ResultSet rs) throws SQLException {
        Instant since = Columns.instantOrNull(rs, "driving_since");
        return since == null
                ? null
                : new IssueLink.Intention(
                        FaradayStatus.of(rs.getString("driving_from")),
                        new JiraStatus(rs.getString("driving_to_id"), rs.getString("driving_to_name")),
                        since,
                        transit(rs, "driving_in_transit"));
    }

    private static @Nullable Transit transit(ResultSet rs, String column) throws SQLException {
        String stored = rs.getString(column);
        return stored == null ? null : Transit.of(stored);
    }

    private static IssueLink.@Nullable UnseenDrive unseenDrive(ResultSet rs) throws SQLException {
        Instant at = Columns.instantOrNull(rs, "driven_at");
        return at == null
                ? null
                : new IssueLink.UnseenDrive(
                        new StatusPair(
                                FaradayStatus.of(rs.getString("replaced_faraday")),
                                new JiraStatus(rs.getString("replaced_jira_id"), rs.getString("replaced_jira_name")),
                                transit(rs, "replaced_in_transit")),
                        new JiraStatus(rs.getString("driven_over_id"), rs.getString("driven_over_name")),
                        at,
                        way(rs));
    }

    /** Without a way if a version before it has driven. */
    private static List<String> way(ResultSet rs) throws SQLException {
        Array way = rs.getArray("driven_way");
        return way == null ? List.of() : List.of((String[]) way.getArray());
    }

    private static IssueLink.@Nullable Block block(ResultSet rs) throws SQLException {
        String reason = rs.getString("blocked_reason");
        return reason == null
                ? null
                : new IssueLink.Block(
                        new BlockReason(rs.getString("blocked_code"), reason),
                        FaradayStatus.of(rs.getString("blocked_faraday")),
                        new JiraStatus(rs.getString("blocked_jira_id"), rs.getString("blocked_jira_name")),
                        rs.getString("blocked_version"));
    }
}
