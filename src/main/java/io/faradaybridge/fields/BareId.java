package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.answers.CreateMetaField;
import java.util.function.Function;

/** An id that stands alone, stored as it is sent; Jira does not list the allowed values. */
record BareId(String noun, String pattern, String hint, Function<String, JsonNode> form) implements FieldForm {

    @Override
    public boolean single() {
        return true;
    }

    @Override
    public JsonNode toStored(JsonNode given, CreateMetaField field, Directory directory) throws NotAccepted {
        return of(given);
    }

    @Override
    public JsonNode toJira(JsonNode stored, CreateMetaField field, boolean cloud) throws NotAccepted {
        return of(stored);
    }

    /** @param value an id, an object with one, or a list of one of these */
    private JsonNode of(JsonNode value) throws NotAccepted {
        if (value.isArray() && value.size() != 1) {
            throw new NotAccepted("takes one " + noun + ", not " + value.size());
        }
        JsonNode one = value.isArray() ? value.path(0) : value;
        JsonNode id = one.isObject() ? one.path("id") : one;
        String text = id.isValueNode() && !id.isNull() ? id.asText().strip() : "";
        if (!text.matches(pattern)) {
            throw new NotAccepted("'" + FieldText.of(one) + "' is a name, which Jira does not take here; " + hint);
        }
        return form.apply(text);
    }
}
