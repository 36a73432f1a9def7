package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import io.faradaybridge.sandbox.jira.Routes.Call;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** {@code /issue/{issue}/remotelink}: links of issues to pages elsewhere; one for each global id. */
final class RemoteLinkResource {

    private static final int LONGEST = 255;

    private final Site site;
    private final IssueResource issues;
    private final Permissions permissions;
    /** By issue id, then by global id, which Jira makes up if none is given. */
    private final Map<String, Map<String, ObjectNode>> links = new ConcurrentHashMap<>();

    private long lastId = 30_000;

    RemoteLinkResource(Site site, IssueResource issues, Permissions permissions) {
        this.site = site;
        this.issues = issues;
        this.permissions = permissions;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/issue/{issue}/remotelink", this::read)
                .on("POST", "/issue/{issue}/remotelink", this::createOrUpdate)
                .on("DELETE", "/issue/{issue}/remotelink", this::delete);
    }

    synchronized List<JsonNode> of(SandboxIssue issue) {
        return List.copyOf(links.getOrDefault(issue.id(), Map.of()).values());
    }

    private Answer read(Call call) {
        List<JsonNode> all = of(issues.visible(call));
        Optional<String> wanted = call.request().query("globalId");
        if (wanted.isEmpty()) {
            return Answer.json(200, Json.value(all));
        }
        return all.stream()
                .filter(link -> link.path("globalId").asText().equals(wanted.get()))
                .findFirst()
                .map(link -> Answer.json(200, link))
                .orElseThrow(() -> Refusal.of(404, "No remote link with this global id exists for the issue."));
    }

    /** What is not given is set to null. */
    private synchronized Answer createOrUpdate(Call call) {
        SandboxIssue issue = linkable(call);
        JsonNode sent = call.request().json();
        Map<String, String> errors = errors(sent);
        if (!errors.isEmpty()) {
            throw Refusal.ofFields(errors);
        }
        Map<String, ObjectNode> ofIssue = links.computeIfAbsent(issue.id(), id -> new LinkedHashMap<>());
        String globalId = sent.path("globalId").asText("");
        ObjectNode known = ofIssue.get(globalId);
        long id = known == null ? ++lastId : known.path("id").asLong();
        String self = site.self("issue/" + issue.key() + "/remotelink/" + id);
        ObjectNode link = Json.object("id", id, "self", self);
        List.of("globalId", "application", "relationship", "object").forEach(part -> {
            if (sent.has(part)) {
                link.set(part, sent.get(part));
            }
        });
        ofIssue.put(globalId.isEmpty() ? self : globalId, link);
        return Answer.json(known == null && site.isCloud() ? 201 : 200, Json.object("id", id, "self", self));
    }

    private static Map<String, String> errors(JsonNode sent) {
        Map<String, String> errors = new LinkedHashMap<>();
        for (String part : List.of("title", "url")) {
            if (sent.path("object").path(part).asText("").isBlank()) {
                errors.put(part, "'" + part + "' is required.");
            }
        }
        Map<String, String> bounded = Map.of(
                "globalId",
                sent.path("globalId").asText(),
                "title",
                sent.at("/object/title").asText());
        bounded.forEach((part, text) -> {
            if (text.length() > LONGEST) {
                errors.put(part, "'" + part + "' must have at most " + LONGEST + " characters.");
            }
        });
        List.of("/object/url", "/object/icon/url16x16", "/object/status/icon/url16x16")
                .forEach(place -> {
                    JsonNode url = sent.at(place);
                    if (url.isTextual() && !url.asText().isBlank() && !isAbsolute(url.asText())) {
                        errors.put(
                                place.substring(place.lastIndexOf('/') + 1),
                                "'" + url.asText() + "' is not a valid URL.");
                    }
                });
        return errors;
    }

    private static boolean isAbsolute(String url) {
        try {
            return URI.create(url).isAbsolute();
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private synchronized Answer delete(Call call) {
        SandboxIssue issue = linkable(call);
        String globalId = call.request()
                .query("globalId")
                .orElseThrow(() -> Refusal.of(400, "The global id of the remote link is required."));
        if (links.getOrDefault(issue.id(), Map.of()).remove(globalId) == null) {
            throw Refusal.of(404, "No remote link with this global id exists for the issue.");
        }
        return Answer.empty(204);
    }

    private SandboxIssue linkable(Call call) {
        SandboxIssue issue = issues.visible(call);
        if (!permissions.has(call.caller(), Permission.LINK, issues.projectOf(issue))) {
            throw Refusal.of(403, "You do not have the permission to link issues in this project.");
        }
        return issue;
    }
}
