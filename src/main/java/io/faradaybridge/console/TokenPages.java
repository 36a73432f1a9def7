package io.faradaybridge.console;

import io.faradaybridge.web.ApiTerms;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** The person's own tokens for Jira's webhook, and what to enter in Jira with a new one. */
@Controller
@RequestMapping(ConsoleWeb.PATH + "/tokens")
class TokenPages {

    @GetMapping
    Page list(Page page) {
        return page.show("tokens").needs("tokens", "tokens").put("webhook", page.address(ApiTerms.WEBHOOK_PATH));
    }

    @GetMapping("/{id}/revoke")
    Page revoke(@PathVariable int id, Page page) {
        return page.show("token-revoke").needs("tokens", "tokens").put("id", id);
    }
}
