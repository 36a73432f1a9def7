package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import io.faradaybridge.sandbox.jira.Routes.Call;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The projects that the caller may see. */
final class ProjectResource {

    private static final Map<String, Permission> PERMISSIONS = Map.of(
            "BROWSE_PROJECTS", Permission.BROWSE,
            "CREATE_ISSUES", Permission.CREATE,
            "EDIT_ISSUES", Permission.EDIT,
            "LINK_ISSUES", Permission.LINK,
            "TRANSITION_ISSUES", Permission.TRANSITION);

    private final Site site;
    private final Catalogue catalogue;
    private final Permissions permissions;
    private final Oddities oddities;

    ProjectResource(Site site, Catalogue catalogue, Permissions permissions, Oddities oddities) {
        this.site = site;
        this.catalogue = catalogue;
        this.permissions = permissions;
        this.oddities = oddities;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/project", call -> Answer.json(200, Json.array(visible(call, Permission.BROWSE))));
        if (site.isCloud()) {
            routes.on("GET", "/project/search", this::search);
        }
        routes.on("GET", "/mypermissions", this::mine);
        routes.on("GET", "/project/{project}", this::one).on("GET", "/project/{project}/statuses", this::statuses);
    }

    private List<ObjectNode> visible(Call call, Permission permission) {
        return catalogue.projects().stream()
                .filter(project -> permissions.has(call.caller(), permission, project))
                .map(project -> project.json(site))
                .toList();
    }

    /** Data Center answers with all, Cloud with those that are asked for, and wants to be asked. */
    private Answer mine(Call call) {
        Project project = call.request()
                .query("projectKey")
                .flatMap(catalogue::project)
                .filter(found -> permissions.has(call.caller(), Permission.BROWSE, found))
                .orElseThrow(() -> Refusal.of(404, "No project could be found with this key."));
        List<String> wanted = Routes.commaSeparated(call.request().query("permissions"));
        if (site.isCloud() && wanted.isEmpty()) {
            throw Refusal.of(400, "The 'permissions' query parameter is required.");
        }
        ObjectNode answer = Json.object();
        PERMISSIONS.forEach((key, permission) -> {
            if (!site.isCloud() || wanted.contains(key)) {
                answer.set(
                        key,
                        Json.object("key", key, "havePermission", permissions.has(call.caller(), permission, project)));
            }
        });
        return Answer.json(200, Json.object("permissions", answer));
    }

    private Answer search(Call call) {
        boolean creatable = call.request().query("action").orElse("").equals("create");
        String wanted = call.request().query("query").orElse("").toLowerCase(Locale.ROOT);
        List<ObjectNode> all = visible(call, creatable ? Permission.CREATE : Permission.BROWSE).stream()
                .filter(project -> (project.path("key").asText() + "\n"
                                + project.path("name").asText())
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted))
                .toList();
        int start = call.request().queryNumber("startAt", 0);
        int most = Math.min(call.request().queryNumber("maxResults", 50), 100);
        List<ObjectNode> values = all.stream().skip(start).limit(most).toList();
        boolean last = start + values.size() >= all.size();
        ObjectNode page = Json.object(
                "self", site.self("project/search?startAt=" + start + "&maxResults=" + most),
                "maxResults", most,
                "startAt", start,
                "total", all.size(),
                "isLast", last,
                "values", values);
        if (!last) {
            page.put("nextPage", site.self("project/search?startAt=" + (start + most) + "&maxResults=" + most));
        }
        return Answer.json(200, page);
    }

    private Project named(Call call) {
        String name = call.path("project");
        return catalogue
                .project(name)
                .filter(project -> permissions.has(call.caller(), Permission.BROWSE, project))
                .orElseThrow(() -> Refusal.of(404, "No project could be found with key '" + name + "'."));
    }

    private Answer one(Call call) {
        Project project = named(call);
        ObjectNode json = project.json(site);
        json.set(
                "issueTypes",
                Json.array(project.screens().keySet().stream()
                        .map(type -> type.json(site))
                        .toList()));
        return Answer.json(200, json);
    }

    private static ObjectNode scoped(ObjectNode status, Project project) {
        return project.teamManaged()
                ? status.set("scope", Json.object("type", "PROJECT", "project", Json.object("id", project.id())))
                : status;
    }

    private Answer statuses(Call call) {
        Project project = named(call);
        List<ObjectNode> statuses = project.workflow().statuses().stream()
                .map(status -> scoped(oddities.status(status).json(site), project))
                .toList();
        return Answer.json(
                200,
                Json.array(project.screens().keySet().stream()
                        .map(type -> Json.object(
                                "self", site.self("issuetype/" + type.id()),
                                "id", type.id(),
                                "name", type.name(),
                                "subtask", false,
                                "statuses", statuses))
                        .toList()));
    }
}
