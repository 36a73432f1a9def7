package io.faradaybridge.console;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The routes and their files, and in what a file of the operator differs from the shipped one. */
@Controller
@RequestMapping(ConsoleWeb.PATH + "/flows")
class FlowsPages {

    @GetMapping
    Page list(Page page) {
        return page.show("flows").needs("flows", "routes");
    }

    @GetMapping("/file")
    Page file(Page page) {
        return page.show("flow-file").needs("shown", "routes/file?name={}", page.parameter("name"));
    }
}
