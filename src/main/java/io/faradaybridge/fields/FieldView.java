package io.faradaybridge.fields;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.answers.CreateMetaField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of a create screen, with what is needed to configure it.
 *
 * @param required whether Jira creates no issue without it and has no default for it
 * @param items the type of a list's elements; empty for other fields
 * @param custom the type key of a custom field; empty for other fields
 * @param system the name of a system field; empty for other fields
 * @param defaultValue as Jira gives it; null if there is none
 * @param allowedValues the first of them, if Jira lists any
 * @param allowedCount how many there are; null if Jira lists none, for example users
 * @param template whether the value itself may be a Jinja2 template; any supported field may have one beside its value
 * @param unsupportedBecause why {@code supported} is false; otherwise empty
 */
public record FieldView(
        String id,
        String name,
        boolean required,
        String type,
        String items,
        String custom,
        String system,
        List<String> operations,
        boolean hasDefault,
        @JsonProperty("default") @Nullable JsonNode defaultValue,
        List<Choice> allowedValues,
        @Nullable Integer allowedCount,
        boolean template,
        boolean supported,
        String unsupportedBecause) {

    public static FieldView of(CreateMetaField field, int mostValues) {
        FieldSupport support = FieldSupport.of(field);
        return new FieldView(
                field.fieldId(),
                field.name(),
                field.mandatory(),
                field.type(),
                field.items(),
                field.custom(),
                field.system(),
                field.operations(),
                field.hasDefault(),
                field.defaultValue().isMissingNode() ? null : field.defaultValue(),
                Choice.of(field).stream().limit(mostValues).toList(),
                field.listed() ? field.allowedValues().size() : null,
                field.system().equals("summary") || field.system().equals("description"),
                support.level() == FieldSupport.Level.FULL,
                support.level() == FieldSupport.Level.FULL ? "" : support.reason());
    }
}
