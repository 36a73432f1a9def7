package io.faradaybridge.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fixed value of one Jira field, as Faraday stores it. Jira's create metadata, not the stored type, decide what is
 * sent.
 *
 * @param type {@code schema.type}, empty if it was not stored
 * @param items {@code schema.items} of an array
 * @param value a plain value, a list of them, or {@code {"parent", "child"}}
 * @param rawMarkup whether printed values are not made harmless for Jira's wiki markup; the bridge's own key {@code
 *     "wiki_markup": "raw"}
 */
public record FieldSetting(String type, @Nullable String items, JsonNode value, boolean rawMarkup) {

    // in JSON this markup can occur only inside strings
    private static final Pattern JINJA = Pattern.compile("\\{[{%#]");

    public FieldSetting(String type, @Nullable String items, JsonNode value) {
        this(type, items, value, false);
    }

    public static FieldSetting read(JsonNode field) {
        if (!isSetting(field)) {
            return new FieldSetting("", null, field);
        }
        JsonNode schema = field.path("schema");
        JsonNode items = schema.path("items");
        return new FieldSetting(
                schema.path("type").asText(""),
                items.isTextual() ? items.asText() : null,
                field.path("value"),
                field.path("wiki_markup").asText("").equalsIgnoreCase("raw"));
    }

    /** Whether it is a setting and not a plain value; {@code {"value", "child"}} is the value of a cascading select. */
    public static boolean isSetting(JsonNode field) {
        return field.has("schema") || (field.has("value") && !field.has("child"));
    }

    /** Whether one of its texts contains Jinja2 markup. */
    public boolean holdsJinja() {
        return JINJA.matcher(value.toString()).find();
    }

    /** Whether the value is empty, so that the field counts as not configured. */
    public boolean empty() {
        return value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.asText().isBlank())
                || (value.isContainerNode() && value.isEmpty());
    }
}
