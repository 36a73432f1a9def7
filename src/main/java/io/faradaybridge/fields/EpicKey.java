package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.faradaybridge.jira.answers.CreateMetaField;

/** The key of an epic, which stands alone, unlike that of a parent. */
record EpicKey() implements FieldForm {

    private static final Reference ISSUE = new Reference(LookUp.ISSUE);

    @Override
    public JsonNode toStored(JsonNode given, CreateMetaField field, Directory directory) throws NotAccepted {
        return ISSUE.toStored(given, field, directory);
    }

    @Override
    public LookUp lookUp() {
        return LookUp.ISSUE;
    }

    @Override
    public JsonNode toJira(JsonNode stored, CreateMetaField field, boolean cloud) throws NotAccepted {
        String key = FieldText.of(stored);
        if (!LookUp.isKey(key)) {
            throw new NotAccepted("'" + key + "' is not an issue's key; write it as OPS-7");
        }
        return TextNode.valueOf(key);
    }
}
