package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A project.
 *
 * @param formerKeys that still lead there
 * @param teamManaged whether its types, fields and statuses are its own
 * @param screens the create screen of each issue type: fields in order
 */
record Project(
        String id,
        String key,
        String name,
        Workflow workflow,
        Map<IssueType, List<Field>> screens,
        Set<String> formerKeys,
        boolean teamManaged) {

    Project(String id, String key, String name, Workflow workflow, Map<IssueType, List<Field>> screens) {
        this(id, key, name, workflow, screens, Set.of(), false);
    }

    /** @param known whether the keys until now still lead there */
    Project renamed(String newKey, boolean known) {
        Set<String> former = new HashSet<>(formerKeys);
        former.add(key);
        former.remove(newKey);
        return new Project(id, newKey, name, workflow, screens, known ? Set.copyOf(former) : Set.of(), teamManaged);
    }

    /** Its create screens without the field. */
    Project without(String fieldName) {
        Map<IssueType, List<Field>> fewer = new LinkedHashMap<>();
        screens.forEach((type, fields) -> fewer.put(
                type,
                fields.stream().filter(field -> !field.name().equals(fieldName)).toList()));
        return new Project(id, key, name, workflow, fewer, formerKeys, teamManaged);
    }

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
        return id.equals(idOrKey) || key.equalsIgnoreCase(idOrKey) || formerKeys.contains(idOrKey);
    }

    ObjectNode json(Site site) {
        ObjectNode json = Json.object(
                "self", site.self("project/" + id),
                "id", id,
                "key", key,
                "name", name,
                "projectTypeKey", "software");
        return site.isCloud()
                ? json.put("simplified", teamManaged).put("style", teamManaged ? "next-gen" : "classic")
                : json;
    }
}
