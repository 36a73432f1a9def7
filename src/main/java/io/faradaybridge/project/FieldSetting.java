package io.faradaybridge.project;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fixed value of one Jira field, as Faraday stores it. Jira's create metadata, not this type, decides what is sent.
 *
 * @param type {@code schema.type}, empty where it was not stored
 * @param items {@code schema.items} of an array
 * @param value a plain value, a list of them, or {@code {"parent", "child"}}
 */
public record FieldSetting(String type, @Nullable String items, JsonNode value) {

    // Only inside strings can JSON hold these marks.
    private static final Pattern JINJA = Pattern.compile("\\{[{%#]");

    static FieldSetting read(JsonNode field) {
        if (!field.isObject() || !(field.has("schema") || field.has("value"))) {
            return new FieldSetting("", null, field);
        }
        JsonNode schema = field.path("schema");
        JsonNode items = schema.path("items");
        return new FieldSetting(
                schema.path("type").asText(""), items.isTextual() ? items.asText() : null, field.path("value"));
    }

    /** Jinja2's marks somewhere in its texts. */
    public boolean holdsJinja() {
        return JINJA.matcher(value.toString()).find();
    }

    /** Nothing was filled in, so the field is as good as not configured. */
    boolean empty() {
        return value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.asText().isBlank())
                || (value.isContainerNode() && value.isEmpty());
    }
}
