package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.jira.Routes.Call;
import java.time.Duration;
import java.util.Locale;

/**
 * {@code /sandbox}: people at work in Jira, and trouble on demand, by plain HTTP without signing in. Not a part of any
 * real Jira.
 */
final class ControlPlane {

    private final SandboxJira jira;
    private final Routes routes;

    ControlPlane(SandboxJira jira) {
        this.jira = jira;
        this.routes = new Routes()
                .on(
                        "GET",
                        "/issues",
                        call -> ok(
                                jira.issues().stream().map(ControlPlane::json).toList()))
                .on(
                        "POST",
                        "/issues",
                        call -> ok(json(
                                jira.createPerson(text(call, "project"), text(call, "type"), text(call, "summary")))))
                .on("GET", "/issues/{key}", call -> ok(json(jira.issue(call.path("key")))))
                .on("DELETE", "/issues/{key}", call -> {
                    jira.deletePerson(call.path("key"));
                    return Answer.empty(204);
                })
                .on("POST", "/issues/{key}/move", this::move)
                .on(
                        "POST",
                        "/issues/{key}/project",
                        call -> ok(json(jira.moveToProject(call.path("key"), text(call, "project")))))
                .on("PUT", "/projects/{key}/key", call -> {
                    jira.renameProject(call.path("key"), text(call, "key"));
                    return Answer.empty(204);
                })
                .on(
                        "GET",
                        "/requests",
                        call -> ok(
                                jira.requests().stream().map(ControlPlane::json).toList()))
                .on("DELETE", "/requests", call -> {
                    jira.clearRequests();
                    return Answer.empty(204);
                })
                .on(
                        "GET",
                        "/faults",
                        call -> ok(jira.faults().rules().stream()
                                .map(ControlPlane::json)
                                .toList()))
                .on("POST", "/faults", this::addFault)
                .on("DELETE", "/faults", call -> {
                    jira.faults().clear();
                    return Answer.empty(204);
                })
                .on("POST", "/calm", call -> {
                    jira.calm();
                    return Answer.empty(204);
                })
                .on("PUT", "/search-lag", this::searchLag)
                .on("PUT", "/automation", this::automation)
                .on("GET", "/automation", call -> ok(jira.automation().deliveries()))
                .on("PUT", "/oddities/{oddity}", call -> {
                    jira.oddities().enable(oddity(call));
                    return Answer.empty(204);
                })
                .on("DELETE", "/oddities/{oddity}", call -> {
                    jira.oddities().disable(oddity(call));
                    return Answer.empty(204);
                })
                .on("POST", "/application-links", call -> {
                    jira.link(text(call, "consumerKey"), Keys.publicKey(text(call, "publicKey")));
                    return Answer.empty(204);
                })
                .on("POST", "/tokens/{token}/expire", call -> {
                    jira.expireToken(call.path("token"));
                    return Answer.empty(204);
                })
                .on("POST", "/tokens/{token}/revoke", call -> {
                    jira.revokeToken(call.path("token"));
                    return Answer.empty(204);
                });
    }

    /** @param path below {@code /sandbox} */
    Answer answer(RawRequest request, String path) {
        try {
            return routes.answer(request, path, Caller.anonymous("OK"));
        } catch (Refusal refusal) {
            return refusal.answer();
        } catch (IllegalArgumentException unusable) {
            return Answer.json(400, Json.object("message", unusable.getMessage()));
        }
    }

    private static Answer ok(Object body) {
        return Answer.json(200, Json.value(body));
    }

    private Answer move(Call call) {
        JsonNode body = call.request().json();
        String person = body.path("person").asText("jdoe");
        boolean byWorkflow = body.path("honourWorkflow").asBoolean(false);
        return ok(json(jira.movePerson(call.path("key"), text(call, "status"), person, byWorkflow)));
    }

    private Answer addFault(Call call) {
        JsonNode body = call.request().json();
        Fault.Kind kind = Fault.Kind.valueOf(text(call, "fault").toUpperCase(Locale.ROOT));
        Fault fault = new Fault(
                kind,
                body.path("status").asInt(500),
                Duration.ofMillis(body.path("delayMs").asLong(0)));
        String method = body.path("method").asText("*");
        String path = body.path("path").asText("^/rest/");
        if (body.has("probability")) {
            jira.faults().sometimes(body.get("probability").asDouble(), method, path, fault);
        } else {
            jira.faults().next(body.path("times").asInt(1), method, path, fault);
        }
        return Answer.empty(204);
    }

    private Answer searchLag(Call call) {
        JsonNode body = call.request().json();
        jira.faults()
                .searchLag(
                        Duration.ofMillis(body.path("minMs").asLong(1_000)),
                        Duration.ofMillis(body.path("maxMs").asLong(60_000)));
        return Answer.empty(204);
    }

    private Answer automation(Call call) {
        JsonNode body = call.request().json();
        Automation rule = jira.automation();
        if (body.has("url")) {
            rule.postTo(body.get("url").asText(), body.path("token").asText());
        }
        if (body.has("enabled")) {
            rule.enabled(body.get("enabled").asBoolean());
        }
        if (body.has("delayMaxMs")) {
            rule.delay(
                    Duration.ofMillis(body.path("delayMinMs").asLong(0)),
                    Duration.ofMillis(body.get("delayMaxMs").asLong()));
        }
        if (body.has("reorder")) {
            rule.reorders(body.get("reorder").asBoolean());
        }
        if (body.has("loss")) {
            rule.loses(body.get("loss").asDouble());
        }
        if (body.has("duplication")) {
            rule.duplicates(body.get("duplication").asDouble());
        }
        return Answer.empty(204);
    }

    private static Oddities.Oddity oddity(Call call) {
        return Oddities.Oddity.valueOf(call.path("oddity").toUpperCase(Locale.ROOT));
    }

    private static String text(Call call, String name) {
        String text = call.request().json().path(name).asText();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("The body needs \"" + name + "\".");
        }
        return text;
    }

    private static ObjectNode json(SandboxIssue issue) {
        return Json.object(
                "id", issue.id(),
                "key", issue.key(),
                "project", issue.project(),
                "type", issue.type(),
                "status", issue.statusName(),
                "summary", issue.summary(),
                "fields", issue.fields(),
                "properties", issue.properties(),
                "changes",
                        issue.changelog().stream()
                                .map(change -> Site.timestamp(change.at()) + " " + change.author() + ": "
                                        + change.items().stream()
                                                .map(item ->
                                                        item.field() + " " + item.fromName() + " -> " + item.toName())
                                                .toList())
                                .toList());
    }

    private static ObjectNode json(ReceivedCall call) {
        return Json.object(
                "kind", call.kind().name(),
                "method", call.method(),
                "path", call.path(),
                "query", call.query(),
                "status", call.status(),
                "at", Site.timestamp(call.at()));
    }

    private static ObjectNode json(Faults.Rule rule) {
        return Json.object(
                "fault", rule.fault().kind().name(),
                "status", rule.fault().status(),
                "delayMs", rule.fault().delay().toMillis(),
                "method", rule.method(),
                "path", rule.path().pattern(),
                "probability", rule.probability(),
                "times", rule.remaining());
    }
}
