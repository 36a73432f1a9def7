package io.faradaybridge.console;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.view.RedirectView;

/** The entrance, the sign-in, and the page of an address that does not exist. */
@Controller
@RequestMapping
class OverviewController {

    @GetMapping({"/", ConsoleWeb.PATH + "/"})
    RedirectView root() {
        return new RedirectView(ConsoleWeb.PATH, true);
    }

    @GetMapping(ConsoleWeb.PATH)
    Page overview(Page page) {
        return page.show("overview")
                .with("status", "status")
                .with("setup", "")
                .with("connection", "connection")
                .with("takeover", "take-over")
                .with("activity", "activity?limit=8");
    }

    @GetMapping(ConsoleWeb.PATH + "/sign-in")
    @ForEverybody
    Page signIn(Page page) {
        return page.show("sign-in").put("next", FormController.ownAddress(page.parameter("next")));
    }

    @GetMapping(ConsoleWeb.PATH + "/{place:(?!static$).+}/**")
    Page nothing(Page page) {
        return page.problem(404, "There is no such page");
    }
}
