package io.faradaybridge.jira.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;

/**
 * A field of a create screen.
 *
 * @param type the schema's type, such as {@code string}, {@code option}, {@code array}
 * @param items the type of an array's elements; empty for other types
 * @param system the name of a system field, such as {@code labels}; empty for others
 * @param custom the type key of a custom field; empty for others
 * @param allowedValues as Jira gives them: with {@code value}, {@code name} or {@code label}, ids as text or numbers
 * @param listed whether Jira lists the allowed values, even if the list is empty
 * @param operations such as {@code set}, {@code add}
 * @param defaultValue as Jira gives it; a MissingNode if it gives none
 * @param searched whether Jira finds values by a search ({@code autoCompleteUrl}), instead of listing them
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
        JsonNode defaultValue,
        boolean searched) {

    private static final String CUSTOM = "customfield_";

    public CreateMetaField {
        allowedValues = List.copyOf(allowedValues);
        operations = List.copyOf(operations);
    }

    /** A field with only the properties that decide what is sent. */
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
                MissingNode.getInstance(),
                false);
    }

    /** Whether Jira refuses an issue without it. */
    public boolean mandatory() {
        return required && !hasDefault;
    }

    /** The name that searches know a custom field by, whatever the language and even if two have the same name. */
    public String clause() {
        return fieldId.startsWith(CUSTOM) ? "cf[" + fieldId.substring(CUSTOM.length()) + "]" : fieldId;
    }
}
