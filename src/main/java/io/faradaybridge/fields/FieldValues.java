package io.faradaybridge.fields;

import io.faradaybridge.jira.answers.CreateMetaField;
import io.faradaybridge.jira.answers.NamedValue;
import java.util.List;
import java.util.Locale;

/**
 * The values of a field that a user may choose from.
 *
 * @param field the id of the field
 * @param values the first {@link #MOST} of those that match
 * @param more whether there are others
 * @param message why there are none, or what to do to get some; otherwise empty
 */
public record FieldValues(String field, String name, List<Choice> values, boolean more, String message) {

    static final int MOST = 50;

    private static FieldValues of(CreateMetaField field, List<Choice> values, String message) {
        return new FieldValues(
                field.fieldId(), field.name(), values.stream().limit(MOST).toList(), values.size() > MOST, message);
    }

    static FieldValues none(CreateMetaField field, String message) {
        return of(field, List.of(), message);
    }

    /** Of the values that Jira lists. */
    static FieldValues listed(CreateMetaField field, String query) {
        return of(
                field,
                Choice.of(field).stream()
                        .filter(choice -> matches(choice, query))
                        .toList(),
                "");
    }

    static FieldValues found(CreateMetaField field, List<NamedValue> found) {
        return of(
                field,
                found.stream()
                        .map(value -> new Choice(value.id(), value.name(), List.of()))
                        .toList(),
                "");
    }

    private static boolean matches(Choice choice, String query) {
        return choice.name().toLowerCase(Locale.ROOT).contains(query.toLowerCase(Locale.ROOT))
                || choice.id().equals(query)
                || choice.children().stream().anyMatch(child -> matches(child, query));
    }
}
