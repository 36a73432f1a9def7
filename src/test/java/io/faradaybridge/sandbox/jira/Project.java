package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A project.
 *
 * @param screens the create screen of each issue type: fields in order
 */
record Project(String id, String key, String name, Workflow workflow, Map<IssueType, List<Field>> screens) {

    record IssueType(String id, String name) {

        ObjectNode json(Site site) {
            return Json.object(
                    "self",
                    site.self("issuetype/" + id),
                    "id",
                    id,
                    "description",
                    "",
                    "iconUrl",
                    site.baseUrl() + "/images/icons/issuetypes/" + id + ".png",
                    "name",
                    name,
                    "subtask",
                    false);
        }
    }

    Optional<IssueType> type(String idOrName) {
        return screens.keySet().stream()
                .filter(type -> type.id().equals(idOrName) || type.name().equals(idOrName))
                .findFirst();
    }

    /** Fields that may be sent when an issue is created, by id. */
    Map<String, Field> createScreen(IssueType type) {
        Map<String, Field> fields = new LinkedHashMap<>();
        screens.get(type).forEach(field -> fields.put(field.id(), field));
        return fields;
    }

    boolean isNamed(String idOrKey) {
        return id.equals(idOrKey) || key.equalsIgnoreCase(idOrKey);
    }

    ObjectNode json(Site site) {
        return Json.object(
                "self", site.self("project/" + id),
                "id", id,
                "key", key,
                "name", name,
                "projectTypeKey", "software");
    }
}
