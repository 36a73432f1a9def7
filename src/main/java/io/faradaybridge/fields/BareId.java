package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.answers.CreateMetaField;
import java.util.function.Function;

/**
 * An id that stands alone where Jira does not list the allowed values. A name is looked up, and stored as {@code {"id",
 * "name"}}; an id is stored as it is sent.
 *
 * @param pattern of an id that is not looked up
 */
record BareId(String noun, String pattern, String hint, LookUp lookUp, Function<String, JsonNode> form)
        implements FieldForm {

    @Override
    public boolean single() {
        return true;
    }

    @Override
    public JsonNode toStored(JsonNode given, CreateMetaField field, Directory directory) throws NotAccepted {
        JsonNode one = one(given);
        String text = id(one).isEmpty() ? FieldText.of(one) : id(one);
        if (text.matches(pattern)) {
            return form.apply(text);
        }
        Directory.Found found = directory
                .find(new Directory.Question(lookUp, FieldText.name(text), field.clause()))
                .orRefuse("; " + hint);
        return found.name().isEmpty() ? form.apply(String.valueOf(found.stored())) : found.withName();
    }

    @Override
    public JsonNode toJira(JsonNode stored, CreateMetaField field, boolean cloud) throws NotAccepted {
        JsonNode one = one(stored);
        String id = id(one);
        if (id.isEmpty() || !(one.isObject() || id.matches(pattern))) {
            throw new NotAccepted("'" + FieldText.of(one) + "' is a name, which Jira does not take here; " + hint);
        }
        return form.apply(id);
    }

    /** @param value an id, an object with one, or a list of one of these */
    private JsonNode one(JsonNode value) throws NotAccepted {
        if (value.isArray() && value.size() != 1) {
            throw new NotAccepted("takes one " + noun + ", not " + value.size());
        }
        return value.isArray() ? value.path(0) : value;
    }

    private static String id(JsonNode one) {
        JsonNode id = one.isObject() ? one.path("id") : one;
        return id.isValueNode() && !id.isNull() ? id.asText().strip() : "";
    }
}
