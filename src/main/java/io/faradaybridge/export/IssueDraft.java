package io.faradaybridge.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The issue that an item would become.
 *
 * @param fields as Jira's creating call wants them
 * @param problem why it cannot be sent; empty: it can
 * @param labelled the marker is among the labels
 */
public record IssueDraft(ExportItem item, ObjectNode fields, String problem, boolean labelled) {

    static IssueDraft impossible(ExportItem item, String problem) {
        return new IssueDraft(item, JsonNodeFactory.instance.objectNode(), problem, false);
    }
}
