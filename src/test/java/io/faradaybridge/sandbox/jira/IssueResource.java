package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import io.faradaybridge.sandbox.jira.Routes.Call;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One issue and its properties. */
final class IssueResource {

    private static final int MOST_ISSUES = 100;
    private static final int LONGEST_PROPERTY = 32_768;

    private final Site site;
    private final Catalogue catalogue;
    private final IssueStore store;
    private final IssueJson json;
    private final Permissions permissions;
    private final Transitions transitions;
    private final Oddities oddities;

    IssueResource(
            Site site,
            Catalogue catalogue,
            IssueStore store,
            IssueJson json,
            Permissions permissions,
            Transitions transitions,
            Oddities oddities) {
        this.oddities = oddities;
        this.transitions = transitions;
        this.site = site;
        this.catalogue = catalogue;
        this.store = store;
        this.json = json;
        this.permissions = permissions;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/issue/{issue}", this::read)
                .on("GET", "/issue/{issue}/properties", this::properties)
                .on("GET", "/issue/{issue}/properties/{key}", this::property)
                .on("PUT", "/issue/{issue}/properties/{key}", this::setProperty);
        if (site.isCloud()) {
            routes.on("POST", "/issue/bulkfetch", this::readMany);
        }
    }

    /** @throws Refusal as if it did not exist when the caller may not see it */
    SandboxIssue visible(Call call) {
        return store.find(call.path("issue"))
                .filter(issue -> permissions.has(call.caller(), Permission.BROWSE, projectOf(issue)))
                .orElseThrow(() -> absent(call.caller()));
    }

    private Refusal absent(Caller caller) {
        if (site.isCloud()) {
            return Refusal.of(404, "Issue does not exist or you do not have permission to see it.");
        }
        if (caller.isAnonymous()) {
            return new Refusal(Answer.json(
                    401,
                    Refusal.errors(
                            List.of("You do not have the permission to see the specified issue.", "Login Required"),
                            Map.of())));
        }
        return Refusal.of(404, "Issue Does Not Exist");
    }

    Project projectOf(SandboxIssue issue) {
        return catalogue.project(issue.project()).orElseThrow();
    }

    private Answer read(Call call) {
        SandboxIssue issue = visible(call);
        List<String> expand = Routes.commaSeparated(call.request().query("expand"));
        ObjectNode answer =
                json.issue(issue, Routes.commaSeparated(call.request().query("fields")), expand.contains("changelog"));
        if (expand.stream().anyMatch(part -> part.equals("transitions") || part.startsWith("transitions."))) {
            answer.set("transitions", transitions.of(call.caller(), issue, expand.contains("transitions.fields")));
        }
        return Answer.json(200, answer);
    }

    /**
     * In the order of their ids; an issue that is not there, or not shown to the caller, is left out, and so is one that
     * could not be fetched, with an error.
     */
    private Answer readMany(Call call) {
        JsonNode body = call.request().json();
        JsonNode names = body.path("issueIdsOrKeys");
        if (!names.isArray() || names.isEmpty() || names.size() > MOST_ISSUES) {
            throw Refusal.of(400, "The number of issues requested must be between 1 and " + MOST_ISSUES + ".");
        }
        List<String> fields = new ArrayList<>();
        body.path("fields").forEach(field -> fields.add(field.asText()));
        Set<SandboxIssue> found = new LinkedHashSet<>();
        names.forEach(name -> store.find(name.asText())
                .filter(issue -> permissions.has(call.caller(), Permission.BROWSE, projectOf(issue)))
                .ifPresent(found::add));
        List<SandboxIssue> failed = new ArrayList<>();
        if (oddities.has(Oddities.Oddity.SEVERAL_ISSUES_IN_PART)) {
            found.stream().filter(issue -> Long.parseLong(issue.id()) % 2 == 0).forEach(failed::add);
            failed.forEach(found::remove);
            store.all().stream()
                    .filter(issue -> !failed.contains(issue) && !found.contains(issue))
                    .findFirst()
                    .ifPresent(found::add);
        }
        return Answer.json(
                200,
                Json.object(
                        "issues",
                        found.stream()
                                .sorted(Comparator.comparing(issue -> Long.valueOf(issue.id())))
                                .map(issue -> json.issue(
                                        issue,
                                        fields,
                                        body.path("expand").toString().contains("changelog")))
                                .toList(),
                        "issueErrors",
                        failed.stream()
                                .map(issue -> Json.object(
                                        "id", issue.id(), "errorMessage", "The issue could not be fetched."))
                                .toList()));
    }

    private Answer properties(Call call) {
        SandboxIssue issue = visible(call);
        return Answer.json(
                200,
                Json.object(
                        "keys",
                        issue.properties().keySet().stream()
                                .map(key -> Json.object("self", selfOfProperty(issue, key), "key", key))
                                .toList()));
    }

    private Answer property(Call call) {
        SandboxIssue issue = visible(call);
        String key = call.path("key");
        JsonNode value = issue.properties().get(key);
        if (value == null) {
            throw Refusal.of(404, "The property with key " + key + " does not exist.");
        }
        return Answer.json(200, Json.object("key", key, "value", value));
    }

    private Answer setProperty(Call call) {
        SandboxIssue issue = visible(call);
        call.caller().required();
        String key = call.path("key");
        if (key.length() > 255) {
            throw Refusal.of(400, "The length of the property key cannot exceed 255 characters.");
        }
        if (call.request().body().length == 0 || call.request().body().length > LONGEST_PROPERTY) {
            throw Refusal.of(400, "The value must be non-empty JSON of at most " + LONGEST_PROPERTY + " characters.");
        }
        boolean isNew = !issue.properties().containsKey(key);
        store.setProperty(issue, key, call.request().json());
        return Answer.empty(isNew ? 201 : 200);
    }

    private String selfOfProperty(SandboxIssue issue, String key) {
        return site.self("issue/" + issue.id() + "/properties/" + key);
    }
}
