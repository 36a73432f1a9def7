package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.jira.Oddities.Oddity;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import io.faradaybridge.sandbox.jira.Workflow.Transition;
import java.util.stream.Stream;

/** What may happen to an issue next, as its own resource and the issue's {@code expand} show it. */
final class Transitions {

    private final Site site;
    private final Catalogue catalogue;
    private final Permissions permissions;
    private final Oddities oddities;

    Transitions(Site site, Catalogue catalogue, Permissions permissions, Oddities oddities) {
        this.site = site;
        this.catalogue = catalogue;
        this.permissions = permissions;
        this.oddities = oddities;
    }

    Stream<Transition> offered(Caller caller, SandboxIssue issue) {
        Project project = catalogue.project(issue.project()).orElseThrow();
        return permissions.has(caller, Permission.TRANSITION, project)
                ? project.workflow().from(issue.statusId())
                : Stream.empty();
    }

    ArrayNode of(Caller caller, SandboxIssue issue, boolean withFields) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        offered(caller, issue).forEach(transition -> all.add(json(transition, withFields)));
        return all;
    }

    ObjectNode json(Transition transition, boolean withFields) {
        ObjectNode json = Json.object("id", transition.id(), "name", transition.name());
        if (!oddities.has(Oddity.TRANSITION_WITHOUT_TO)) {
            json.set("to", oddities.status(transition.to()).json(site));
        }
        if (site.isCloud()) {
            json.put("hasScreen", !transition.screen().isEmpty());
            json.put("isGlobal", false);
            json.put("isInitial", false);
            json.put("isAvailable", true);
            json.put("isConditional", false);
            json.put("looped", false);
        }
        if (withFields) {
            ObjectNode fields = json.putObject("fields");
            transition.screen().values().forEach(field -> fields.set(field.id(), field.jsonInMap(site)));
        }
        return json;
    }
}
