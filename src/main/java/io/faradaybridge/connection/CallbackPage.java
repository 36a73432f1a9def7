package io.faradaybridge.connection;

import org.springframework.web.util.HtmlUtils;

/** What a browser shows that comes back from Jira: plain, and nothing in it but text. */
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
