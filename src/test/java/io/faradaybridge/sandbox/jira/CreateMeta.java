package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import io.faradaybridge.sandbox.jira.Project.IssueType;
import io.faradaybridge.sandbox.jira.Routes.Call;
import java.util.List;

/** What may be created, and with which fields: pages of {@code values} on Data Center, named otherwise on Cloud. */
final class CreateMeta {

    private final Site site;
    private final Catalogue catalogue;
    private final Permissions permissions;
    private final Oddities oddities;

    CreateMeta(Site site, Catalogue catalogue, Permissions permissions, Oddities oddities) {
        this.site = site;
        this.catalogue = catalogue;
        this.permissions = permissions;
        this.oddities = oddities;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/issue/createmeta/{project}/issuetypes", call -> types(sinceJira84(call)))
                .on("GET", "/issue/createmeta/{project}/issuetypes/{type}", call -> fields(sinceJira84(call)))
                .on("GET", "/issue/createmeta", call -> old(untilJira9(call)));
    }

    private Call sinceJira84(Call call) {
        return exists(call, !oddities.has(Oddities.Oddity.CREATE_META_BEFORE_84));
    }

    private Call untilJira9(Call call) {
        return exists(call, site.isCloud() || oddities.has(Oddities.Oddity.CREATE_META_BEFORE_84));
    }

    private static Call exists(Call call, boolean exists) {
        if (!exists) {
            throw Refusal.ofFramework(404, "null for uri: " + call.request().target());
        }
        return call;
    }

    private Answer types(Call call) {
        return page(
                call,
                "issueTypes",
                creatable(call).screens().keySet().stream()
                        .map(type -> type.json(site))
                        .toList());
    }

    private Answer fields(Call call) {
        Project project = creatable(call);
        IssueType type = project.screens().keySet().stream()
                .filter(candidate -> candidate.id().equals(call.path("type")))
                .findFirst()
                .orElseThrow(() -> Refusal.of(400, "Issue type with id '" + call.path("type") + "' was not found."));
        return page(
                call,
                "fields",
                onScreen(project, type).stream().map(field -> field.json(site)).toList());
    }

    private List<Field> onScreen(Project project, IssueType type) {
        return project.screens().get(type).stream()
                .map(field -> field.id().equals("issuetype") ? field.allowing(List.of(type.json(site))) : field)
                .toList();
    }

    private Project creatable(Call call) {
        String name = call.path("project");
        return catalogue
                .project(name)
                .filter(project -> permissions.has(call.caller(), Permission.CREATE, project))
                .orElseThrow(() ->
                        Refusal.of(400, "Project '" + name + "' does not exist, or you may not create issues in it."));
    }

    private Answer page(Call call, String nameOnCloud, List<ObjectNode> all) {
        int start = call.request().queryNumber("startAt", 0);
        int most = call.request().queryNumber("maxResults", 50);
        if (most < 1 || most > 200) {
            throw Refusal.of(400, "maxResults must be between 1 and 200.");
        }
        List<ObjectNode> values = all.stream().skip(start).limit(most).toList();
        ObjectNode page = Json.object("maxResults", most, "startAt", start, "total", all.size());
        if (!site.isCloud()) {
            page.put("isLast", start + values.size() >= all.size());
        }
        page.set(site.isCloud() ? nameOnCloud : "values", Json.array(values));
        return Answer.json(200, page);
    }

    /** The one call for everything that Data Center gave up with 9.0. */
    private Answer old(Call call) {
        List<String> keys = Routes.commaSeparated(call.request().query("projectKeys"));
        boolean withFields = call.request().query("expand").orElse("").contains("projects.issuetypes.fields");
        List<ObjectNode> projects = catalogue.projects().stream()
                .filter(project -> keys.isEmpty() || keys.contains(project.key()))
                .filter(project -> permissions.has(call.caller(), Permission.CREATE, project))
                .map(project -> withTypes(project, withFields))
                .toList();
        return Answer.json(200, Json.object("expand", "projects", "projects", projects));
    }

    private ObjectNode withTypes(Project project, boolean withFields) {
        ObjectNode json = Json.object(
                "self", site.self("project/" + project.id()),
                "id", project.id(),
                "key", project.key(),
                "name", project.name());
        List<ObjectNode> types = project.screens().keySet().stream()
                .map(type -> {
                    ObjectNode shown = type.json(site);
                    if (withFields) {
                        ObjectNode fields = shown.putObject("fields");
                        onScreen(project, type).forEach(field -> fields.set(field.id(), field.jsonInMap(site)));
                    }
                    return shown;
                })
                .toList();
        json.set("issuetypes", Json.array(types));
        return json;
    }
}
