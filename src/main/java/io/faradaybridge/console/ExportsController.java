package io.faradaybridge.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** The exports, and how far one of them is. */
@Controller
@RequestMapping(ConsoleWeb.PATH + "/exports")
class ExportsController {

    private static final int PAGE = 50;
    /** Of each group, so that the page of an export of thousands is still a page. */
    private static final int MOST_SHOWN = 100;

    @GetMapping
    Page list(Page page) {
        String before = page.query("before");
        return page.show("exports")
                .needs("exports", "exports" + (before.isEmpty() ? "?" : before + "&") + "limit=" + PAGE)
                .with("unknown", "exports/unknown")
                .put("length", PAGE);
    }

    @GetMapping("/{id:[0-9]{1,18}}")
    Page one(Page page, @PathVariable long id) {
        page.show("export").needs("batch", "exports/{}", id);
        Map<String, List<Map<?, ?>>> groups = groups(page.body("batch").get("items"));
        String ids = groups.values().stream()
                .flatMap(List::stream)
                .map(item -> String.valueOf(item.get("vulnerability_id")))
                .distinct()
                .collect(Collectors.joining(","));
        page.put("groups", groups);
        if (!ids.isEmpty()) {
            page.with("rows", "vulnerabilities?page_size=500&ids={}", ids);
        }
        if (groups.containsKey("unknown")) {
            page.with("unknown", "exports/unknown").with("setup", "");
        }
        return page;
    }

    /** The first items of each result. */
    private static Map<String, List<Map<?, ?>>> groups(@Nullable Object items) {
        Map<String, List<Map<?, ?>>> groups = new LinkedHashMap<>();
        if (items instanceof List<?> list) {
            for (Object one : list) {
                if (one instanceof Map<?, ?> item) {
                    List<Map<?, ?>> group =
                            groups.computeIfAbsent(String.valueOf(item.get("result")), result -> new ArrayList<>());
                    if (group.size() < MOST_SHOWN) {
                        group.add(item);
                    }
                }
            }
        }
        return groups;
    }
}
