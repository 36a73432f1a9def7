package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An issue as it was at one moment.
 *
 * @param project the project's key
 * @param type the issue type's name
 * @param fields what was set on the screens, by field id, in the shape Jira reports them
 * @param properties issue properties by key; Jira calls them entity properties
 * @param creator name of the account
 */
public record SandboxIssue(
        String id,
        String key,
        String project,
        String type,
        String statusId,
        String statusName,
        Map<String, JsonNode> fields,
        Map<String, JsonNode> properties,
        List<Change> changelog,
        String creator,
        Instant created,
        Instant updated) {

    /** One entry of the changelog. */
    public record Change(String id, String author, Instant at, List<Item> items) {}

    /** One field's change within an entry; ids where Jira has them, else empty. */
    public record Item(String field, String from, String fromName, String to, String toName) {}

    public SandboxIssue {
        fields = Map.copyOf(fields);
        properties = Map.copyOf(properties);
        changelog = List.copyOf(changelog);
    }

    public String summary() {
        return fields.containsKey("summary") ? fields.get("summary").asText() : "";
    }

    public List<String> labels() {
        List<String> labels = new ArrayList<>();
        if (fields.containsKey("labels")) {
            fields.get("labels").forEach(label -> labels.add(label.asText()));
        }
        return labels;
    }

    /** Oldest first, with all that Jira knows of them. */
    public List<JsonNode> comments() {
        List<JsonNode> comments = new ArrayList<>();
        if (fields.containsKey("comment")) {
            fields.get("comment").path("comments").forEach(comments::add);
        }
        return comments;
    }

    /** How often its status changed since it was created. */
    public int transitions() {
        return (int) changelog.stream().filter(SandboxIssue::changesStatus).count();
    }

    /** How often that account changed its status. */
    public int transitionsBy(String author) {
        return (int) changelog.stream()
                .filter(change -> change.author().equals(author) && changesStatus(change))
                .count();
    }

    private static boolean changesStatus(Change change) {
        return change.items().stream().anyMatch(item -> item.field().equals("status"));
    }

    SandboxIssue withStatus(Status status) {
        return new SandboxIssue(
                id,
                key,
                project,
                type,
                status.id(),
                status.name(),
                fields,
                properties,
                changelog,
                creator,
                created,
                updated);
    }

    /** A null value clears the field. */
    SandboxIssue withFields(Map<String, JsonNode> changed) {
        Map<String, JsonNode> all = new LinkedHashMap<>(fields);
        changed.forEach((field, value) -> {
            if (value.isNull()) {
                all.remove(field);
            } else {
                all.put(field, value);
            }
        });
        return new SandboxIssue(
                id, key, project, type, statusId, statusName, all, properties, changelog, creator, created, updated);
    }

    /** Comments are no part of the history. */
    SandboxIssue withComments(JsonNode comments, Instant at) {
        SandboxIssue all = withFields(Map.of("comment", comments));
        return new SandboxIssue(
                id,
                key,
                project,
                type,
                statusId,
                statusName,
                all.fields(),
                properties,
                changelog,
                creator,
                created,
                at);
    }

    SandboxIssue withProperty(String name, JsonNode value) {
        Map<String, JsonNode> all = new LinkedHashMap<>(properties);
        all.put(name, value);
        return new SandboxIssue(
                id, key, project, type, statusId, statusName, fields, all, changelog, creator, created, updated);
    }

    SandboxIssue in(String newProject, String newKey) {
        return new SandboxIssue(
                id,
                newKey,
                newProject,
                type,
                statusId,
                statusName,
                fields,
                properties,
                changelog,
                creator,
                created,
                updated);
    }

    SandboxIssue with(Change change) {
        List<Change> all = new ArrayList<>(changelog);
        all.add(change);
        return new SandboxIssue(
                id, key, project, type, statusId, statusName, fields, properties, all, creator, created, change.at());
    }
}
