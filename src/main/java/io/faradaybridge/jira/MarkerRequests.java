package io.faradaybridge.jira;

import io.faradaybridge.jira.answers.JiraReader;
import io.faradaybridge.jira.answers.SearchPage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests about issues that the bridge has created. */
public final class MarkerRequests {

    /** A margin, because Jira's clock and the database's differ. */
    private static final int SLACK_MINUTES = 5;

    private MarkerRequests() {}

    /** What was created in the last minutes, in JQL; minutes are read alike in every time zone. */
    public static String createdWithin(long minutes) {
        return "created >= -" + (minutes + SLACK_MINUTES) + "m";
    }

    /**
     * A page of issues, newest first. On Cloud each has the property {@link JiraRequests#MARKER_PROPERTY} in
     * {@code properties}; the search of Data Center has no properties. Read by {@link JiraReader#search}.
     *
     * @param page the {@link SearchPage#next} of the page before, or null for the first
     */
    public static JiraRequest created(String jql, @Nullable String page, boolean cloud) {
        return JiraRequests.search(
                jql,
                List.of("status", "project", "issuetype", "summary"),
                page,
                cloud,
                cloud ? List.of(Map.entry("properties", JiraRequests.MARKER_PROPERTY)) : List.of());
    }
}
