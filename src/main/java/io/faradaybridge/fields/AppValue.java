package io.faradaybridge.fields;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.faradaybridge.jira.answers.CreateMetaField;
import io.faradaybridge.tables.Json;

/** A value of an app's own type, whose form only the app knows: sent as it is stored if Jira lists nothing and has no search. */
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

    /** By its id if Jira has a search for the field. */
    @Override
    public JsonNode toStored(JsonNode given, CreateMetaField field, Directory directory) throws NotAccepted {
        if (!field.searched()
                || field.listed()
                || !given.isTextual()
                || given.asText().isBlank()) {
            return given;
        }
        Directory.Found found = directory
                .find(new Directory.Question(LookUp.SEARCHED, given.asText().strip(), field.clause()))
                .orRefuse("");
        return found.name().isEmpty() ? given : found.withName();
    }

    @Override
    public JsonNode toJira(JsonNode stored, CreateMetaField field, boolean cloud) throws NotAccepted {
        if (field.searched() && stored.isObject() && stored.size() == 2 && stored.has("id") && stored.has("name")) {
            return JsonNodeFactory.instance.objectNode().set("id", stored.path("id"));
        }
        return field.allowedValues().isEmpty() || stored.isContainerNode()
                ? stored
                : Reference.OPTION.toJira(stored, field, cloud);
    }
}
