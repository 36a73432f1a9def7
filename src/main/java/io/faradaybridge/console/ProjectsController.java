package io.faradaybridge.console;

import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** The projects: their list, Jira's projects to add, and the parts of each one's set-up. */
@Controller
@RequestMapping(ConsoleWeb.PATH + "/projects")
class ProjectsController {

    @GetMapping
    Page projects(Page page) {
        return page.show("projects").needs("setup", "").with("status", "status");
    }

    @GetMapping("/add")
    Page add(Page page) {
        return page.show("projects-add")
                .needs("setup", "")
                .with("available", "available-projects" + page.query("query", "page"));
    }

    @GetMapping("/{key}")
    Page project(Page page, @PathVariable String key) {
        return of(page, key, "project")
                .with("switches", "projects/{}/switches", key)
                .with("blocked", blocked(key, "blocked"))
                .with("differs", blocked(key, "differs"));
    }

    private static String blocked(String key, String state) {
        return "vulnerabilities?page_size=1&in_step=" + state + "&project=" + Page.encoded(key);
    }

    /**
     * The fields of one issue type, {@code type}, or of the suggested one while none is configured; {@code add} are optional
     * fields that are shown too.
     */
    @GetMapping("/{key}/fields")
    Page fields(Page page, @PathVariable String key) {
        of(page, key, "project-fields").with("types", "projects/{}/issue-types", key);
        String type = page.parameter("type").isEmpty() ? onlyType(page, key) : page.parameter("type");
        page.put("type", type).put("add", page.parameter("add"));
        return type.isEmpty()
                ? page
                : page.with("screen", "projects/{}/issue-types/{}/fields", key, type)
                        .with(
                                "vulnerabilities",
                                "vulnerabilities?page_size=20&sort=severity&sort_dir=desc"
                                        + page.query("q").replace('?', '&'))
                        .with("names", "template-names");
    }

    /** The one that is configured, or the suggested one if none is; empty if a person has to choose. */
    private static String onlyType(Page page, String key) {
        Set<?> configured = page.body("setup").get("projects") instanceof Map<?, ?> projects
                        && projects.get(key) instanceof Map<?, ?> project
                        && project.get("ticket_config") instanceof Map<?, ?> config
                        && config.get("issue_types") instanceof Map<?, ?> types
                ? types.keySet()
                : Set.of();
        Object suggested = page.body("types").get("suggested");
        String type = configured.size() == 1
                ? String.valueOf(configured.iterator().next())
                : configured.isEmpty() && suggested != null ? String.valueOf(suggested) : "";
        if (!type.isEmpty()) {
            page.put("here", ConsoleWeb.PATH + "/projects/" + Page.encoded(key) + "/fields?type=" + Page.encoded(type));
        }
        return type;
    }

    /** The choices of one field for what is typed, to be put into its page; {@code control} names the parameter with it. */
    @GetMapping("/{key}/values")
    Page values(Page page, @PathVariable String key) {
        return page.show("project-values")
                .put("ids", page.parameter("ids").equals("true"))
                .with(
                        "values",
                        "projects/{}/issue-types/{}/fields/{}/values?query={}",
                        key,
                        page.parameter("type"),
                        page.parameter("field"),
                        page.parameter(page.parameter("control")));
    }

    @GetMapping("/{key}/mapping")
    Page mapping(Page page, @PathVariable String key) {
        return of(page, key, "project-mapping")
                .with("statuses", "projects/{}/statuses", key)
                .asked("ways", HttpMethod.POST, "projects/" + Page.encoded(key) + "/attribute-mapping/preview", null);
    }

    @GetMapping("/{key}/rule")
    Page rule(Page page, @PathVariable String key) {
        return of(page, key, "project-rule").with("status", "status").with("workspaces", "workspaces");
    }

    @GetMapping("/{key}/updates")
    Page updates(Page page, @PathVariable String key) {
        return of(page, key, "project-updates");
    }

    /** The call answers 409 with the effect, because it is not confirmed. */
    @GetMapping("/{key}/delete")
    Page delete(Page page, @PathVariable String key) {
        return of(page, key, "project-delete")
                .asked("effect", HttpMethod.DELETE, "projects/" + Page.encoded(key), null);
    }

    private static Page of(Page page, String key, String template) {
        return page.show(template).needs("setup", "").put("key", key);
    }
}
