package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.faradaybridge.jira.answers.CreateMetaField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thing of Jira, stored by its name. If Jira lists the allowed values, the value must be one of them and is sent by its
 * id; if Jira lists none, it is looked up.
 *
 * @param key under which its name is sent
 * @param lookUp null if create metadata always list the allowed values
 */
record Reference(String key, @Nullable LookUp lookUp) implements FieldForm {

    static final Reference OPTION = new Reference("value", null);
    static final Reference NAMED = new Reference("name", null);

    Reference(LookUp lookUp) {
        this("name", lookUp);
    }

    @Override
    public JsonNode toStored(JsonNode given, CreateMetaField field, Directory directory) throws NotAccepted {
        if (lookUp == null && field.searched() && !field.listed()) {
            Directory.Found found = directory
                    .find(new Directory.Question(LookUp.SEARCHED, FieldText.of(given), field.clause()))
                    .orRefuse("");
            return TextNode.valueOf(found.name().isEmpty() ? found.stored() : found.name());
        }
        if (lookUp == null || (field.listed() && !field.allowedValues().isEmpty())) {
            return stored(given, field.allowedValues());
        }
        String text = FieldText.name(FieldText.of(given));
        Directory.Found found = directory
                .find(new Directory.Question(lookUp, lookUp.checked(text)))
                .orRefuse(lookUp.hint(text));
        return TextNode.valueOf(found.stored());
    }

    /** By its name in Jira's spelling; by its id only if two values have the same name. */
    TextNode stored(JsonNode given, List<JsonNode> allowed) throws NotAccepted {
        String text = FieldText.of(given);
        AllowedValues values = new AllowedValues(allowed);
        return TextNode.valueOf(values.find(text)
                .map(found -> {
                    String name = AllowedValues.stored(found, lookUp == LookUp.PROJECT);
                    return values.named(name) == 1 ? name : found.path("id").asText(name);
                })
                .orElse(text));
    }

    @Override
    public JsonNode toJira(JsonNode stored, CreateMetaField field, boolean cloud) throws NotAccepted {
        if (field.listed() && field.allowedValues().isEmpty()) {
            throw new NotAccepted("'" + FieldText.of(stored) + "' is not allowed; Jira offers nothing to choose from");
        }
        return sent(stored, field.allowedValues(), cloud);
    }

    ObjectNode sent(JsonNode stored, List<JsonNode> allowed, boolean cloud) throws NotAccepted {
        String text = FieldText.of(stored);
        String sentAs = lookUp == null ? key : lookUp.key(text, cloud);
        ObjectNode sent = JsonNodeFactory.instance.objectNode();
        if (!allowed.isEmpty()) {
            AllowedValues values = new AllowedValues(allowed);
            JsonNode found = values.find(text)
                    .orElseThrow(() -> new NotAccepted("'" + text + "' is not allowed; allowed are " + values));
            // the option of an app may have a number as id, and must then be sent as a number
            return found.hasNonNull("id")
                    ? sent.set("id", found.path("id"))
                    : sent.put(sentAs, AllowedValues.name(found));
        }
        return stored instanceof ObjectNode object && !object.has("self") ? object : sent.put(sentAs, text);
    }
}
