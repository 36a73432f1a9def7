package io.faradaybridge.jira;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests that change an issue apart from its status. */
public final class EditRequests {

    private EditRequests() {}

    /** The present values of these fields, with the issue's history. */
    public static JiraRequest issueFields(String issueId, Collection<String> fieldIds) {
        return JiraRequests.read(
                "/issue/" + PercentEncoding.encode(issueId),
                List.of(Map.entry("fields", String.join(",", fieldIds)), Map.entry("expand", "changelog")),
                "issue " + issueId);
    }

    /** @param fields in the form of the creating call; others stay as they are */
    public static JiraRequest editIssue(String issueId, ObjectNode fields) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("fields", fields);
        String path = JiraRequests.API + "/issue/" + PercentEncoding.encode(issueId);
        return new JiraRequest(JiraOperation.EDIT, "PUT", path, List.of(), body, "issue " + issueId);
    }

    /**
     * Makes the remote link, or changes it if the issue has one with this {@code globalId}. What the body leaves out is
     * removed.
     */
    public static JiraRequest remoteLink(String issueId, ObjectNode link) {
        return remoteLink("POST", issueId, List.of(), link);
    }

    /** Answered with 404 if the issue has none with this id. */
    public static JiraRequest removeRemoteLink(String issueId, String globalId) {
        return remoteLink("DELETE", issueId, List.of(Map.entry("globalId", globalId)), null);
    }

    private static JiraRequest remoteLink(
            String method, String issueId, List<Map.Entry<String, String>> query, @Nullable ObjectNode body) {
        return new JiraRequest(
                JiraOperation.EDIT,
                method,
                JiraRequests.API + "/issue/" + PercentEncoding.encode(issueId) + "/remotelink",
                query,
                body,
                "the remote link of issue " + issueId);
    }

    /**
     * What the bridge's account may do in the project: {@code permissions}, by their names. Data Center answers with
     * all, Cloud with those that are asked for.
     */
    public static JiraRequest permission(String projectKey, String name, boolean cloud) {
        List<Map.Entry<String, String>> query = new ArrayList<>(List.of(Map.entry("projectKey", projectKey)));
        if (cloud) {
            query.add(Map.entry("permissions", name));
        }
        return JiraRequests.read("/mypermissions", query, "the permissions of the bridge's account in " + projectKey);
    }

    /** The files of an issue, in its field {@code attachment}. */
    public static JiraRequest attachments(String issueId, String issueKey) {
        return JiraRequests.read(
                "/issue/" + PercentEncoding.encode(issueId),
                List.of(Map.entry("fields", "attachment")),
                "issue " + issueKey);
    }

    public static JiraRequest attach(String issueId, String issueKey, JiraFile file) {
        String path = JiraRequests.API + "/issue/" + PercentEncoding.encode(issueId) + "/attachments";
        return new JiraRequest(JiraOperation.ATTACH, path, file, "issue " + issueKey);
    }

    /** May be repeated: Jira keeps one link of a type between two issues. */
    public static JiraRequest relate(String issueKey, String former) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("type").put("name", "Relates");
        body.putObject("inwardIssue").put("key", former);
        body.putObject("outwardIssue").put("key", issueKey);
        return new JiraRequest(
                JiraOperation.READ,
                "POST",
                JiraRequests.API + "/issueLink",
                List.of(),
                body,
                "the issue link between " + issueKey + " and " + former);
    }
}
