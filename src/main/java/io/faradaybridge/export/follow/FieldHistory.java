package io.faradaybridge.export.follow;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.answers.CreateMetaField;
import io.faradaybridge.jira.answers.JiraReader;
import java.util.Optional;

/** The history of an issue, read with its fields. Jira may have left its oldest part out. */
record FieldHistory(JsonNode changelog) {

    static FieldHistory of(JsonNode issue) {
        return new FieldHistory(issue.path("changelog"));
    }

    /** Whether the field has the value that the issue was created with. */
    boolean isAsCreated(CreateMetaField field) {
        JsonNode histories = changelog.path("histories");
        return histories.isArray()
                && changelog.path("total").asInt(histories.size()) <= histories.size()
                && newest(field).isEmpty();
    }

    /** Who changed the field last, as {@link JiraReader#accountId} names users. */
    Optional<String> lastAuthor(CreateMetaField field) {
        return newest(field).map(history -> JiraReader.accountId(history.path("author")));
    }

    private Optional<JsonNode> newest(CreateMetaField field) {
        JsonNode newest = null;
        for (JsonNode history : changelog.path("histories")) {
            boolean changes = false;
            for (JsonNode item : history.path("items")) {
                String name = item.path("field").asText();
                changes |= item.path("fieldId").asText().equals(field.fieldId())
                        || name.equalsIgnoreCase(field.fieldId())
                        || name.equalsIgnoreCase(field.name());
            }
            if (changes
                    && (newest == null
                            || history.path("id").asLong() > newest.path("id").asLong())) {
                newest = history;
            }
        }
        return Optional.ofNullable(newest);
    }
}
