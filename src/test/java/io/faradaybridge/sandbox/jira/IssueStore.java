package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.jira.Project.IssueType;
import io.faradaybridge.sandbox.jira.SandboxIssue.Change;
import io.faradaybridge.sandbox.jira.SandboxIssue.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The issues. Ids stay, keys change when an issue moves, and an old key still leads to its issue. */
final class IssueStore {

    /** Learns of every change, in order, while the store is locked: it must be quick. */
    interface Listener {
        default void changed(SandboxIssue before, SandboxIssue after) {}

        default void created(SandboxIssue issue) {}

        default void renamed(SandboxIssue after) {}

        default void deleted(SandboxIssue issue) {}
    }

    private final JiraClock clock;
    private final List<Listener> listeners;
    private final Map<String, SandboxIssue> byId = new HashMap<>();
    private final Map<String, String> idByKey = new HashMap<>();
    private final Map<String, Integer> lastNumber = new HashMap<>();
    private long lastId = 10_000;
    private long lastChange = 20_000;
    private long lastComment = 30_000;

    IssueStore(JiraClock clock, List<Listener> listeners) {
        this.clock = clock;
        this.listeners = List.copyOf(listeners);
    }

    synchronized SandboxIssue create(
            Project project,
            IssueType type,
            Map<String, JsonNode> fields,
            Map<String, JsonNode> properties,
            String creator) {
        Instant now = clock.instant();
        Status status = project.workflow().initial();
        SandboxIssue issue = new SandboxIssue(
                String.valueOf(++lastId),
                nextKey(project.key()),
                project.key(),
                type.name(),
                status.id(),
                status.name(),
                fields,
                properties,
                List.of(),
                creator,
                now,
                now);
        byId.put(issue.id(), issue);
        idByKey.put(issue.key(), issue.id());
        listeners.forEach(listener -> listener.created(issue));
        return issue;
    }

    synchronized Optional<SandboxIssue> find(String idOrKey) {
        return Optional.ofNullable(byId.get(idByKey.getOrDefault(idOrKey, idOrKey)));
    }

    synchronized List<SandboxIssue> all() {
        List<SandboxIssue> all = new ArrayList<>(byId.values());
        all.sort(Comparator.comparingLong(issue -> Long.parseLong(issue.id())));
        return all;
    }

    /**
     * Sets the status, provided that the issue is still where the caller saw it.
     *
     * @return empty when somebody else was quicker
     */
    synchronized Optional<SandboxIssue> setStatus(
            SandboxIssue seen, Status status, Map<String, JsonNode> fields, String author) {
        SandboxIssue before = byId.get(seen.id());
        if (before == null || !before.statusId().equals(seen.statusId())) {
            return Optional.empty();
        }
        List<Item> items = new ArrayList<>();
        items.add(new Item("status", before.statusId(), before.statusName(), status.id(), status.name()));
        if (fields.containsKey("resolution")) {
            items.add(resolutionChange(before.fields().get("resolution"), fields.get("resolution")));
        }
        return Optional.of(
                replace(before, before.withStatus(status).withFields(fields).with(change(author, items))));
    }

    private static Item resolutionChange(JsonNode from, JsonNode to) {
        return new Item(
                "resolution",
                from == null ? "" : from.path("id").asText(),
                from == null ? "" : from.path("name").asText(),
                to.path("id").asText(),
                to.path("name").asText());
    }

    /** Only what really changes is a change, and in the history. */
    synchronized void setFields(SandboxIssue seen, Map<String, JsonNode> fields, String author) {
        SandboxIssue before = byId.get(seen.id());
        if (before == null) {
            return;
        }
        List<Item> items = new ArrayList<>();
        fields.forEach((field, to) -> {
            JsonNode from = before.fields().get(field);
            if (!to.equals(from == null ? Json.MAPPER.nullNode() : from)) {
                items.add(new Item(field, "", shown(from), "", shown(to)));
            }
        });
        if (!items.isEmpty()) {
            replace(before, before.withFields(fields).with(change(author, items)));
        }
    }

    private static String shown(JsonNode value) {
        return value == null || value.isNull()
                ? ""
                : value.isTextual() ? value.asText() : value.path("name").asText();
    }

    synchronized void setProperty(SandboxIssue issue, String name, JsonNode value) {
        SandboxIssue before = byId.get(issue.id());
        if (before != null) {
            replace(before, before.withProperty(name, value));
        }
    }

    /** @param more its visibility and properties, if any */
    synchronized ObjectNode comment(SandboxIssue seen, JsonNode author, String text, ObjectNode more) {
        SandboxIssue before = byId.get(seen.id());
        ObjectNode comment = newComment(author, text).setAll(more);
        List<JsonNode> all = new ArrayList<>(before.comments());
        all.add(comment);
        replace(before, before.withComments(Json.object("comments", all, "total", all.size()), clock.instant()));
        return comment;
    }

    /** One that is not part of an issue yet. */
    synchronized ObjectNode newComment(JsonNode author, String text) {
        String now = Site.timestamp(clock.instant());
        return Json.object(
                "id",
                String.valueOf(++lastComment),
                "author",
                author,
                "body",
                text,
                "updateAuthor",
                author,
                "created",
                now,
                "updated",
                now);
    }

    /** Nothing happens if they are linked already. */
    synchronized void link(SandboxIssue inward, SandboxIssue outward) {
        add(inward, "outwardIssue", outward);
        add(outward, "inwardIssue", inward);
    }

    private void add(SandboxIssue issue, String end, SandboxIssue other) {
        ArrayNode links = Json.MAPPER.createArrayNode();
        SandboxIssue before = byId.get(issue.id());
        if (before.fields().get("issuelinks") instanceof ArrayNode there) {
            links.addAll(there);
        }
        for (JsonNode link : links) {
            if (link.at("/" + end + "/id").asText().equals(other.id())) {
                return;
            }
        }
        links.add(Json.object(
                "type",
                Json.object("name", "Relates", "inward", "relates to", "outward", "relates to"),
                end,
                Json.object("id", other.id(), "key", other.key())));
        byId.put(before.id(), before.withFields(Map.of("issuelinks", links)));
    }

    /** An attachment stands in the history, and the issue counts as updated. */
    synchronized void attach(SandboxIssue issue, JsonNode attachment, String author) {
        SandboxIssue before = byId.get(issue.id());
        if (before == null) {
            return;
        }
        ArrayNode all = Json.MAPPER.createArrayNode();
        if (before.fields().get("attachment") instanceof ArrayNode there) {
            all.addAll(there);
        }
        all.add(attachment);
        Item added = new Item(
                "Attachment",
                "",
                "",
                attachment.path("id").asText(),
                attachment.path("filename").asText());
        replace(before, before.withFields(Map.of("attachment", all)).with(change(author, List.of(added))));
    }

    /** Moves the issue into another project: a new key, the same id, the first status where the old one does not exist. */
    synchronized SandboxIssue moveTo(Project target, SandboxIssue seen, String author) {
        SandboxIssue before = byId.get(seen.id());
        String key = nextKey(target.key());
        Status status = target.workflow().statuses().stream()
                .filter(candidate -> candidate.id().equals(before.statusId()))
                .findFirst()
                .orElse(target.workflow().initial());
        List<Item> items = new ArrayList<>();
        items.add(new Item("project", "", before.project(), "", target.key()));
        items.add(new Item("Key", "", before.key(), "", key));
        if (!status.id().equals(before.statusId())) {
            items.add(new Item("status", before.statusId(), before.statusName(), status.id(), status.name()));
        }
        idByKey.put(key, before.id());
        return replace(before, before.in(target.key(), key).withStatus(status).with(change(author, items)));
    }

    /** The project's key changes, and with it those of its issues; nothing of it is in their history, nor counts as an update. */
    synchronized void rename(String key, String newKey, Runnable together) {
        List<SandboxIssue> before =
                all().stream().filter(issue -> issue.project().equals(key)).toList();
        together.run();
        lastNumber.put(newKey, lastNumber.getOrDefault(key, 0));
        for (SandboxIssue issue : before) {
            SandboxIssue after =
                    issue.in(newKey, newKey + issue.key().substring(issue.key().lastIndexOf('-')));
            idByKey.put(after.key(), after.id());
            byId.put(after.id(), after);
            listeners.forEach(listener -> listener.renamed(after));
        }
    }

    synchronized void delete(SandboxIssue issue) {
        SandboxIssue removed = byId.remove(issue.id());
        if (removed != null) {
            listeners.forEach(listener -> listener.deleted(removed));
        }
    }

    private SandboxIssue replace(SandboxIssue before, SandboxIssue after) {
        byId.put(after.id(), after);
        listeners.forEach(listener -> listener.changed(before, after));
        return after;
    }

    private Change change(String author, List<Item> items) {
        return new Change(String.valueOf(++lastChange), author, clock.instant(), List.copyOf(items));
    }

    private String nextKey(String project) {
        return project + "-" + lastNumber.merge(project, 1, Integer::sum);
    }

    /** What a transition into, or out of, a final status does to the resolution by itself. */
    static Map<String, JsonNode> withResolution(Status to, Map<String, JsonNode> sent, JsonNode whenDone) {
        Map<String, JsonNode> fields = new LinkedHashMap<>(sent);
        if (to.isDone()) {
            fields.putIfAbsent("resolution", whenDone);
        } else {
            fields.put("resolution", Json.MAPPER.nullNode());
        }
        return fields;
    }
}
