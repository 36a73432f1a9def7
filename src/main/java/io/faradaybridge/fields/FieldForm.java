package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.faradaybridge.jira.answers.CreateMetaField;

/** The forms of one value: the plain one that Faraday stores, such as a name, and the one that Jira needs. */
@FunctionalInterface
interface FieldForm {

    /** @param given as in a request */
    default JsonNode toStored(JsonNode given, CreateMetaField field, Directory directory) throws NotAccepted {
        return given;
    }

    JsonNode toJira(JsonNode stored, CreateMetaField field, boolean cloud) throws NotAccepted;

    /** Checks a text. */
    interface TextCheck {
        JsonNode toJira(String text) throws NotAccepted;
    }

    /** Stored as text. */
    static FieldForm text(TextCheck check) {
        return new Text(check, true);
    }

    /** Stored as text or number. */
    static FieldForm plain(TextCheck check) {
        return new Text(check, false);
    }

    record Text(TextCheck check, boolean always) implements FieldForm {

        @Override
        public JsonNode toStored(JsonNode given, CreateMetaField field, Directory directory) throws NotAccepted {
            boolean text = always ? !given.isTextual() : given.isObject();
            return text ? TextNode.valueOf(FieldText.of(given)) : given;
        }

        @Override
        public JsonNode toJira(JsonNode stored, CreateMetaField field, boolean cloud) throws NotAccepted {
            return check.toJira(FieldText.of(stored));
        }
    }
}
