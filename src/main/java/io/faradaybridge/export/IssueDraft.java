package io.faradaybridge.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.fields.IssueFields;
import java.util.Map;
import java.util.Optional;

/**
 * The issue that an item would become.
 *
 * @param fields as Jira's creating call wants them
 * @param problems why it cannot be sent, in words by what is wrong with which field; empty: it can
 * @param labelled the marker is among the labels
 */
public record IssueDraft(ExportItem item, ObjectNode fields, Map<String, String> problems, boolean labelled) {

    static IssueDraft impossible(ExportItem item, Map<String, String> problems) {
        return new IssueDraft(item, JsonNodeFactory.instance.objectNode(), problems, false);
    }

    /** All that is wrong, as one text for people; empty: nothing. */
    Optional<String> refusal() {
        return IssueFields.refusal(item.issueType(), problems);
    }
}
