package io.faradaybridge.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The connection to Jira: which credentials, how to get them, whether they work, and who works with them. */
@Controller
@RequestMapping(ConnectionPages.PATH)
class ConnectionPages {

    static final String PATH = ConsoleWeb.PATH + "/connection";

    private static final String BACK = PATH + "?kind=oauth1&back=1";

    private final ApiCalls api;

    ConnectionPages(ApiCalls api) {
        this.api = api;
    }

    @GetMapping
    Page connection(Page page) {
        shown(page);
        return page.parameter("back").isEmpty() ? page : page.asked("back", HttpMethod.POST, "connection/test", null);
    }

    /**
     * Where Jira sends the browser back to. After success it goes on to the page, so that a reload does not use Jira's
     * code again.
     */
    @GetMapping("/callback")
    @Nullable
    Page back(Page page, HttpServletRequest request, HttpServletResponse response) {
        Answer answer = api.get(request, "connection/callback" + page.query("oauth_token", "oauth_verifier"));
        if (answer.ok()) {
            FormController.redirect(request, response, BACK);
            return null;
        }
        return shown(page)
                .put("kind", "oauth1")
                .put("here", PATH + "?kind=oauth1")
                .put("denied", answer.shown());
    }

    private static Page shown(Page page) {
        return page.show("connection")
                .needs("connection", "connection")
                .with("takeover", "take-over")
                .with("setup", "")
                .put("kind", page.parameter("kind"));
    }
}
