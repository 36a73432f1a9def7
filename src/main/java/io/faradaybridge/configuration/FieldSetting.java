package io.faradaybridge.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.faraday.FaradaySeverity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The value of one Jira field, as Faraday stores it. Jira's create metadata, not the stored type, decide what is sent.
 *
 * @param type {@code schema.type}, empty if it was not stored
 * @param items {@code schema.items} of an array
 * @param value a plain value, a list of them, or {@code {"parent", "child"}}
 * @param rawMarkup whether printed values are not made harmless for Jira's wiki markup; the bridge's own key {@code
 *     "wiki_markup": "raw"}
 * @param template Jinja2 whose text becomes the value; the bridge's own key, as {@code by_severity}; empty if there is
 *     none
 * @param bySeverity a value for each severity, by Faraday's stored name of it
 */
public record FieldSetting(
        String type,
        @Nullable String items,
        JsonNode value,
        boolean rawMarkup,
        String template,
        Map<String, JsonNode> bySeverity) {

    public static final String TEMPLATE = "template";
    public static final String BY_SEVERITY = "by_severity";

    // in JSON this markup can occur only inside strings
    private static final Pattern JINJA = Pattern.compile("\\{[{%#]");

    public FieldSetting(String type, @Nullable String items, JsonNode value) {
        this(type, items, value, false, "", Map.of());
    }

    public FieldSetting {
        bySeverity = Collections.unmodifiableMap(new LinkedHashMap<>(bySeverity));
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
                field.path("wiki_markup").asText("").equalsIgnoreCase("raw"),
                field.path(TEMPLATE).asText("").strip(),
                bySeverity(field.path(BY_SEVERITY)));
    }

    private static Map<String, JsonNode> bySeverity(JsonNode table) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        table.properties().forEach(entry -> FaradaySeverity.parse(entry.getKey())
                .ifPresent(severity -> values.put(severity, entry.getValue())));
        return values;
    }

    /** The same with these values. */
    public FieldSetting with(JsonNode otherValue, Map<String, JsonNode> otherBySeverity) {
        return new FieldSetting(type, items, otherValue, rawMarkup, template, otherBySeverity);
    }

    /** Whether it is a setting and not a plain value; {@code {"value", "child"}} is the value of a cascading select. */
    public static boolean isSetting(JsonNode field) {
        return field.has("schema")
                || (field.has("value") && !field.has("child"))
                || field.has(TEMPLATE)
                || field.has(BY_SEVERITY);
    }

    /** Whether the value depends on the vulnerability. */
    public boolean varies() {
        return !template.isEmpty() || !bySeverity.isEmpty();
    }

    /** Whether one of its texts contains Jinja2 markup. */
    public boolean holdsJinja() {
        return JINJA.matcher(value.toString()).find();
    }

    /** Whether there is no fixed value. Without {@link #varies} the field then counts as not configured. */
    public boolean empty() {
        return empty(value);
    }

    public static boolean empty(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.asText().isBlank())
                || (value.isContainerNode() && value.isEmpty());
    }
}
