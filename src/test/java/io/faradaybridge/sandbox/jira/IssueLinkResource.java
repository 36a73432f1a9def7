package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.jira.Routes.Call;

/** Links between issues; the one type that every Jira has. A link that is there already is answered as if it were made. */
final class IssueLinkResource {

    private final IssueStore store;

    IssueLinkResource(IssueStore store) {
        this.store = store;
    }

    void addTo(Routes routes) {
        routes.on("POST", "/issueLink", this::create);
    }

    private Answer create(Call call) {
        call.caller().required();
        JsonNode body = call.request().json();
        String type = body.at("/type/name").asText();
        if (!type.equalsIgnoreCase("Relates")) {
            throw Refusal.of(404, "No issue link type with name '" + type + "' found.");
        }
        store.link(issue(body.path("inwardIssue")), issue(body.path("outwardIssue")));
        return Answer.empty(201);
    }

    private SandboxIssue issue(JsonNode reference) {
        return store.find(reference.path("key").asText(reference.path("id").asText()))
                .orElseThrow(() -> Refusal.of(404, "Issue Does Not Exist"));
    }
}
