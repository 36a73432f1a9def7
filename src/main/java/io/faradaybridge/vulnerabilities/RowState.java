package io.faradaybridge.vulnerabilities;

import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.configuration.StatusMapping;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.link.reports.AdoptionReports;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a row of {@link VulnerabilityTable}'s result means: its state, as a value and as a sentence. */
final class RowState {

    private RowState() {}

    static LinkState standing(ResultSet row, IntegrationSettings settings) throws SQLException {
        LinkState standing = LinkState.of(row.getString("standing"));
        if (standing != LinkState.IN_STEP) {
            return standing;
        }
        StatusMapping mapping = settings.project(row.getString("project"))
                .map(ProjectSettings::mapping)
                .orElse(StatusMapping.NONE);
        return switch (mapping.agreement(
                FaradayStatus.of(row.getString("faraday_status")),
                new JiraStatus(row.getString("jira_status_id"), row.getString("jira_status_name")))) {
            case IN_STEP -> LinkState.IN_STEP;
            case DIFFERS -> LinkState.DIFFERS;
            case NOT_MAPPED -> LinkState.NOT_MAPPED;
        };
    }

    static String why(LinkState standing, ResultSet row, IntegrationSettings settings) throws SQLException {
        String project = row.getString("project");
        String resting = project == null ? "" : settings.restReason(project).orElse("");
        return switch (standing) {
            case BLOCKED -> "blocked: " + row.getString("blocked_reason");
            case HELD -> "waits: " + row.getString("blocked_reason");
            case ADOPTING -> "both sides will be read again before anything is done";
            case WAITING -> "an attempt failed and will be repeated";
            case IN_WORK -> "is being worked on";
            case DIFFERS_SINCE_ADOPTION ->
                "adopted with statuses that do not mean the same: Faraday '" + row.getString("faraday_status")
                        + "', Jira '" + row.getString("jira_status_name")
                        + "'; choose the side to follow, or change one of them";
            case CHANGED -> resting.isEmpty() ? "a side has changed, the bridge will look at it soon" : resting;
            case IN_STEP -> resting.isEmpty() ? "in step" : "in step; " + resting;
            case DIFFERS ->
                "Faraday's '" + row.getString("faraday_status") + "' and Jira's '" + row.getString("jira_status_name")
                        + "' do not mean the same; move one of them" + (resting.isEmpty() ? "" : "; " + resting);
            case NOT_MAPPED ->
                "of Faraday's '" + row.getString("faraday_status") + "' and Jira's '"
                        + row.getString("jira_status_name") + "' one has no mapping"
                        + (resting.isEmpty() ? "; complete the status mapping" : "; " + resting);
            case EXPORTING -> "is being exported";
            case EXPORT_UNKNOWN ->
                "its export is unknown, resolve it by saying whether the issue was created: "
                        + row.getString("export_reason");
            case SHARED ->
                row.getBoolean("shared_visibly")
                        ? "not synchronised: shared by vulnerability " + row.getInt("shared_by")
                        : row.getString("record");
            case NOT_ADOPTED -> notAdopted(row);
            case TO_ADOPT -> "its key will be looked up in Jira soon";
            case NOT_LINKED -> "not linked to an issue";
        };
    }

    private static String notAdopted(ResultSet row) throws SQLException {
        String record = row.getString("record");
        return record != null ? record : AdoptionReports.reason(row.getString("project"));
    }

    /** Uses the configured address, never the address that Jira states. */
    static @Nullable String page(IntegrationSettings settings, String key) {
        try {
            URI base = URI.create(settings.url());
            boolean web =
                    base.getHost() != null && ("https".equals(base.getScheme()) || "http".equals(base.getScheme()));
            return web && base.getUserInfo() == null ? settings.url() + "/browse/" + key : null;
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }
}
