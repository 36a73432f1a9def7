package io.faradaybridge.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;

/**
 * A field of a create screen.
 *
 * @param type the schema's type, such as {@code string}, {@code option}, {@code array}
 * @param items type of an array's elements, else empty
 * @param system name of a system field, such as {@code labels}, else empty
 * @param custom type key of a custom field, else empty
 * @param allowedValues as Jira gives them: with {@code value}, {@code name} or {@code label}, ids as text or numbers
 * @param listed Jira says which values are allowed, if only that there are none
 * @param operations such as {@code set}, {@code add}
 * @param defaultValue as Jira gives it; missing where it gives none
 */
public record CreateMetaField(
        String fieldId,
        String name,
        boolean required,
        boolean hasDefault,
        String type,
        String items,
        String system,
        String custom,
        List<JsonNode> allowedValues,
        boolean listed,
        List<String> operations,
        JsonNode defaultValue) {

    public CreateMetaField {
        allowedValues = List.copyOf(allowedValues);
        operations = List.copyOf(operations);
    }

    /** As much of it as decides what is sent. */
    public CreateMetaField(
            String fieldId,
            String name,
            boolean required,
            boolean hasDefault,
            String type,
            String items,
            String system,
            String custom,
            List<JsonNode> allowedValues) {
        this(
                fieldId,
                name,
                required,
                hasDefault,
                type,
                items,
                system,
                custom,
                allowedValues,
                !allowedValues.isEmpty(),
                List.of(),
                MissingNode.getInstance());
    }

    /** Jira refuses an issue without it. */
    public boolean mandatory() {
        return required && !hasDefault;
    }
}
