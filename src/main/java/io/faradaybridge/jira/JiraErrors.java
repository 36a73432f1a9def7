package io.faradaybridge.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Jira's own words in an error: {@code errorMessages}, {@code errors} by field or as a list, a text of its own, or the words of
 * an app that answers in Jira's name.
 */
record JiraErrors(List<String> messages, Map<String, String> fields) {

    private static final List<String> TEXTS = List.of("message", "errorMessage");

    static JiraErrors in(JsonNode body) {
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

    /** The same of a bulk creation too, each of its elements' words once. */
    static JiraErrors everywhereIn(JsonNode body) {
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

    /** A text, a list of texts, or a list of things that have one. */
    private static void add(List<String> messages, JsonNode words) {
        if (words.isArray()) {
            words.forEach(each -> add(messages, each));
        } else if (words.isObject()) {
            TEXTS.forEach(name -> add(messages, words.path(name)));
        } else if (words.isTextual() && !words.asText().isBlank()) {
            messages.add(words.asText());
        }
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
