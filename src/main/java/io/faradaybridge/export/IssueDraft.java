package io.faradaybridge.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.fields.IssueFields;
import java.util.Map;
import java.util.Optional;

/**
 * The issue that would be created for an item.
 *
 * @param fields in the form of Jira's creating call
 * @param problems what is wrong, by field; empty if it can be sent
 * @param labelled whether the marker is among the labels
 */
public record IssueDraft(ExportItem item, ObjectNode fields, Map<String, String> problems, boolean labelled) {

    static IssueDraft impossible(ExportItem item, Map<String, String> problems) {
        return new IssueDraft(item, JsonNodeFactory.instance.objectNode(), problems, false);
    }

    /** All problems as one text; empty if there are none. */
    Optional<String> refusal() {
        return IssueFields.refusal(item.issueType(), problems);
    }
}
