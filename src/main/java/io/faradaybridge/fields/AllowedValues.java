package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The values that Jira lists for a field. An element has its name in {@code value}, {@code name}, {@code label} or
 * {@code key}.
 */
record AllowedValues(List<JsonNode> listed) {

    private static final List<String> NAMES = List.of("value", "name", "label", "key");
    private static final int SHOWN = 15;

    /**
     * Searches by name before id, since the name of an option may be 3, and Faraday does not store which of the two it
     * is.
     */
    Optional<JsonNode> find(String text) {
        return first(value -> names(value).contains(text))
                .or(() -> first(value -> value.path("id").asText("").equals(text)))
                .or(() -> first(value -> names(value).stream().anyMatch(text::equalsIgnoreCase)));
    }

    private Optional<JsonNode> first(Predicate<JsonNode> wanted) {
        return listed.stream().filter(wanted).findFirst();
    }

    /** The number of values with this name. */
    long named(String name) {
        return listed.stream().filter(value -> names(value).contains(name)).count();
    }

    /** The text that Faraday stores for it: its name, or its key if the field is named by key. */
    static String stored(JsonNode value, boolean byKey) {
        return byKey && value.hasNonNull("key") ? value.path("key").asText() : name(value);
    }

    static String name(JsonNode value) {
        return naming(value).asText("");
    }

    /**
     * The name of an object: its value, name, label or key, or else its account or id; a MissingNode if it has none.
     */
    static JsonNode naming(JsonNode object) {
        for (String key : NAMES) {
            if (object.path(key).isValueNode() && !object.path(key).isNull()) {
                return object.path(key);
            }
        }
        for (String key : List.of("accountId", "id")) {
            if (object.hasNonNull(key)) {
                return object.path(key);
            }
        }
        return MissingNode.getInstance();
    }

    static List<JsonNode> children(JsonNode value) {
        List<JsonNode> children = new ArrayList<>();
        value.path("children").forEach(children::add);
        return children;
    }

    private static List<String> names(JsonNode value) {
        return NAMES.stream()
                .map(key -> value.path(key).asText("").strip())
                .filter(name -> !name.isEmpty())
                .toList();
    }

    @Override
    public String toString() {
        String shown = listed.stream().limit(SHOWN).map(AllowedValues::name).collect(Collectors.joining(", "));
        return listed.size() <= SHOWN ? shown : shown + " and " + (listed.size() - SHOWN) + " more";
    }
}
