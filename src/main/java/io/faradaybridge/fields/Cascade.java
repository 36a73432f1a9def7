package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.jira.answers.CreateMetaField;
import java.util.List;

/** Two levels, stored as {@code {"parent", "child"}}. */
record Cascade() implements FieldForm {

    private static final String BETWEEN = "\\s*>\\s*";

    /** {@code Parent > Child}. */
    @Override
    public JsonNode read(String text) {
        ArrayNode levels = JsonNodeFactory.instance.arrayNode();
        for (String level : text.strip().split(BETWEEN, 2)) {
            levels.add(level);
        }
        return levels;
    }

    @Override
    public JsonNode toStored(JsonNode given, CreateMetaField field, Directory directory) throws NotAccepted {
        Levels levels = Levels.of(given);
        ObjectNode stored = JsonNodeFactory.instance.objectNode();
        stored.set("parent", Reference.OPTION.stored(levels.parent(), field.allowedValues()));
        return stored.set(
                "child",
                levels.hasChild()
                        ? Reference.OPTION.stored(levels.child(), levels.children(field))
                        : JsonNodeFactory.instance.textNode(""));
    }

    @Override
    public JsonNode toJira(JsonNode stored, CreateMetaField field, boolean cloud) throws NotAccepted {
        Levels levels = Levels.of(stored);
        ObjectNode chosen = (ObjectNode) Reference.OPTION.toJira(levels.parent(), field, cloud);
        if (!levels.hasChild()) {
            return chosen;
        }
        List<JsonNode> children = levels.children(field);
        if (children.isEmpty() && !field.allowedValues().isEmpty()) {
            throw new NotAccepted("'" + FieldText.of(levels.parent()) + "' has no second level, so not '"
                    + FieldText.of(levels.child()) + "' either");
        }
        return chosen.set("child", Reference.OPTION.sent(levels.child(), children, cloud));
    }

    /** Read from all forms in which they were ever stored. */
    private record Levels(JsonNode parent, JsonNode child) {

        static Levels of(JsonNode stored) {
            if (stored.isObject()) {
                return new Levels(
                        stored.has("parent")
                                ? stored.path("parent")
                                : ((ObjectNode) stored.deepCopy()).without("child"),
                        stored.path("child"));
            }
            return stored.isArray()
                    ? new Levels(stored.path(0), stored.path(1))
                    : new Levels(stored, MissingNode.getInstance());
        }

        boolean hasChild() {
            return !child.isMissingNode()
                    && !child.isNull()
                    && !(child.isTextual() && child.asText().isBlank());
        }

        /** What may be chosen below the parent. */
        List<JsonNode> children(CreateMetaField field) throws NotAccepted {
            return new AllowedValues(field.allowedValues())
                    .find(FieldText.of(parent))
                    .map(AllowedValues::children)
                    .orElse(List.of());
        }
    }
}
