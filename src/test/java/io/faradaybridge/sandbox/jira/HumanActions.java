package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** What people do in Jira's pages; nothing here is signed, and only a workflow may stand in the way. */
final class HumanActions {

    private static final String JANE = "jdoe";

    private final Site site;
    private final Catalogue catalogue;
    private final IssueStore store;

    HumanActions(Site site, Catalogue catalogue, IssueStore store) {
        this.site = site;
        this.catalogue = catalogue;
        this.store = store;
    }

    SandboxIssue issue(String keyOrId) {
        return store.find(keyOrId)
                .orElseThrow(() -> new IllegalArgumentException("There is no issue " + keyOrId + "."));
    }

    SandboxIssue create(String projectKey, String typeName, String summary) {
        Project project = project(projectKey);
        Project.IssueType type = project.type(typeName)
                .orElseThrow(() -> new IllegalArgumentException(projectKey + " has no issue type " + typeName + "."));
        return store.create(project, type, Map.of("summary", Json.value(summary)), Map.of(), JANE);
    }

    SandboxIssue setStatus(String key, String statusName, String person, boolean honourWorkflow) {
        while (true) {
            SandboxIssue issue = issue(key);
            Workflow workflow = project(issue.project()).workflow();
            Status status = workflow.named(statusName)
                    .orElseThrow(() ->
                            new IllegalArgumentException(issue.project() + " has no status \"" + statusName + "\"."));
            if (honourWorkflow
                    && workflow.from(issue.statusId())
                            .noneMatch(step -> step.to().equals(status))) {
                throw new IllegalArgumentException(
                        "The workflow does not lead from " + issue.statusName() + " to " + statusName + ".");
            }
            Map<String, JsonNode> fields = IssueStore.withResolution(status, Map.of(), catalogue.resolutionWhenDone());
            Optional<SandboxIssue> moved = store.setStatus(issue, status, fields, person);
            if (moved.isPresent()) {
                return moved.get();
            }
        }
    }

    void edit(String key, String field, JsonNode value) {
        store.setFields(issue(key), Map.of(field, value), JANE);
    }

    /** @param more its visibility and properties, if any */
    String comment(String key, Person author, String text, ObjectNode more) {
        return store.comment(issue(key), author.json(site), text, more)
                .path("id")
                .asText();
    }

    SandboxIssue moveTo(String key, String project) {
        return store.moveTo(project(project), issue(key), JANE);
    }

    void renameProject(String key, String newKey, boolean formerKeysLeadThere) {
        Project project = project(key);
        if (catalogue
                .project(newKey)
                .filter(other -> !other.id().equals(project.id()))
                .isPresent()) {
            throw new IllegalArgumentException("There is a project " + newKey + " already.");
        }
        store.rename(project.key(), newKey, () -> catalogue.rename(project, newKey, formerKeysLeadThere));
    }

    void delete(String key) {
        store.delete(issue(key));
    }

    private Project project(String key) {
        return catalogue
                .project(key)
                .orElseThrow(() -> new IllegalArgumentException("There is no project " + key + "."));
    }
}
