package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.faradaybridge.fields.Directory.Found;
import io.faradaybridge.fields.Directory.Question;
import io.faradaybridge.fields.FieldValue.NotAccepted;
import io.faradaybridge.jira.answers.CreateMetaField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The value that Faraday stores for a field, made of whatever a person or a program gave: Jira's own names and spelling,
 * plain values, {@code {"parent", "child"}}. What Jira does not list is looked up.
 */
final class PlainValue {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LONGEST_NAME = 255;
    private static final Pattern PROJECT = Pattern.compile("[A-Za-z][A-Za-z0-9_]*|\\d+");
    private static final Pattern ISSUE = Pattern.compile("[A-Za-z][A-Za-z0-9_]*-\\d+|\\d+");

    private final CreateMetaField field;
    private final Directory directory;
    private final List<String> remarks;

    private PlainValue(CreateMetaField field, Directory directory, List<String> remarks) {
        this.field = field;
        this.directory = directory;
        this.remarks = remarks;
    }

    /** @param remarks gets what could not be checked */
    static JsonNode of(CreateMetaField field, JsonNode given, Directory directory, List<String> remarks)
            throws NotAccepted {
        if (BareReference.is(field)) {
            return BareReference.of(field, given);
        }
        PlainValue value = new PlainValue(field, directory, remarks);
        return switch (field.type()) {
            case "array" -> value.list(given);
            case "option-with-child" -> value.cascade(given);
            default -> value.single(field.type(), given);
        };
    }

    private JsonNode list(JsonNode given) throws NotAccepted {
        if (FieldSupport.isAppsOwnArray(field)) {
            return given;
        }
        ArrayNode list = JSON.arrayNode();
        List<String> refused = new ArrayList<>();
        for (JsonNode element : given.isArray() ? given : JSON.arrayNode().add(given)) {
            try {
                list.add(single(field.items(), element));
            } catch (NotAccepted e) {
                refused.add(String.valueOf(e.getMessage()));
            }
        }
        if (!refused.isEmpty()) {
            throw new NotAccepted(String.join("; ", refused));
        }
        return list;
    }

    private JsonNode single(String type, JsonNode given) throws NotAccepted {
        return switch (type) {
            case "string" -> given.isTextual() ? given : TextNode.valueOf(FieldValue.text(given));
            case "number", "date", "datetime" -> given.isObject() ? TextNode.valueOf(FieldValue.text(given)) : given;
            case "option", "priority", "resolution", "securitylevel", "version", "component" ->
                listed(given, field.allowedValues());
            case "user" -> named(Directory.Kind.USER, given);
            case "group" -> named(Directory.Kind.GROUP, given);
            case "project" -> named(Directory.Kind.PROJECT, given);
            case "issuelink" -> named(Directory.Kind.ISSUE, given);
            default -> given;
        };
    }

    /** By its name in Jira's spelling; by its id only where two have one name. */
    private JsonNode listed(JsonNode given, List<JsonNode> allowed) throws NotAccepted {
        String text = FieldValue.text(given);
        AllowedValues values = new AllowedValues(allowed);
        return values.find(text)
                .<JsonNode>map(found -> {
                    String name = AllowedValues.stored(found, IssueFields.namedByKey(field));
                    return TextNode.valueOf(
                            values.named(name) == 1 ? name : found.path("id").asText(name));
                })
                .orElseGet(() -> TextNode.valueOf(text));
    }

    private JsonNode named(Directory.Kind kind, JsonNode given) throws NotAccepted {
        if (field.listed() && !field.allowedValues().isEmpty()) {
            return listed(given, field.allowedValues());
        }
        String text = FieldValue.text(given);
        if (text.isEmpty() || text.length() > LONGEST_NAME) {
            throw new NotAccepted("an empty name, or one of more than " + LONGEST_NAME + " characters, names nothing");
        }
        if (kind == Directory.Kind.PROJECT && !PROJECT.matcher(text).matches()) {
            throw new NotAccepted("'" + text + "' is not a project's key");
        }
        if (kind == Directory.Kind.ISSUE && !ISSUE.matcher(text).matches()) {
            throw new NotAccepted("'" + text + "' is not an issue's key; write it as OPS-7");
        }
        boolean key = kind == Directory.Kind.PROJECT || kind == Directory.Kind.ISSUE;
        Found found = directory.find(new Question(kind, key ? text.toUpperCase(Locale.ROOT) : text));
        if (found.stored() == null) {
            throw new NotAccepted(found.remark());
        }
        if (!found.remark().isEmpty()) {
            remarks.add(found.remark());
        }
        return TextNode.valueOf(found.stored());
    }

    private JsonNode cascade(JsonNode given) throws NotAccepted {
        FieldValue.Cascade cascade = FieldValue.Cascade.of(given);
        JsonNode parent = listed(cascade.parent(), field.allowedValues());
        String child = "";
        if (cascade.hasChild()) {
            List<JsonNode> children = new AllowedValues(field.allowedValues())
                    .find(FieldValue.text(cascade.parent()))
                    .map(AllowedValues::children)
                    .orElse(List.of());
            child = listed(cascade.child(), children).asText();
        }
        ObjectNode stored = JSON.objectNode();
        stored.set("parent", parent);
        return stored.put("child", child);
    }
}
