package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import io.faradaybridge.sandbox.jira.Routes.Call;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The comments of an issue and their properties. That {@code expand=properties} lists properties is written in none of
 * Atlassian's documents; here Data Center 11 does, so that both kinds are there. Cloud says {@code jsdPublic} instead.
 */
final class CommentResource {

    static final String INTERNAL = "sd.public.comment";
    private static final int LONGEST = 32_767;

    private final Site site;
    private final IssueStore store;
    private final IssueResource issues;
    private final Permissions permissions;

    CommentResource(Site site, IssueStore store, IssueResource issues, Permissions permissions) {
        this.site = site;
        this.store = store;
        this.issues = issues;
        this.permissions = permissions;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/issue/{issue}/comment", this::page)
                .on("POST", "/issue/{issue}/comment", this::add)
                .on("GET", "/comment/{comment}/properties/{key}", this::property);
    }

    private Answer page(Call call) {
        List<JsonNode> comments = new ArrayList<>(issues.visible(call).comments());
        String order = call.request().query("orderBy").orElse("created");
        if (site.isCloud() && !List.of("created", "+created", "-created").contains(order)) {
            throw Refusal.of(400, "orderBy must be created.");
        }
        if (order.equals("-created")) {
            Collections.reverse(comments);
        }
        boolean properties = site.isEleven()
                && Routes.commaSeparated(call.request().query("expand")).contains("properties");
        int from = number(call, "startAt", 0);
        int most = number(call, "maxResults", site.isCloud() ? 5000 : 50);
        ArrayNode shown = Json.MAPPER.createArrayNode();
        comments.stream().skip(from).limit(most).forEach(comment -> shown.add(shown(comment, properties)));
        return Answer.json(
                200, Json.object("startAt", from, "maxResults", most, "total", comments.size(), "comments", shown));
    }

    private static int number(Call call, String name, int otherwise) {
        return call.request().query(name).map(Integer::valueOf).orElse(otherwise);
    }

    private ObjectNode shown(JsonNode comment, boolean properties) {
        ObjectNode shown = comment.deepCopy();
        if (!properties) {
            shown.remove("properties");
        }
        if (site.isCloud()) {
            shown.put("jsdPublic", !isInternal(comment));
        }
        return shown;
    }

    private static boolean isInternal(JsonNode comment) {
        return valueOf(comment, INTERNAL)
                .filter(value -> value.path("internal").asBoolean())
                .isPresent();
    }

    private static Optional<JsonNode> valueOf(JsonNode comment, String key) {
        for (JsonNode property : comment.path("properties")) {
            if (property.path("key").asText().equals(key)) {
                return Optional.of(property.path("value"));
            }
        }
        return Optional.empty();
    }

    private Answer add(Call call) {
        SandboxIssue issue = issues.visible(call);
        Person author = call.caller().required();
        if (!permissions.has(call.caller(), Permission.COMMENT, issues.projectOf(issue))) {
            throw Refusal.of(403, "You do not have the permission to comment on this issue.");
        }
        JsonNode body = call.request().json();
        String text = body.path("body").asText("");
        if (text.isBlank()) {
            throw Refusal.ofFields(Map.of("comment", "Comment body can not be empty!"));
        }
        if (text.length() > LONGEST) {
            throw Refusal.ofFields(Map.of(
                    "comment", "The entered text is too long. It exceeds the allowed limit of 32,767 characters."));
        }
        ObjectNode more = Json.MAPPER.createObjectNode();
        List.of("visibility", "properties").forEach(part -> {
            if (body.has(part)) {
                more.set(part, body.path(part));
            }
        });
        ObjectNode added = store.comment(issue, author.json(site), text, more);
        return Answer.json(201, shown(added, false));
    }

    private Answer property(Call call) {
        String id = call.path("comment");
        JsonNode comment = store.all().stream()
                .flatMap(issue -> issue.comments().stream())
                .filter(candidate -> candidate.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.of(404, "Can not find a comment for the id: " + id + "."));
        String key = call.path("key");
        JsonNode value = valueOf(comment, key)
                .orElseThrow(() -> Refusal.of(404, "The property with key " + key + " does not exist."));
        return Answer.json(200, Json.object("key", key, "value", value));
    }
}
