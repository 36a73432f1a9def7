package io.faradaybridge.project;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an issue of one type is filled with.
 *
 * @param issueType the type's name in Jira, such as {@code Bug}
 * @param fields by the field's display name (or id), in the order they are stored
 */
public record TicketConfig(String issueType, Map<String, FieldSetting> fields) {

    public TicketConfig {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    static TicketConfig read(String issueType, JsonNode config) {
        Map<String, FieldSetting> fields = new LinkedHashMap<>();
        config.path("fields")
                .properties()
                .forEach(field -> fields.put(field.getKey(), FieldSetting.read(field.getValue())));
        return new TicketConfig(issueType, fields);
    }
}
