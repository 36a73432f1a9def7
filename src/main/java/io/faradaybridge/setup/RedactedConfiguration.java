package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.secrets.SecretNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Faraday's row without secrets: the values of keys that {@link SecretNames} counts as secret are masked, at any place.
 * Names of Jira's projects, fields and statuses are not checked, since they may contain such words.
 */
final class RedactedConfiguration {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern KEY_MATERIAL = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----");
    private static final Pattern USER_INFO = Pattern.compile("^(\\s*[A-Za-z][A-Za-z0-9+.-]*://)[^/?#]*@");
    private static final Set<String> STATUS_MAPS = Set.of("incoming", "outgoing", "status_ids", "via");

    private RedactedConfiguration() {}

    static ObjectNode of(ObjectNode row) {
        return shown(row, List.of());
    }

    private static JsonNode shown(JsonNode value, List<String> path) {
        if (value instanceof ObjectNode object) {
            return shown(object, path);
        }
        if (value instanceof ArrayNode array) {
            ArrayNode shown = JSON.arrayNode();
            array.forEach(element -> shown.add(shown(element, path)));
            return shown;
        }
        return value.isTextual()
                ? JSON.textNode(USER_INFO.matcher(value.asText()).replaceFirst("$1"))
                : value;
    }

    private static ObjectNode shown(ObjectNode object, List<String> path) {
        ObjectNode shown = JSON.objectNode();
        object.properties().forEach(entry -> {
            List<String> here = new ArrayList<>(path);
            here.add(entry.getKey());
            boolean soundsSecret = !namedByJira(here) && SecretNames.has(entry.getKey());
            boolean isKey = entry.getValue().isTextual()
                    && KEY_MATERIAL.matcher(entry.getValue().asText()).find();
            if (!soundsSecret && !isKey) {
                shown.set(entry.getKey(), shown(entry.getValue(), here));
            }
        });
        return shown;
    }

    /** projects.KEY, …ticket_config.issue_types.NAME, ….fields.NAME, …attribute_mapping.incoming.NAME */
    private static boolean namedByJira(List<String> path) {
        if (!path.get(0).equals("projects")) {
            return false;
        }
        return switch (path.size()) {
            case 2 -> true;
            case 5 ->
                (path.get(2).equals("ticket_config") && path.get(3).equals("issue_types"))
                        || (path.get(2).equals("attribute_mapping") && STATUS_MAPS.contains(path.get(3)));
            case 7 ->
                path.get(2).equals("ticket_config")
                        && path.get(3).equals("issue_types")
                        && path.get(5).equals("fields");
            default -> false;
        };
    }
}
