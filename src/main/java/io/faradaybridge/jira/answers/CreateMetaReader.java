package io.faradaybridge.jira.answers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads Jira's create metadata: the issue types of a project and the fields of a create screen, page by page. */
public final class CreateMetaReader {

    private CreateMetaReader() {}

    public static List<IssueType> issueTypes(JsonNode page) {
        List<IssueType> types = new ArrayList<>();
        for (JsonNode type : elements(page)) {
            types.add(issueType(type));
        }
        return types;
    }

    static IssueType issueType(JsonNode type) {
        return new IssueType(
                type.path("id").asText(),
                type.path("name").asText(),
                type.path("subtask").asBoolean());
    }

    public static List<CreateMetaField> fields(JsonNode page) {
        List<CreateMetaField> fields = new ArrayList<>();
        JsonNode map = page.path("fields");
        if (map.isObject()) {
            map.properties().forEach(field -> fields.add(field(field.getKey(), field.getValue())));
        } else {
            elements(page).forEach(field -> fields.add(field("", field)));
        }
        return fields;
    }

    /**
     * All fields of the site that may be on a screen, without the properties that only a screen has, such as
     * "required".
     */
    public static List<CreateMetaField> siteFields(JsonNode list) {
        List<CreateMetaField> fields = new ArrayList<>();
        for (JsonNode field : list) {
            if (field.path("schema").isObject()) {
                fields.add(field(field.path("id").asText(), field));
            }
        }
        return fields;
    }

    /** The start of the next page; -1 after the last. Cloud has no {@code isLast} here. */
    static int nextStart(JsonNode page) {
        int size = elements(page).size();
        int next = page.path("startAt").asInt() + size;
        boolean last = page.path("isLast").asBoolean(false)
                || size == 0
                || !page.has("total")
                || next >= page.path("total").asInt();
        return last ? -1 : next;
    }

    /**
     * The starts of all further pages, with the length of the first one, because Jira may return shorter pages than
     * requested.
     */
    public static List<Integer> startsAfter(JsonNode first) {
        List<Integer> starts = new ArrayList<>();
        int step = elements(first).size();
        for (int start = nextStart(first);
                start > 0 && start < first.path("total").asInt();
                start += step) {
            starts.add(start);
        }
        return starts;
    }

    /** The list of a create metadata page: {@code values} (Data Center), {@code issueTypes} or {@code fields} (Cloud), or before Jira 8.4. */
    private static JsonNode elements(JsonNode page) {
        for (String name : List.of("values", "issueTypes", "fields")) {
            if (page.path(name).isArray()) {
                return page.path(name);
            }
        }
        return page.path("projects").path(0).path("issuetypes");
    }

    static CreateMetaField field(String key, JsonNode field) {
        JsonNode schema = field.path("schema");
        List<JsonNode> allowed = new ArrayList<>();
        field.path("allowedValues").forEach(allowed::add);
        String id = field.path("fieldId").asText(field.path("key").asText(key));
        return new CreateMetaField(
                id,
                field.path("name").asText(id),
                field.path("required").asBoolean(),
                hasDefault(field),
                schema.path("type").asText(),
                schema.path("items").asText(),
                schema.path("system").asText(),
                schema.path("custom").asText(),
                allowed,
                field.path("allowedValues").isArray(),
                texts(field.path("operations")),
                field.path("defaultValue"),
                field.hasNonNull("autoCompleteUrl"));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private static boolean hasDefault(JsonNode field) {
        return field.path("hasDefaultValue").asBoolean() || field.hasNonNull("defaultValue");
    }
}
