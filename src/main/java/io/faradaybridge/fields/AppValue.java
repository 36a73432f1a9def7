package io.faradaybridge.fields;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.faradaybridge.jira.answers.CreateMetaField;
import io.faradaybridge.tables.Json;

/** A value of an app's own type, whose form only the app knows: sent as it is stored if Jira lists nothing. */
record AppValue() implements FieldForm {

    /** A template writes an object or a list as JSON; anything else is a text. */
    @Override
    public JsonNode read(String text) {
        try {
            JsonNode read = Json.MAPPER.readTree(text);
            if (read.isContainerNode()) {
                return read;
            }
        } catch (JsonProcessingException e) {
            // a text
        }
        return TextNode.valueOf(text.strip());
    }

    @Override
    public JsonNode toJira(JsonNode stored, CreateMetaField field, boolean cloud) throws NotAccepted {
        return field.allowedValues().isEmpty() || stored.isContainerNode()
                ? stored
                : Reference.OPTION.toJira(stored, field, cloud);
    }
}
