package io.faradaybridge.jira;

import io.faradaybridge.jira.answers.JiraReader;
import java.util.List;
import java.util.Map;

/** Requests that find a value of a field by its name: people, groups, issues, request types, and what a search suggests. */
public final class ValueRequests {

    private static final int FOUND_PEOPLE = 50;
    private static final int MOST_TYPES = 100;

    private ValueRequests() {}

    /** Users whose name or e-mail address contains the text; read by {@link JiraReader#people}. */
    public static JiraRequest people(String text, boolean cloud) {
        return JiraRequests.read(
                "/user/search",
                List.of(
                        Map.entry(cloud ? "query" : "username", text),
                        Map.entry("maxResults", Integer.toString(FOUND_PEOPLE))),
                "the user '" + text + "'");
    }

    /** Cloud only. */
    public static JiraRequest account(String accountId) {
        return JiraRequests.read(
                "/user", List.of(Map.entry("accountId", accountId)), "the account '" + accountId + "'");
    }

    /** Groups whose name contains the text; read by {@link JiraReader#groups}. */
    public static JiraRequest groups(String text) {
        return JiraRequests.read(
                "/groups/picker",
                List.of(Map.entry("query", text), Map.entry("maxResults", Integer.toString(FOUND_PEOPLE))),
                "the group '" + text + "'");
    }

    /**
     * The values of a field that contain the text, as a search suggests them; read by {@link JiraReader#suggestions}.
     *
     * @param field a custom field as {@code cf[10020]}
     */
    public static JiraRequest suggestions(String field, String text) {
        return JiraRequests.read(
                "/jql/autocompletedata/suggestions",
                List.of(Map.entry("fieldName", field), Map.entry("fieldValue", text)),
                "the value '" + text + "'");
    }

    /** Issues whose summary has these words; read by {@link JiraReader#summaries}. */
    public static JiraRequest issuesCalled(String summary, boolean cloud) {
        String words = summary.replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
        return JiraRequests.search(
                "summary ~ \"" + words + "\" ORDER BY updated DESC", List.of("summary"), null, cloud, List.of());
    }

    /**
     * Issues of the project whose keys or summaries begin like the text, or the newest ones; read by {@link
     * JiraReader#summaries}.
     */
    public static JiraRequest issuesLike(String text, String projectKey, boolean cloud) {
        String words = text.replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
        String which = text.strip().matches("[A-Za-z][A-Za-z0-9_]*-\\d+")
                ? "issuekey = \"" + text.strip() + "\""
                : "project = \"" + projectKey + "\"" + (words.isEmpty() ? "" : " AND summary ~ \"" + words + "*\"");
        return JiraRequests.search(which + " ORDER BY updated DESC", List.of("summary"), null, cloud, List.of());
    }

    /** An issue with its summary, for a person; read by {@link JiraReader#issue}. */
    public static JiraRequest issueShown(String issueKey) {
        return JiraRequests.read(
                "/issue/" + PercentEncoding.encode(issueKey),
                List.of(Map.entry("fields", "summary,status,project,issuetype")),
                "issue " + issueKey);
    }

    /** The request types of a service project; read by {@link JiraReader#requestTypes}. */
    public static JiraRequest requestTypes(String projectKey) {
        return new JiraRequest(
                JiraOperation.READ,
                "GET",
                "/rest/servicedeskapi/servicedesk/" + PercentEncoding.encode(projectKey) + "/requesttype",
                List.of(Map.entry("limit", Integer.toString(MOST_TYPES))),
                null,
                "the request types of project " + projectKey);
    }
}
