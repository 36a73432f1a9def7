package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.faradaybridge.jira.answers.CreateMetaField;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The forms of one value: the plain one that Faraday stores, such as a name, and the one that Jira needs. */
@FunctionalInterface
interface FieldForm {

    /** @param text that a template has made for this value; it is not blank */
    default JsonNode read(String text) {
        return TextNode.valueOf(text.strip());
    }

    /** @param given as in a request, or as a template has made it */
    default JsonNode toStored(JsonNode given, CreateMetaField field, Directory directory) throws NotAccepted {
        return given;
    }

    JsonNode toJira(JsonNode stored, CreateMetaField field, boolean cloud) throws NotAccepted;

    /** How Jira is asked for a value that it does not list; null if nothing is looked up. */
    default @Nullable LookUp lookUp() {
        return null;
    }

    /** Whether the field takes one value, even if create metadata describe it as a list. */
    default boolean single() {
        return false;
    }

    /** Checks a text. */
    interface TextCheck {
        JsonNode toJira(String text) throws NotAccepted;
    }

    /** Stored as text. */
    static FieldForm text(TextCheck check) {
        return text(check, String::strip);
    }

    /** @param cleaned makes what a template has printed acceptable to Jira, as far as this does not change its meaning */
    static FieldForm text(TextCheck check, UnaryOperator<String> cleaned) {
        return new Text(check, true, cleaned);
    }

    /** Stored as text or number. */
    static FieldForm plain(TextCheck check) {
        return plain(check, String::strip);
    }

    static FieldForm plain(TextCheck check, UnaryOperator<String> cleaned) {
        return new Text(check, false, cleaned);
    }

    record Text(TextCheck check, boolean always, UnaryOperator<String> cleaned) implements FieldForm {

        @Override
        public JsonNode read(String text) {
            return TextNode.valueOf(cleaned.apply(text));
        }

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
