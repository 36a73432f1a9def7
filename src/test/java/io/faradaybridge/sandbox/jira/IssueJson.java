package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.jira.SandboxIssue.Change;
import io.faradaybridge.sandbox.jira.SandboxIssue.Item;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** An issue as REST shows it. */
final class IssueJson {

    private final Site site;
    private final Catalogue catalogue;
    private final People people;
    private final Oddities oddities;

    IssueJson(Site site, Catalogue catalogue, People people, Oddities oddities) {
        this.site = site;
        this.catalogue = catalogue;
        this.people = people;
        this.oddities = oddities;
    }

    /** @param wanted names of fields, {@code *all}, {@code *navigable}, or {@code -name} to leave one out */
    ObjectNode issue(SandboxIssue issue, List<String> wanted, boolean withChangelog) {
        ObjectNode json = Json.object(
                "expand", "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations",
                "id", issue.id(),
                "self", site.self("issue/" + issue.id()),
                "key", issue.key());
        ObjectNode fields = fields(issue);
        boolean all = wanted.stream().allMatch(name -> name.startsWith("-") || name.startsWith("*"));
        List<String> names = new ArrayList<>();
        fields.fieldNames().forEachRemaining(names::add);
        names.removeIf(name -> (!all && !wanted.contains(name)) || wanted.contains("-" + name));
        json.set("fields", fields.retain(names));
        if (withChangelog) {
            json.set("changelog", changelog(issue));
        }
        return json;
    }

    private ObjectNode fields(SandboxIssue issue) {
        Project project = catalogue.project(issue.project()).orElseThrow();
        ObjectNode fields = Json.MAPPER.createObjectNode();
        project.screens().values().forEach(screen -> screen.forEach(field -> fields.putNull(field.id())));
        List.of("labels", "components", "versions", "fixVersions", "attachment").forEach(list -> fields.putArray(list));
        fields.putNull("resolution");
        issue.fields().forEach(fields::set);
        fields.set("project", project.json(site));
        project.type(issue.type()).ifPresent(type -> fields.set("issuetype", type.json(site)));
        fields.set("status", status(project, issue));
        fields.set("creator", person(issue.creator()));
        fields.put("created", Site.timestamp(issue.created()));
        fields.put("updated", Site.timestamp(issue.updated()));
        return fields;
    }

    private JsonNode status(Project project, SandboxIssue issue) {
        return oddities.status(project.workflow().status(issue.statusId())).json(site);
    }

    private JsonNode person(String name) {
        return people.named(name).json(site);
    }

    /** Oldest first on Data Center, newest first on Cloud. */
    private ObjectNode changelog(SandboxIssue issue) {
        List<ObjectNode> histories = new ArrayList<>();
        issue.changelog().forEach(change -> histories.add(history(change)));
        if (site.isCloud()) {
            Collections.reverse(histories);
        }
        return Json.object(
                "startAt", 0, "maxResults", histories.size(), "total", histories.size(), "histories", histories);
    }

    private ObjectNode history(Change change) {
        return Json.object(
                "id",
                change.id(),
                "author",
                person(change.author()),
                "created",
                Site.timestamp(change.at()),
                "items",
                change.items().stream().map(this::item).toList());
    }

    private ObjectNode item(Item item) {
        ObjectNode json = Json.object("field", item.field(), "fieldtype", "jira");
        if (site.isCloud()) {
            json.put("fieldId", item.field());
        }
        json.put("from", item.from().isEmpty() ? null : item.from());
        json.put("fromString", statusName(item, item.from(), item.fromName()));
        json.put("to", item.to().isEmpty() ? null : item.to());
        json.put("toString", statusName(item, item.to(), item.toName()));
        return json;
    }

    private String statusName(Item item, String id, String name) {
        return item.field().equals("status")
                ? Optional.ofNullable(catalogue.statuses().get(id))
                        .map(status -> oddities.status(status).name())
                        .orElse(name)
                : name;
    }
}
