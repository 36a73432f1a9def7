package io.faradaybridge.jira;

import java.util.List;
import java.util.Optional;

/** What a project's create screen for an issue type asks for. */
public record CreateMeta(IssueType issueType, List<CreateMetaField> fields) {

    public CreateMeta {
        fields = List.copyOf(fields);
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
