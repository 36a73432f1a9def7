package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** An answer that ends a request early, in one of Jira's error shapes. */
final class Refusal extends RuntimeException {

    private final transient Answer answer;

    Refusal(Answer answer) {
        super("HTTP " + answer.status(), null, false, false);
        this.answer = answer;
    }

    static Refusal of(int status, String message) {
        return new Refusal(Answer.json(status, errors(List.of(message), Map.of())));
    }

    static Refusal ofFields(Map<String, String> fieldErrors) {
        return new Refusal(Answer.json(400, errors(List.of(), fieldErrors)));
    }

    /** The shape of errors that Jira's REST framework answers itself, such as 401. */
    static Refusal ofFramework(int status, String message) {
        return new Refusal(Answer.json(status, Json.object("message", message, "status-code", status)));
    }

    static ObjectNode errors(List<String> messages, Map<String, String> fieldErrors) {
        return Json.object("errorMessages", messages, "errors", fieldErrors);
    }

    Answer answer() {
        return answer;
    }
}
