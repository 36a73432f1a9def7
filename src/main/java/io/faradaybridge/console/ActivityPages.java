package io.faradaybridge.console;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** What happened, newest first, kept up to date while the first page is open. */
@Controller
@RequestMapping(ConsoleWeb.PATH + "/activity")
class ActivityPages {

    private static final int ROWS = 50;

    @GetMapping
    Page list(Page page) {
        String query = page.query("outcome", "vulnerability_id", "issue_key", "since", "before");
        return page.show("activity")
                .with("activity", "activity" + (query.isEmpty() ? "?" : query + "&") + "limit=" + ROWS)
                .put("rows", ROWS);
    }

    /** The same in figures, over the last hour, day or month. */
    @GetMapping("/charts")
    Page charts(Page page) {
        return page.show("charts").with("figures", "activity/statistics" + page.query("range"));
    }
}
