package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What Jira lists for a field. Its elements are named by {@code value}, {@code name}, {@code label} or {@code key}. */
record AllowedValues(List<JsonNode> listed) {

    private static final List<String> NAMES = List.of("value", "name", "label", "key");
    private static final int SHOWN = 15;

    /** By name before id, since an option may be called 3; Faraday no longer knows which of them it stored. */
    Optional<JsonNode> find(String text) {
        return first(value -> names(value).contains(text))
                .or(() -> first(value -> value.path("id").asText("").equals(text)))
                .or(() -> first(value -> names(value).stream().anyMatch(text::equalsIgnoreCase)));
    }

    private Optional<JsonNode> first(Predicate<JsonNode> wanted) {
        return listed.stream().filter(wanted).findFirst();
    }

    /** How many of them are called so. */
    long named(String name) {
        return listed.stream().filter(value -> names(value).contains(name)).count();
    }

    /** What Faraday stores for it: its name, or its key where that is what a field wants. */
    static String stored(JsonNode value, boolean byKey) {
        return byKey && value.hasNonNull("key") ? value.path("key").asText() : name(value);
    }

    static String name(JsonNode value) {
        return naming(value).asText("");
    }

    /** What names an object: its value, name, label or key, else its account or id; else missing. */
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
