package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.answers.CreateMetaField;
import java.util.List;

/**
 * One value that Jira allows for a field.
 *
 * @param name as in the configuration
 * @param children the second level of a cascading select; empty for other fields
 */
public record Choice(String id, String name, List<Choice> children) {

    public Choice {
        children = List.copyOf(children);
    }

    public static List<Choice> of(CreateMetaField field) {
        return field.allowedValues().stream()
                .map(value -> of(value, FieldType.of(field) == FieldType.PROJECT))
                .toList();
    }

    private static Choice of(JsonNode value, boolean byKey) {
        return new Choice(
                value.path("id").asText(),
                AllowedValues.stored(value, byKey),
                AllowedValues.children(value).stream()
                        .map(child -> of(child, byKey))
                        .toList());
    }
}
