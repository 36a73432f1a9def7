package io.faradaybridge.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.jira.answers.JiraReader;
import io.faradaybridge.jira.answers.SearchPage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The bridge's requests to Jira's REST API, version 2 on both Data Center and Cloud. */
@Component("jiraRequests")
public class JiraRequests {

    /**
     * The issue property that carries the marker of the bridge that created it, and whose issue it is: {@code {"marker":
     * uuid, "vulnerability": id, "created": time, "fingerprint": text}}. Before 0.2.0 it had only the marker.
     */
    public static final String MARKER_PROPERTY = "faraday-bridge";

    /** The issues of one {@link #issueStatuses}. */
    public static final int MOST_ISSUES = 100;

    static final String API = "/rest/api/2";
    private static final int PAGE = 100;
    /** Cloud's maximum for create metadata. A Jira with a lower limit returns shorter pages. */
    private static final int CREATE_META_PAGE = 200;

    /** The bridge's account. Unlike most reads it fails for an anonymous caller, so it tests a connection. */
    public JiraRequest myself() {
        return read("/myself", List.of(), "the bridge's own account");
    }

    /** Version and kind of Jira; answered without sign-in. */
    public JiraRequest serverInfo() {
        return read("/serverInfo", List.of(), "Jira's version");
    }

    /** Read by {@link JiraReader#issue}. */
    public JiraRequest issueStatus(String issueId, boolean withChangelog) {
        return issueStatus(issueId, withChangelog, false);
    }

    /** @param withTransitions also the transitions that it has in this status; read by {@link JiraReader#transitions} */
    public JiraRequest issueStatus(String issueId, boolean withChangelog, boolean withTransitions) {
        List<Map.Entry<String, String>> query = new ArrayList<>();
        query.add(Map.entry("fields", "status,project,issuetype"));
        return issue(issueId, query, withChangelog, withTransitions);
    }

    /** What {@link #searchLeniently} shows of an issue, except when it was updated. */
    public JiraRequest issue(String issueIdOrKey, boolean withChangelog) {
        List<Map.Entry<String, String>> query = new ArrayList<>();
        query.add(Map.entry("fields", "status,project,issuetype,summary"));
        return issue(issueIdOrKey, query, withChangelog, false);
    }

    private static JiraRequest issue(
            String issueId, List<Map.Entry<String, String>> query, boolean withChangelog, boolean withTransitions) {
        List<String> expand = new ArrayList<>();
        if (withChangelog) {
            expand.add("changelog");
        }
        if (withTransitions) {
            expand.add("transitions");
        }
        if (!expand.isEmpty()) {
            query.add(Map.entry("expand", String.join(",", expand)));
        }
        return read("/issue/" + PercentEncoding.encode(issueId), query, "issue " + issueId);
    }

    /**
     * Several issues at once, on Cloud: unlike a search it does not read the index. The answer lists the issues that it
     * found in {@code issues}, each as {@link #issueStatus} would return it, and leaves the others out.
     *
     * @param issueIds at most {@link #MOST_ISSUES}
     */
    public JiraRequest issueStatuses(Collection<String> issueIds) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        issueIds.forEach(body.putArray("issueIdsOrKeys")::add);
        List.of("status", "project", "issuetype").forEach(body.putArray("fields")::add);
        return new JiraRequest(
                JiraOperation.READ,
                "POST",
                API + "/issue/bulkfetch",
                List.of(),
                body,
                issueIds.size() + " issues together");
    }

    /** The transitions from the issue's present status; read by {@link JiraReader#transitions}. */
    public JiraRequest transitions(String issueId) {
        return read(
                "/issue/" + PercentEncoding.encode(issueId) + "/transitions",
                List.of(Map.entry("expand", "transitions.fields")),
                "the transitions of issue " + issueId);
    }

    public JiraRequest transition(String issueId, String transitionId) {
        return transition(issueId, transitionId, null);
    }

    /** @param fields values for the transition's screen, or null for none */
    public JiraRequest transition(String issueId, String transitionId, @Nullable ObjectNode fields) {
        return transition(issueId, transitionId, fields, null);
    }

    /** @param comment added with the transition, or null for none */
    public JiraRequest transition(
            String issueId, String transitionId, @Nullable ObjectNode fields, @Nullable String comment) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("transition").put("id", transitionId);
        if (fields != null) {
            body.set("fields", fields);
        }
        if (comment != null) {
            body.putObject("update")
                    .putArray("comment")
                    .addObject()
                    .putObject("add")
                    .put("body", comment);
        }
        return new JiraRequest(
                JiraOperation.TRANSITION,
                "POST",
                API + "/issue/" + PercentEncoding.encode(issueId) + "/transitions",
                List.of(),
                body,
                "issue " + issueId);
    }

    /**
     * Creates up to 50 issues, each with its {@code fields} and {@code properties}; the answer is read by
     * {@link JiraReader#bulk}.
     */
    public JiraRequest createIssues(List<ObjectNode> issues) {
        if (issues.isEmpty() || issues.size() > 50) {
            throw new IllegalArgumentException("Jira creates 1 to 50 issues in a call, not " + issues.size());
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("issueUpdates").addAll(issues);
        String project =
                issues.get(0).path("fields").path("project").path("key").asText();
        return new JiraRequest(
                JiraOperation.CREATE,
                "POST",
                API + "/issue/bulk",
                List.of(),
                body,
                (issues.size() == 1 ? "an issue" : issues.size() + " issues")
                        + (project.isEmpty() ? "" : " in project " + project));
    }

    /**
     * A page of issues; read by {@link JiraReader#search}.
     *
     * @param page the {@link SearchPage#next} of the page before, or null for the first
     * @param cloud Cloud has another search than Data Center
     */
    public JiraRequest searchUpdated(String jql, List<String> fields, @Nullable String page, boolean cloud) {
        return search(jql, fields, page, cloud, List.of());
    }

    /** A search that may name unknown issues: Data Center can ignore them instead of refusing. */
    public JiraRequest searchLeniently(String jql, boolean withChangelog, @Nullable String page, boolean cloud) {
        List<Map.Entry<String, String>> more = new ArrayList<>();
        if (!cloud) {
            more.add(Map.entry("validateQuery", "false"));
        }
        if (withChangelog) {
            more.add(Map.entry("expand", "changelog"));
        }
        return search(jql, List.of("status", "project", "issuetype", "summary", "updated"), page, cloud, more);
    }

    static JiraRequest search(
            String jql,
            List<String> fields,
            @Nullable String page,
            boolean cloud,
            List<Map.Entry<String, String>> more) {
        List<Map.Entry<String, String>> query = new ArrayList<>(more);
        query.add(Map.entry("jql", jql));
        query.add(Map.entry("fields", String.join(",", fields)));
        query.add(Map.entry("maxResults", Integer.toString(PAGE)));
        if (page != null) {
            query.add(Map.entry(cloud ? "nextPageToken" : "startAt", page));
        }
        return read(
                cloud ? "/search/jql" : "/search",
                query,
                "the issues found by " + (jql.length() > 200 ? jql.substring(0, 200) + "..." : jql));
    }

    public JiraRequest issueProperty(String issueId, String key) {
        return read(propertyPath(issueId, key), List.of(), "property " + key + " of issue " + issueId);
    }

    /** May be repeated, since writing the same value twice changes nothing. */
    public JiraRequest setIssueProperty(String issueId, String key, JsonNode value) {
        return new JiraRequest(
                JiraOperation.READ,
                "PUT",
                API + propertyPath(issueId, key),
                List.of(),
                value,
                "property " + key + " of issue " + issueId);
    }

    /** The issue types that may be created in a project (Jira 8.4 and later). */
    public JiraRequest createMetaIssueTypes(String projectKey, int startAt) {
        return read(
                "/issue/createmeta/" + PercentEncoding.encode(projectKey) + "/issuetypes",
                page(startAt),
                "the issue types of project " + projectKey);
    }

    /** The fields of an issue type's create screen (Jira 8.4 and later). */
    public JiraRequest createMetaFields(String projectKey, String issueTypeId, int startAt) {
        return read(
                "/issue/createmeta/" + PercentEncoding.encode(projectKey) + "/issuetypes/"
                        + PercentEncoding.encode(issueTypeId),
                page(startAt),
                "the fields of issue type " + issueTypeId + " in project " + projectKey);
    }

    /** Issue types and fields at once: the only way before Jira 8.4, removed in 9.0. */
    public JiraRequest createMetaBefore84(String projectKey) {
        return read(
                "/issue/createmeta",
                List.of(Map.entry("projectKeys", projectKey), Map.entry("expand", "projects.issuetypes.fields")),
                "the issue types of project " + projectKey);
    }

    /** All fields of the site, on any screen; read by {@link JiraReader#siteFields}. */
    public JiraRequest siteFields() {
        return read("/field", List.of(), "the fields of Jira");
    }

    /** The kinds of projects of the site: a short list, on Cloud with the scope of all reads of issues. */
    public JiraRequest projectTypes() {
        return read("/project/type", List.of(), "Jira's project types");
    }

    /** All projects at once: the only way on Data Center; read by {@link JiraReader#projects}. */
    public JiraRequest projects() {
        return read("/project", List.of(), "Jira's projects");
    }

    /**
     * Projects in which issues may be created, on Cloud; read by {@link JiraReader#projectPage}.
     *
     * @param text a part of key or name; empty for all
     * @param most at most 100
     */
    public JiraRequest creatableProjects(String text, int startAt, int most) {
        List<Map.Entry<String, String>> query = new ArrayList<>();
        query.add(Map.entry("startAt", Integer.toString(startAt)));
        query.add(Map.entry("maxResults", Integer.toString(most)));
        query.add(Map.entry("action", "create"));
        if (!text.isEmpty()) {
            query.add(Map.entry("query", text));
        }
        return read("/project/search", query, "Jira's projects");
    }

    public JiraRequest project(String key) {
        return read(
                "/project/" + PercentEncoding.encode(key),
                List.of(Map.entry("expand", "issueTypes")),
                "project " + key);
    }

    /** Statuses by issue type; read by {@link JiraReader#statuses}. */
    public JiraRequest projectStatuses(String key) {
        return read(
                "/project/" + PercentEncoding.encode(key) + "/statuses", List.of(), "the statuses of project " + key);
    }

    private static String propertyPath(String issueId, String key) {
        return "/issue/" + PercentEncoding.encode(issueId) + "/properties/" + PercentEncoding.encode(key);
    }

    private static List<Map.Entry<String, String>> page(int startAt) {
        return List.of(
                Map.entry("startAt", Integer.toString(startAt)),
                Map.entry("maxResults", Integer.toString(CREATE_META_PAGE)));
    }

    static JiraRequest read(String path, List<Map.Entry<String, String>> query, String subject) {
        return new JiraRequest(JiraOperation.READ, "GET", API + path, query, null, subject);
    }
}
