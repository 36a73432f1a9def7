package io.faradaybridge.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** The table of vulnerabilities, the page of one, and the page between a selection and its export. */
@Controller
@RequestMapping(ConsoleWeb.PATH + "/vulnerabilities")
class VulnerabilitiesController {

    private static final List<String> FILTERS =
            List.of("q", "workspace", "status", "severity", "confirmed", "project", "linked", "in_step", "issue_key");
    private static final List<String> ORDER = List.of("sort", "sort_dir", "page", "page_size");
    private static final List<String> COLUMNS =
            List.of("severity", "status", "workspace", "confirmed", "project", "issue", "state", "agreed", "id");
    private static final List<String> USUAL = List.of("severity", "status", "workspace", "issue", "state");
    private static final int MOST_TICKED = 500;
    private static final int MOST_PREVIEWED = 50;

    @GetMapping
    Page table(Page page) {
        String query =
                page.query(Stream.concat(FILTERS.stream(), ORDER.stream()).toArray(String[]::new));
        boolean sorted = !page.parameter("sort").isEmpty();
        String newest = sorted ? "" : (query.isEmpty() ? "?" : "&") + "sort=id&sort_dir=desc";
        List<String> chosen =
                COLUMNS.stream().filter(page.parameters("column")::contains).toList();
        return page.show("vulnerabilities")
                .needs("setup", "")
                .with("table", "vulnerabilities" + query + newest)
                .with("workspaces", "workspaces")
                .put("filters", given(page, FILTERS))
                .put("order", given(page, ORDER))
                .put("known", COLUMNS)
                .put("columns", chosen.isEmpty() ? USUAL : chosen);
    }

    @GetMapping("/{id:[0-9]{1,9}}")
    Page one(Page page, @PathVariable int id) {
        page.show("vulnerability").needs("table", "vulnerabilities?ids={}", id);
        if (!(page.body("table").get("vulnerabilities") instanceof List<?> rows)
                || rows.isEmpty()
                || !(rows.get(0) instanceof Map<?, ?> row)) {
            return page.problem(
                    404, "There is no vulnerability " + id + ", or it is in a workspace that you may not enter");
        }
        page.put("row", row)
                .with("activity", "activity?vulnerability_id={}&limit=100", id)
                .with("sent", "vulnerabilities/{}/last-request", id);
        if (row.get("in_step") != null) {
            page.with("link", "links/{}", id);
        }
        if (!page.parameter("issue").isBlank()) {
            page.put("asked", page.parameter("issue")).with("found", "issues?issue={}", page.parameter("issue"));
        }
        if (!page.parameter("show").isEmpty()) {
            Object own = row.get("project") == null ? "" : row.get("project");
            Object type = page.body("link").get("issue_type");
            preview(page, List.of(id), String.valueOf(own), type == null ? "" : String.valueOf(type));
        }
        return page;
    }

    @GetMapping("/export")
    Page export(Page page) {
        page.show("send").needs("setup", "");
        boolean all = page.parameter("all").equals("true");
        if (all) {
            page.needs("matching", "vulnerabilities/ids" + page.query(FILTERS.toArray(String[]::new)));
        }
        List<Integer> ids = all ? numbers(page.body("matching").get("ids")) : ticked(page);
        page.put("ids", ids)
                .put("all", all)
                .put("filters", given(page, FILTERS))
                .put("together", ids.stream().map(String::valueOf).collect(Collectors.joining(",")));
        return ids.isEmpty() ? page : preview(page, ids, "", "");
    }

    /**
     * Asks what an export would send, if there is one project and issue type, or the person has chosen.
     *
     * @param project that is given already; empty if it is not
     */
    private static Page preview(Page page, List<Integer> ids, String project, String type) {
        if (page.body("setup").isEmpty()) {
            page.needs("setup", "");
        }
        Map<String, List<String>> choices = choices(page);
        String to = only(project.isEmpty() ? page.parameter("to") : project, choices.keySet());
        Set<String> types = new LinkedHashSet<>(choices.getOrDefault(to, List.of()));
        String as = only(type.isEmpty() ? page.parameter("type") : type, types);
        page.put("choices", choices).put("to", to).put("type", as).put("types", types);
        if (to.isEmpty() || as.isEmpty()) {
            return page;
        }
        List<Integer> shown = ids.subList(0, Math.min(MOST_PREVIEWED, ids.size()));
        String few = shown.stream().map(String::valueOf).collect(Collectors.joining(","));
        return page.with("rows", "vulnerabilities?page_size={}&ids={}", MOST_PREVIEWED, few)
                .asked(
                        "preview",
                        HttpMethod.POST,
                        "projects/" + Page.encoded(to) + "/preview",
                        Map.of("vulnerability_ids", shown, "issue_type", as));
    }

    private static String only(String given, Set<String> possible) {
        return given.isEmpty() && possible.size() == 1 ? possible.iterator().next() : given;
    }

    /** The issue types of each active project. */
    private static Map<String, List<String>> choices(Page page) {
        Map<String, List<String>> choices = new LinkedHashMap<>();
        if (page.body("setup").get("projects") instanceof Map<?, ?> projects) {
            projects.forEach((key, value) -> {
                if (value instanceof Map<?, ?> project
                        && Boolean.TRUE.equals(project.get("active"))
                        && project.get("ticket_config") instanceof Map<?, ?> config
                        && config.get("issue_types") instanceof Map<?, ?> types) {
                    choices.put(
                            String.valueOf(key),
                            types.keySet().stream().map(String::valueOf).toList());
                }
            });
        }
        return choices;
    }

    private static Map<String, String> given(Page page, List<String> names) {
        Map<String, String> given = new LinkedHashMap<>();
        names.stream()
                .filter(name -> !page.parameter(name).isEmpty())
                .forEach(name -> given.put(name, page.parameter(name)));
        return given;
    }

    /** Ticked in the table ({@code id}, several times), or named by a link ({@code ids}). */
    private static List<Integer> ticked(Page page) {
        return Stream.concat(
                        page.parameters("id").stream(),
                        Stream.of(page.parameter("ids").split(",", -1)))
                .map(String::strip)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .distinct()
                .limit(MOST_TICKED)
                .toList();
    }

    private static List<Integer> numbers(@Nullable Object list) {
        List<Integer> numbers = new ArrayList<>();
        if (list instanceof List<?> values) {
            values.forEach(value -> numbers.add(((Number) value).intValue()));
        }
        return numbers;
    }
}
