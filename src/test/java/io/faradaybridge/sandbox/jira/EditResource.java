package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import io.faradaybridge.sandbox.jira.Project.IssueType;
import io.faradaybridge.sandbox.jira.Routes.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code PUT /issue/{issue}}: all fields are changed, or none. The edit screen has the fields of the create screen. */
final class EditResource {

    private final Catalogue catalogue;
    private final FieldValues values;
    private final IssueStore store;
    private final IssueResource issues;
    private final Permissions permissions;

    EditResource(
            Catalogue catalogue, FieldValues values, IssueStore store, IssueResource issues, Permissions permissions) {
        this.catalogue = catalogue;
        this.values = values;
        this.store = store;
        this.issues = issues;
        this.permissions = permissions;
    }

    void addTo(Routes routes) {
        routes.on("PUT", "/issue/{issue}", this::edit);
    }

    private Answer edit(Call call) {
        SandboxIssue issue = issues.visible(call);
        Person person = call.caller().required();
        JsonNode sent = call.request().json().path("fields");
        if (!sent.isObject() || sent.isEmpty()) {
            throw Refusal.of(400, "one of 'fields' or 'update' required");
        }
        Project project = catalogue.project(issue.project()).orElseThrow();
        IssueType type = project.type(issue.type()).orElseThrow();
        boolean mayEdit = permissions.has(call.caller(), Permission.EDIT, project);
        Map<String, Field> screen = mayEdit ? project.createScreen(type) : Map.of();
        Map<String, JsonNode> accepted = new LinkedHashMap<>();
        Map<String, String> errors = new LinkedHashMap<>();
        sent.properties().forEach(entry -> {
            Field field = screen.get(entry.getKey());
            if (field == null || List.of("project", "issuetype").contains(field.id())) {
                errors.put(entry.getKey(), IssueCreation.notOnScreen(entry.getKey()));
                return;
            }
            try {
                accepted.put(field.id(), values.accept(field, entry.getValue()));
            } catch (FieldValues.Refused refused) {
                errors.put(field.id(), refused.getMessage());
            }
        });
        if (!errors.isEmpty()) {
            throw Refusal.ofFields(errors);
        }
        store.setFields(issue, accepted, person.name());
        return Answer.empty(204);
    }
}
