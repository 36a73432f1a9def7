package io.faradaybridge.jira;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;

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
