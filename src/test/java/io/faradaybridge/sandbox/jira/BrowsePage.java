package io.faradaybridge.sandbox.jira;

import java.util.Optional;

/** The page of an issue, for a person with a browser. */
final class BrowsePage {

    private final Oddities oddities;
    private final Catalogue catalogue;
    private final IssueStore store;

    BrowsePage(IssueStore store, Catalogue catalogue, Oddities oddities) {
        this.store = store;
        this.catalogue = catalogue;
        this.oddities = oddities;
    }

    Answer answer(String key) {
        Optional<SandboxIssue> found = store.find(key);
        if (found.isEmpty()) {
            return Answer.html(
                    404, page("Issue not found", "<p>You can't view this issue. It may have been deleted.</p>"));
        }
        SandboxIssue issue = found.get();
        Status status = oddities.status(
                catalogue.project(issue.project()).orElseThrow().workflow().status(issue.statusId()));
        String description = issue.fields().containsKey("description")
                ? issue.fields().get("description").asText()
                : "";
        return Answer.html(200, page("[" + issue.key() + "] " + issue.summary(), """
                        <p><a id="key-val" href="%s">%s</a> %s</p>
                        <h1 id="summary-val">%s</h1>
                        <p>Status: <b id="status-val">%s</b></p>
                        <pre id="description-val">%s</pre>
                        """.formatted(
                        issue.key(),
                        issue.key(),
                        escape(issue.type()),
                        escape(issue.summary()),
                        escape(status.name()),
                        escape(description))));
    }

    static String page(String title, String body) {
        return "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escape(title)
                + " - Sandbox Jira</title></head><body>" + body + "</body></html>";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
