package io.faradaybridge.connection;

import org.springframework.web.util.HtmlUtils;

/** The page that a browser shows when it comes back from Jira. It contains only text. */
final class CallbackPage {

    private CallbackPage() {}

    static String of(String title, String message) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><title>%1$s</title></head>
                <body><main><h1>%1$s</h1><p>%2$s</p></main></body>
                </html>
                """.formatted(HtmlUtils.htmlEscape(title), HtmlUtils.htmlEscape(message));
    }
}
