package io.faradaybridge.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Jira's own words in an error: {@code errorMessages}, {@code errors} by field, or a text of its own.*/
record JiraErrors(List<String> messages, Map<String, String> fields) {

    static JiraErrors in(JsonNode body) {
        List<String> messages = new ArrayList<>();
        body.path("errorMessages").forEach(message -> messages.add(message.asText()));
        if (body.path("message").isTextual()) {
            messages.add(body.path("message").asText());
        }
        Map<String, String> fields = new LinkedHashMap<>();
        JsonNode errors = body.path("errors");
        if (errors.isObject()) {
            errors.properties()
                    .forEach(
                            field -> fields.put(field.getKey(), field.getValue().asText()));
        }
        return new JiraErrors(messages, fields);
    }

    /** One line for a person, or empty where Jira gave no reason. */
    String text() {
        String told = fields.entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue())
                .collect(Collectors.joining("; "));
        String all = messages.isEmpty() ? told : String.join("; ", messages) + (told.isEmpty() ? "" : "; " + told);
        return everyFieldIsOffScreen()
                ? all + " (when it says so of every field, Jira's account may lack the permission"
                        + " to create issues in this project)"
                : all;
    }

    private boolean everyFieldIsOffScreen() {
        return !fields.isEmpty()
                && fields.values().stream().allMatch(message -> message.contains("not on the appropriate screen"));
    }
}
