package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import io.faradaybridge.sandbox.jira.Project.IssueType;
import io.faradaybridge.sandbox.jira.Routes.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code POST /issue} and {@code POST /issue/bulk}. */
final class IssueCreation {

    private static final int MOST_IN_BULK = 50;

    private final Site site;
    private final Catalogue catalogue;
    private final FieldValues values;
    private final IssueStore store;
    private final Permissions permissions;

    IssueCreation(Site site, Catalogue catalogue, FieldValues values, IssueStore store, Permissions permissions) {
        this.site = site;
        this.catalogue = catalogue;
        this.values = values;
        this.store = store;
        this.permissions = permissions;
    }

    /** The draft cannot become an issue. */
    private static final class Rejected extends Exception {
        private final transient ObjectNode errors;

        Rejected(ObjectNode errors) {
            super("rejected", null, false, false);
            this.errors = errors;
        }

        Rejected(String field, String message) {
            this(Refusal.errors(List.of(), Map.of(field, message)));
        }
    }

    Answer one(Call call) {
        try {
            return Answer.json(201, created(create(call.caller(), call.request().json())));
        } catch (Rejected rejected) {
            return Answer.json(400, rejected.errors);
        }
    }

    Answer bulk(Call call) {
        JsonNode updates = call.request().json().path("issueUpdates");
        if (!updates.isArray() || updates.isEmpty()) {
            throw Refusal.of(400, "No issues were given to create.");
        }
        if (updates.size() > MOST_IN_BULK) {
            throw Refusal.of(400, "The number of issues to create is limited to " + MOST_IN_BULK + ".");
        }
        List<ObjectNode> issues = new ArrayList<>();
        List<ObjectNode> errors = new ArrayList<>();
        for (int i = 0; i < updates.size(); i++) {
            try {
                issues.add(created(create(call.caller(), updates.get(i))));
                call.request().pause();
            } catch (Rejected rejected) {
                errors.add(Json.object("status", 400, "elementErrors", rejected.errors, "failedElementNumber", i));
            }
        }
        return Answer.json(issues.isEmpty() ? 400 : 201, Json.object("issues", issues, "errors", errors));
    }

    private ObjectNode created(SandboxIssue issue) {
        return Json.object("id", issue.id(), "key", issue.key(), "self", site.self("issue/" + issue.id()));
    }

    private SandboxIssue create(Caller caller, JsonNode draft) throws Rejected {
        JsonNode sent = draft.path("fields");
        if (!sent.isObject()) {
            throw new Rejected(Refusal.errors(List.of("No fields were given for the new issue."), Map.of()));
        }
        Project project = projectOf(sent);
        Optional<IssueType> type = typeOf(project, sent);
        if (!permissions.has(caller, Permission.CREATE, project)) {
            throw noField(sent);
        }
        if (type.isEmpty()) {
            throw new Rejected(
                    "issuetype",
                    sent.has("issuetype") ? "The issue type selected is invalid." : "valid issue type is required");
        }
        Person person = caller.required();
        Map<String, JsonNode> fields = accepted(project.createScreen(type.get()), withUpdates(draft, sent));
        if (project.createScreen(type.get()).containsKey("priority")) {
            fields.putIfAbsent("priority", catalogue.defaultPriority());
        }
        fields.putIfAbsent("reporter", person.json(site));
        fields.values().removeIf(JsonNode::isNull);
        return store.create(project, type.get(), fields, properties(draft), person.name());
    }

    private Project projectOf(JsonNode sent) throws Rejected {
        JsonNode reference = sent.path("project");
        return catalogue
                .project(reference.path("id").asText(reference.path("key").asText()))
                .orElseThrow(() -> new Rejected(
                        "project", sent.has("project") ? "valid project is required" : "project is required"));
    }

    private static Optional<IssueType> typeOf(Project project, JsonNode sent) {
        JsonNode reference = sent.path("issuetype");
        return project.type(reference.path("id").asText(reference.path("name").asText()));
    }

    /** What Jira says to callers who may not create: as if none of the fields existed. */
    private static Rejected noField(JsonNode sent) {
        Map<String, String> errors = new LinkedHashMap<>();
        sent.fieldNames().forEachRemaining(field -> {
            if (!field.equals("project") && !field.equals("issuetype")) {
                errors.put(field, notOnScreen(field));
            }
        });
        return new Rejected(Refusal.errors(List.of(), errors));
    }

    static String notOnScreen(String field) {
        return "Field '" + field + "' cannot be set. It is not on the appropriate screen, or unknown.";
    }

    /** The other way to give a field: {@code "update": {"labels": [{"add": "x"}]}}. */
    private static ObjectNode withUpdates(JsonNode draft, JsonNode sent) {
        ObjectNode all = sent.deepCopy();
        draft.path("update").properties().forEach(update -> {
            for (JsonNode operation : update.getValue()) {
                if (operation.has("set")) {
                    all.set(update.getKey(), operation.get("set"));
                } else if (operation.has("add")) {
                    ArrayNode list = all.withArray(update.getKey());
                    list.add(operation.get("add"));
                }
            }
        });
        return all;
    }

    private Map<String, JsonNode> accepted(Map<String, Field> screen, ObjectNode sent) throws Rejected {
        Map<String, JsonNode> accepted = new LinkedHashMap<>();
        Map<String, String> errors = new LinkedHashMap<>();
        sent.properties().forEach(entry -> {
            Field field = screen.get(entry.getKey());
            if (field == null) {
                errors.put(entry.getKey(), notOnScreen(entry.getKey()));
            } else if (!field.type().equals("issuetype") && !field.id().equals("project")) {
                try {
                    accepted.put(field.id(), values.accept(field, entry.getValue()));
                } catch (FieldValues.Refused refused) {
                    errors.put(field.id(), refused.getMessage());
                }
            }
        });
        screen.values().stream()
                .filter(field -> field.required() && !field.hasDefault() && !sent.has(field.id()))
                .forEach(field -> errors.put(field.id(), values.required(field)));
        if (!errors.isEmpty()) {
            throw new Rejected(Refusal.errors(List.of(), errors));
        }
        return accepted;
    }

    private static Map<String, JsonNode> properties(JsonNode draft) throws Rejected {
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        for (JsonNode property : draft.path("properties")) {
            String name = property.path("key").asText();
            if (name.isEmpty() || name.length() > 255 || property.path("value").isMissingNode()) {
                throw new Rejected(Refusal.errors(
                        List.of("A property needs a key of at most 255 characters, and a value."), Map.of()));
            }
            properties.put(name, property.get("value"));
        }
        return properties;
    }
}
