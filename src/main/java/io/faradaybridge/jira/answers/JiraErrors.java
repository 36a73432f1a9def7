package io.faradaybridge.jira.answers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Jira's messages in an error: {@code errorMessages}, {@code errors} by field or as a list, a plain text, or the
 * message of an app inside Jira.
 */
public record JiraErrors(List<String> messages, Map<String, String> fields) {

    private static final List<String> TEXTS = List.of("message", "errorMessage");

    public static JiraErrors in(JsonNode body) {
        List<String> messages = new ArrayList<>();
        add(messages, body.path("errorMessages"));
        for (String name : TEXTS) {
            add(messages, body.path(name));
        }
        Map<String, String> fields = new LinkedHashMap<>();
        JsonNode errors = body.path("errors");
        if (errors.isObject()) {
            errors.properties()
                    .forEach(
                            field -> fields.put(field.getKey(), field.getValue().asText()));
        } else {
            add(messages, errors);
        }
        return new JiraErrors(messages, fields);
    }

    /** Like {@link #in}, also for a bulk creation: the messages of all its elements, each once. */
    public static JiraErrors everywhereIn(JsonNode body) {
        JiraErrors all = in(body);
        List<String> messages = new ArrayList<>(all.messages());
        body.path("errors").forEach(element -> {
            for (String message : in(element.path("elementErrors")).messages()) {
                if (!messages.contains(message)) {
                    messages.add(message);
                }
            }
        });
        return new JiraErrors(messages, all.fields());
    }

    /** A text, a list of texts, or a list of objects that have one. */
    private static void add(List<String> messages, JsonNode error) {
        if (error.isArray()) {
            error.forEach(each -> add(messages, each));
        } else if (error.isObject()) {
            TEXTS.forEach(name -> add(messages, error.path(name)));
        } else if (error.isTextual() && !error.asText().isBlank()) {
            messages.add(error.asText());
        }
    }

    /** All messages in one line; empty if Jira gave no reason. */
    public String text() {
        String byField = fields.entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue())
                .collect(Collectors.joining("; "));
        String all =
                messages.isEmpty() ? byField : String.join("; ", messages) + (byField.isEmpty() ? "" : "; " + byField);
        return everyFieldIsOffScreen()
                ? all + " (if this is about every field, the bridge's account may lack the permission to create"
                        + " issues in this project)"
                : all;
    }

    private boolean everyFieldIsOffScreen() {
        return !fields.isEmpty()
                && fields.values().stream().allMatch(message -> message.contains("not on the appropriate screen"));
    }
}
