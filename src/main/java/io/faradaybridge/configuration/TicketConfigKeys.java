package io.faradaybridge.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.faradaybridge.web.InvalidRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Checks the keys of an issue type's configuration. Unknown keys are refused, because a misspelt key would otherwise be
 * ignored. Unknown keys that are already in Faraday's row may be sent back unchanged.
 */
public final class TicketConfigKeys {

    private static final String FIELDS = "fields";
    private static final String TYPES = "issue_types";
    private static final Set<String> OF_A_CONFIGURATION = Set.of("issue_type", FIELDS, TYPES);
    /** {@code child} belongs to the value of a cascading field in Jira's form. */
    private static final Set<String> OF_A_SETTING =
            Set.of("schema", "value", FieldSetting.TEMPLATE, FieldSetting.BY_SEVERITY, "wiki_markup", "child");

    private TicketConfigKeys() {}

    /**
     * What is wrong with a {@code ticket_config}, in either of its forms.
     *
     * @param stored the project's present one in Faraday's row
     * @param savedType gives the name under which an issue type is saved
     */
    public static Map<String, List<String>> unknown(JsonNode given, JsonNode stored, UnaryOperator<String> savedType) {
        Map<String, List<String>> problems = new LinkedHashMap<>();
        given.properties().forEach(entry -> {
            if (!OF_A_CONFIGURATION.contains(entry.getKey())
                    && !entry.getValue().equals(stored.get(entry.getKey()))) {
                problems.put(
                        InvalidRequest.shown(entry.getKey()),
                        List.of("is unknown; known keys are fields, issue_type, issue_types"));
            }
        });
        given.path(TYPES)
                .properties()
                .forEach(type -> check(
                        type.getValue(),
                        stored(stored, savedType.apply(type.getKey())),
                        InvalidRequest.shown(type.getKey()) + ".",
                        problems));
        checkFields(
                given, stored(stored, savedType.apply(given.path("issue_type").asText())), "", problems);
        return problems;
    }

    private static JsonNode stored(JsonNode config, String type) {
        return config.path(TYPES).properties().stream()
                .filter(known -> known.getKey().strip().equalsIgnoreCase(type.strip()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** Adds the problems of one issue type, by the name of the key or of its field. */
    public static void check(JsonNode given, JsonNode stored, String prefix, Map<String, List<String>> problems) {
        given.properties().forEach(entry -> {
            String key = entry.getKey();
            if (!key.equals(FIELDS) && !stored.path(key).equals(entry.getValue())) {
                problems.put(
                        prefix + InvalidRequest.shown(key), List.of("is unknown; an issue type has only \"fields\""));
            }
        });
        checkFields(given, stored, prefix, problems);
    }

    private static void checkFields(
            JsonNode given, JsonNode stored, String prefix, Map<String, List<String>> problems) {
        given.path(FIELDS).properties().forEach(field -> {
            JsonNode setting = field.getValue();
            if (setting.isObject() && (FieldSetting.isSetting(setting) || setting.has("value"))) {
                List<String> unknown = setting.properties().stream()
                        .filter(part -> !OF_A_SETTING.contains(part.getKey())
                                && !standsAlready(stored, part.getKey(), part.getValue()))
                        .map(part -> "'" + InvalidRequest.shown(part.getKey())
                                + "' is unknown; a field may have \"value\", \"template\", \"by_severity\","
                                + " \"schema\" and \"wiki_markup\"")
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
