package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.faradaybridge.sandbox.jira.Oddities.Oddity;
import io.faradaybridge.sandbox.jira.Routes.Call;
import io.faradaybridge.sandbox.jira.Workflow.Transition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What may happen to an issue next, and making it happen. */
final class TransitionResource {

    private final Site site;
    private final Catalogue catalogue;
    private final FieldValues values;
    private final IssueStore store;
    private final IssueResource issues;
    private final Transitions transitions;
    private final Oddities oddities;

    TransitionResource(
            Site site,
            Catalogue catalogue,
            FieldValues values,
            IssueStore store,
            IssueResource issues,
            Transitions transitions,
            Oddities oddities) {
        this.site = site;
        this.catalogue = catalogue;
        this.values = values;
        this.store = store;
        this.issues = issues;
        this.transitions = transitions;
        this.oddities = oddities;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/issue/{issue}/transitions", this::list).on("POST", "/issue/{issue}/transitions", this::move);
    }

    private Answer list(Call call) {
        SandboxIssue issue = issues.visible(call);
        boolean withFields = call.request().query("expand").orElse("").contains("transitions.fields");
        Optional<String> only = call.request().query("transitionId");
        return Answer.json(
                200,
                Json.object(
                        "expand",
                        "transitions",
                        "transitions",
                        transitions
                                .offered(call.caller(), issue)
                                .filter(transition ->
                                        only.isEmpty() || only.get().equals(transition.id()))
                                .map(transition -> transitions.json(transition, withFields))
                                .toList()));
    }

    private Answer move(Call call) {
        JsonNode body = call.request().json();
        SandboxIssue issue = issues.visible(call);
        Person person = call.caller().required();
        JsonNode id = body.path("transition").path("id");
        if (id.isMissingNode()) {
            throw Refusal.of(400, "Missing 'transition' identifier");
        }
        if (!id.isTextual()) {
            throw Refusal.of(400, "Can not deserialize instance of java.lang.String: the transition's id is a string");
        }
        Transition transition = transitions
                .offered(call.caller(), issue)
                .filter(candidate -> candidate.id().equals(id.asText()))
                .findFirst()
                .orElseThrow(() -> notOffered(id.asText()));
        Map<String, JsonNode> fields = IssueStore.withResolution(
                transition.to(), accepted(transition, body.path("fields")), catalogue.resolutionWhenDone());
        added(transition, body.path("update"), issue, person).ifPresent(comments -> fields.put("comment", comments));
        if (store.setStatus(issue, transition.to(), fields, person.name()).isEmpty()) {
            throw site.isCloud()
                    ? Refusal.of(409, "The issue was changed by another request at the same time.")
                    : notOffered(transition.id());
        }
        return Answer.empty(204);
    }

    private Refusal notOffered(String id) {
        boolean number = id.matches("\\d+");
        if (oddities.has(Oddity.INVALID_TRANSITION_IS_500) || (!number && !site.isCloud())) {
            return Refusal.of(500, "Internal server error");
        }
        return Refusal.of(
                400,
                site.isCloud()
                        ? "Transition id '" + id + "' is not valid for this issue."
                        : "It seems that you have tried to perform a workflow operation that is not valid for the"
                                + " current state of this issue. It is likely that somebody has changed the issue"
                                + " recently, please look at the issue history for details.");
    }

    /** Of {@code update} only a comment is known here: {@code {"comment": [{"add": {"body": ".."}}]}}. */
    private Optional<JsonNode> added(Transition transition, JsonNode update, SandboxIssue issue, Person author) {
        Map<String, String> errors = new LinkedHashMap<>();
        update.fieldNames().forEachRemaining(field -> {
            if (!transition.screen().containsKey(field)) {
                errors.put(field, IssueCreation.notOnScreen(field));
            } else if (!field.equals("comment")) {
                errors.put(field, "the sandbox does not know how to update this field");
            }
        });
        ArrayNode comments = Json.MAPPER.createArrayNode();
        issue.fields()
                .getOrDefault("comment", MissingNode.getInstance())
                .path("comments")
                .forEach(comments::add);
        for (JsonNode operation : update.path("comment")) {
            String text = operation.at("/add/body").asText("");
            if (text.isBlank()) {
                errors.put("comment", "Comment body can not be empty!");
            }
            comments.add(store.newComment(author.json(site), text));
        }
        if (!errors.isEmpty()) {
            throw Refusal.ofFields(errors);
        }
        return update.has("comment")
                ? Optional.of(Json.object("comments", comments, "total", comments.size()))
                : Optional.empty();
    }

    private Map<String, JsonNode> accepted(Transition transition, JsonNode sent) {
        Map<String, JsonNode> accepted = new LinkedHashMap<>();
        Map<String, String> errors = new LinkedHashMap<>();
        sent.properties().forEach(entry -> {
            Field field = transition.screen().get(entry.getKey());
            if (field == null) {
                errors.put(entry.getKey(), IssueCreation.notOnScreen(entry.getKey()));
                return;
            }
            try {
                accepted.put(field.id(), values.accept(field, entry.getValue()));
            } catch (FieldValues.Refused refused) {
                errors.put(field.id(), refused.getMessage());
            }
        });
        transition.screen().values().stream()
                .filter(field -> field.required() && !sent.has(field.id()))
                .forEach(field -> errors.put(field.id(), values.required(field)));
        if (!errors.isEmpty()) {
            throw Refusal.ofFields(errors);
        }
        return accepted;
    }
}
