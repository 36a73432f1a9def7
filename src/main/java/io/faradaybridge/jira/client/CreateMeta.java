package io.faradaybridge.jira.client;

import io.faradaybridge.jira.answers.CreateMetaField;
import io.faradaybridge.jira.answers.IssueType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a project's create screen for an issue type.
 *
 * @param fields the fields of the screen; if Jira hides it, all fields of the site, none of them required
 * @param hidden Jira's answer instead of the screen; null if it is shown
 */
public record CreateMeta(
        IssueType issueType,
        List<CreateMetaField> fields,
        @Nullable String hidden) {

    public CreateMeta {
        fields = List.copyOf(fields);
    }

    /** A screen that Jira shows. */
    public CreateMeta(IssueType issueType, List<CreateMetaField> fields) {
        this(issueType, fields, null);
    }

    CreateMeta without(Set<String> fieldIds) {
        return new CreateMeta(
                issueType,
                fields.stream()
                        .filter(field -> !fieldIds.contains(field.fieldId()))
                        .toList(),
                hidden);
    }

    /** A field by its id, or by its name, ignoring case. */
    public Optional<CreateMetaField> field(String idOrName) {
        return fields.stream()
                .filter(field -> field.fieldId().equals(idOrName))
                .findFirst()
                .or(() -> fields.stream()
                        .filter(field -> field.name().equalsIgnoreCase(idOrName.strip()))
                        .findFirst());
    }
}
