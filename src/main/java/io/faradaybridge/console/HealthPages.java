package io.faradaybridge.console;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** What is wrong now, as far as the bridge can tell, and what to do about it. */
@Controller
@RequestMapping(ConsoleWeb.PATH + "/health")
class HealthPages {

    @GetMapping
    Page health(Page page) {
        return page.show("health")
                .needs("status", "status")
                .with("connection", "connection")
                .with("setup", "")
                .with("health", "health")
                .with("figures", "activity/statistics?range=day");
    }
}
