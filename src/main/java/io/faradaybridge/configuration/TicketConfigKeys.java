package io.faradaybridge.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.faradaybridge.web.InvalidRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which keys an issue type's configuration has. Others are neither stored nor tried, or a misspelt one would count as not
 * given; those that stand in Faraday's row already may come back as they are.
 */
public final class TicketConfigKeys {

    private static final String FIELDS = "fields";
    private static final String TYPES = "issue_types";
    private static final Set<String> OF_A_CONFIGURATION = Set.of("issue_type", FIELDS, TYPES);
    /** {@code child} belongs to the value of a cascading field, written as Jira writes it. */
    private static final Set<String> OF_A_SETTING = Set.of("schema", "value", "wiki_markup", "child");

    private TicketConfigKeys() {}

    /**
     * What is wrong with a whole {@code ticket_config}, in either of its forms.
     *
     * @param stored the project's as it stands in Faraday's row
     */
    public static Map<String, List<String>> unknown(JsonNode given, JsonNode stored) {
        Map<String, List<String>> problems = new LinkedHashMap<>();
        given.properties().forEach(entry -> {
            if (!OF_A_CONFIGURATION.contains(entry.getKey())
                    && !entry.getValue().equals(stored.get(entry.getKey()))) {
                problems.put(
                        InvalidRequest.shown(entry.getKey()),
                        List.of("is not known here; known are fields, issue_type, issue_types"));
            }
        });
        given.path(TYPES)
                .properties()
                .forEach(type -> check(
                        type.getValue(),
                        stored(stored, type.getKey()),
                        InvalidRequest.shown(type.getKey()) + ".",
                        problems));
        checkFields(given, stored(stored, given.path("issue_type").asText()), "", problems);
        return problems;
    }

    private static JsonNode stored(JsonNode config, String type) {
        return config.path(TYPES).properties().stream()
                .filter(known -> known.getKey().strip().equalsIgnoreCase(type.strip()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** Adds what is wrong with one issue type, by the name of the key or of the field that holds it. */
    public static void check(JsonNode given, JsonNode stored, String prefix, Map<String, List<String>> problems) {
        given.properties().forEach(entry -> {
            String key = entry.getKey();
            if (!key.equals(FIELDS) && !stored.path(key).equals(entry.getValue())) {
                problems.put(
                        prefix + InvalidRequest.shown(key),
                        List.of("is not known here; an issue type has \"fields\" alone"));
            }
        });
        checkFields(given, stored, prefix, problems);
    }

    private static void checkFields(
            JsonNode given, JsonNode stored, String prefix, Map<String, List<String>> problems) {
        given.path(FIELDS).properties().forEach(field -> {
            JsonNode setting = field.getValue();
            if (setting.isObject() && (setting.has("schema") || setting.has("value"))) {
                List<String> unknown = setting.properties().stream()
                        .filter(part -> !OF_A_SETTING.contains(part.getKey())
                                && !standsAlready(stored, part.getKey(), part.getValue()))
                        .map(
                                part -> "'" + InvalidRequest.shown(part.getKey())
                                        + "' is not known here; a field has \"value\", and perhaps \"schema\" and \"wiki_markup\"")
                        .toList();
                if (!unknown.isEmpty()) {
                    problems.put(prefix + InvalidRequest.shown(field.getKey()), unknown);
                }
            }
        });
    }

    private static boolean standsAlready(JsonNode stored, String key, JsonNode value) {
        return stored.path(FIELDS).properties().stream()
                .anyMatch(field -> value.equals(field.getValue().get(key)));
    }
}
