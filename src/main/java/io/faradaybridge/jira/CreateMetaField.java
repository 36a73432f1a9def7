package io.faradaybridge.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A field of a create screen.
 *
 * @param type the schema's type, such as {@code string}, {@code option}, {@code array}
 * @param items type of an array's elements, else empty
 * @param system name of a system field, such as {@code labels}, else empty
 * @param custom type key of a custom field, else empty
 * @param allowedValues as Jira gives them: with {@code value}, {@code name} or {@code label}, ids as text or numbers
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
        List<JsonNode> allowedValues) {

    public CreateMetaField {
        allowedValues = List.copyOf(allowedValues);
    }

    /** Jira refuses an issue without it. */
    public boolean mandatory() {
        return required && !hasDefault;
    }
}
