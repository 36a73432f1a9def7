package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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

    private static final int LONGEST_NAME = 255;

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
        if (text.isEmpty() || text.length() > LONGEST_NAME) {
            throw new NotAccepted("an empty name, or one of more than " + LONGEST_NAME + " characters, names nothing");
        }
        Directory.Found found = directory.find(new Directory.Question(lookUp, text, field.clause()));
        if (found.stored() == null) {
            throw new NotAccepted(found.remark() + "; " + hint);
        }
        return found.name().isEmpty()
                ? form.apply(found.stored())
                : JsonNodeFactory.instance
                        .objectNode()
                        .put("id", found.stored())
                        .put("name", found.name());
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
