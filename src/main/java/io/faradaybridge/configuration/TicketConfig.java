package io.faradaybridge.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.web.InvalidRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The configured fields of issues of one type.
 *
 * @param issueType the type's name in Jira, such as {@code Bug}
 * @param fields by the field's display name (or id), in the order they are stored
 */
public record TicketConfig(String issueType, Map<String, FieldSetting> fields) {

    public TicketConfig {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * Reads a request: one type as {@code {"issue_type", "fields"}}, or the documented {@code {"issue_types": {"Bug":
     * {"fields"}}}}.
     *
     * @return by the type's name; empty if it is neither
     */
    public static Optional<Map<String, TicketConfig>> readAll(JsonNode json) {
        Map<String, TicketConfig> types = new LinkedHashMap<>();
        if (json.path("issue_type").isTextual() && json.path("fields").isObject()) {
            String type = json.path("issue_type").asText().strip();
            types.put(type, read(type, json));
        }
        json.path("issue_types").properties().forEach(type -> {
            if (type.getValue().path("fields").isObject()) {
                types.put(type.getKey(), read(type.getKey(), type.getValue()));
            }
        });
        return types.isEmpty() ? Optional.empty() : Optional.of(types);
    }

    /**
     * The type with that name, in any case; the only one if no name is given.
     *
     * @throws InvalidRequest with the existing names
     */
    public static TicketConfig chosen(Map<String, TicketConfig> types, @Nullable String given) {
        String name = given == null ? "" : given.strip();
        if (name.isEmpty() && types.size() == 1) {
            return types.values().iterator().next();
        }
        return types.values().stream()
                .filter(type -> type.issueType().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new InvalidRequest(
                        "issue_type",
                        (name.isEmpty() ? "is needed" : "'" + name + "' is not configured") + "; there "
                                + (types.isEmpty() ? "is none yet" : "are " + List.copyOf(types.keySet()))));
    }

    static TicketConfig read(String issueType, JsonNode config) {
        Map<String, FieldSetting> fields = new LinkedHashMap<>();
        config.path("fields")
                .properties()
                .forEach(field -> fields.put(field.getKey(), FieldSetting.read(field.getValue())));
        return new TicketConfig(issueType, fields);
    }
}
