package io.faradaybridge.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** Work that needs a person: equal causes together, the rows of each list, and what an action would do before it is done. */
@Controller
@RequestMapping(ConsoleWeb.PATH + "/inbox")
class InboxPages {

    private static final int ROWS = 50;
    private static final String LIST = "/{list:blocked|refused|unknown|conflicts|differs|dead-letters}";

    @GetMapping
    Page overview(Page page) {
        return page.show("inbox").needs("inbox", "inbox");
    }

    @GetMapping(LIST)
    Page list(@PathVariable String list, Page page) {
        String query = page.query("group", "before");
        return page.show("inbox-list")
                .needs("inbox", "inbox")
                .with("rows", "inbox/" + list + (query.isEmpty() ? "?" : query + "&") + "limit=" + ROWS)
                .put("tab", list)
                .put("length", ROWS);
    }

    /** What would be done, and to how many; after it was done, what was. */
    @GetMapping(LIST + "/{action:[a-z][a-z-]*}")
    Page act(@PathVariable String list, @PathVariable String action, Page page) {
        Map<String, Object> choice = new LinkedHashMap<>();
        List<Long> ids = page.parameters("ids").stream()
                .filter(id -> id.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .toList();
        if (!ids.isEmpty() || !page.parameter("ticked").isEmpty()) { // nothing ticked is not the whole list
            choice.put("ids", ids);
        }
        if (!page.parameter("group").isEmpty()) {
            choice.put("group", page.parameter("group"));
        }
        return page.show("inbox-act")
                .put("tab", list)
                .put("action", action)
                .put("choice", choice)
                .asked("plan", HttpMethod.POST, "inbox/" + list + "/" + action, choice);
    }

    @GetMapping("/dead-letters/{id:[0-9]{1,18}}")
    Page deadLetter(@PathVariable long id, Page page) {
        return page.show("dead-letter").needs("letter", "dead-letters/{}", id);
    }
}
