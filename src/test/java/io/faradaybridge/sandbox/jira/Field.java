package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A field on a screen.
 *
 * @param type Jira's schema type, such as {@code option}
 * @param items schema type of the elements, for an array; else empty
 * @param kind {@code system}, or the key of the custom field's type
 */
record Field(
        String id,
        String name,
        String type,
        String items,
        String kind,
        boolean required,
        boolean hasDefault,
        List<JsonNode> allowedValues) {

    static Field system(String id, String name, String type, JsonNode... allowed) {
        return new Field(id, name, type, "", "system", false, false, List.of(allowed));
    }

    static Field systemList(String id, String name, String items, JsonNode... allowed) {
        return new Field(id, name, "array", items, "system", false, false, List.of(allowed));
    }

    static Field custom(int number, String name, String type, String kind, JsonNode... allowed) {
        return new Field("customfield_" + number, name, type, "", kind, false, false, List.of(allowed));
    }

    static Field customList(int number, String name, String items, String kind, JsonNode... allowed) {
        return new Field("customfield_" + number, name, "array", items, kind, false, false, List.of(allowed));
    }

    Field mandatory() {
        return new Field(id, name, type, items, kind, true, false, allowedValues);
    }

    Field withDefault() {
        return new Field(id, name, type, items, kind, required, true, allowedValues);
    }

    Field allowing(List<? extends JsonNode> values) {
        return new Field(id, name, type, items, kind, required, hasDefault, List.copyOf(values));
    }

    boolean isCustom() {
        return !kind.equals("system");
    }

    ObjectNode json(Site site) {
        ObjectNode schema = Json.object("type", type);
        if (!items.isEmpty()) {
            schema.put("items", items);
        }
        if (isCustom()) {
            schema.put(
                    "custom", kind.contains(":") ? kind : "com.atlassian.jira.plugin.system.customfieldtypes:" + kind);
            schema.put("customId", Long.parseLong(id.substring("customfield_".length())));
        } else {
            schema.put("system", id);
        }
        ObjectNode json = Json.object("required", required, "schema", schema, "name", name, "fieldId", id);
        if (site.isCloud()) {
            json.put("key", id);
        }
        json.put("hasDefaultValue", hasDefault);
        json.set("operations", Json.array(operations()));
        if (!allowedValues.isEmpty()) {
            json.set("allowedValues", Json.array(allowedValues));
        }
        if (type.equals("user") || items.equals("user")) {
            json.put(
                    "autoCompleteUrl",
                    site.baseUrl() + "/rest/api/2/user/search?" + (site.isCloud() ? "query" : "username") + "=");
        }
        ProductFields.autoCompleteUrl(site, this).ifPresent(url -> json.put("autoCompleteUrl", url));
        if (id.equals("labels")) {
            json.put("autoCompleteUrl", site.baseUrl() + "/rest/api/1.0/labels/suggest?query=");
        }
        return json;
    }

    /** Where fields stand in a map by their id, as in transitions, Cloud gives the key only. */
    ObjectNode jsonInMap(Site site) {
        ObjectNode json = json(site);
        if (site.isCloud()) {
            json.remove("fieldId");
        }
        return json;
    }

    private List<String> operations() {
        if (items.equals("attachment")) {
            return List.of("set", "copy");
        }
        return type.equals("array") ? List.of("add", "set", "remove") : List.of("set");
    }
}
