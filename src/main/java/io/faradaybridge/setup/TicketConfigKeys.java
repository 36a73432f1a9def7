package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which keys an issue type's configuration has. Others are not stored, or a misspelt one would count as not given; those that
 * stand in Faraday's row already may come back as they are.
 */
final class TicketConfigKeys {

    private static final String FIELDS = "fields";
    /** {@code child} belongs to the value of a cascading field, written as Jira writes it. */
    private static final Set<String> OF_A_SETTING = Set.of("schema", "value", "wiki_markup", "child");

    private TicketConfigKeys() {}

    /** Adds what is wrong, by the name of the key or of the field that holds it. */
    static void check(JsonNode given, JsonNode stored, String prefix, Map<String, List<String>> problems) {
        given.properties().forEach(entry -> {
            String key = entry.getKey();
            if (!key.equals(FIELDS) && !stored.path(key).equals(entry.getValue())) {
                problems.put(
                        prefix + Body.shown(key), List.of("is not known here; an issue type has \"fields\" alone"));
            }
        });
        given.path(FIELDS).properties().forEach(field -> {
            JsonNode setting = field.getValue();
            if (setting.isObject() && (setting.has("schema") || setting.has("value"))) {
                List<String> unknown = setting.properties().stream()
                        .filter(part -> !OF_A_SETTING.contains(part.getKey())
                                && !standsAlready(stored, part.getKey(), part.getValue()))
                        .map(part -> "'" + Body.shown(part.getKey()) + "' is not known here; a field has \"value\", and"
                                + " perhaps \"schema\" and \"wiki_markup\"")
                        .toList();
                if (!unknown.isEmpty()) {
                    problems.put(prefix + Body.shown(field.getKey()), unknown);
                }
            }
        });
    }

    private static boolean standsAlready(JsonNode stored, String key, JsonNode value) {
        return stored.path(FIELDS).properties().stream()
                .anyMatch(field -> value.equals(field.getValue().get(key)));
    }
}
