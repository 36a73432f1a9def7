package io.faradaybridge.connection;

import org.springframework.web.util.HtmlUtils;

/** The page that a browser shows when it comes back from Jira. It contains only text, and the way to the console. */
final class CallbackPage {

    private CallbackPage() {}

    /** @param console the address of the console's page of the connection */
    static String of(String title, String message, String console) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><title>%1$s</title></head>
                <body><main><h1>%1$s</h1><p>%2$s</p>
                <p><a href="%3$s">To the connection in the console</a></p></main></body>
                </html>
                """.formatted(HtmlUtils.htmlEscape(title), HtmlUtils.htmlEscape(message), HtmlUtils.htmlEscape(console));
    }
}
