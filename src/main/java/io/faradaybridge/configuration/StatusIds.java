package io.faradaybridge.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.JiraStatus;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ids of Jira's statuses by the names in the mapping. A workflow may have two statuses whose names differ only in
 * case, so the exact spelling is tried first.
 */
record StatusIds(Map<String, String> asWritten, Map<String, String> anyCase) {

    static StatusIds read(JsonNode stored) {
        StatusIds ids = new StatusIds(new TreeMap<>(), new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
        stored.properties().forEach(entry -> {
            String id = entry.getValue().asText("").strip();
            ids.asWritten().put(entry.getKey().strip(), id);
            ids.anyCase().put(entry.getKey().strip(), id);
        });
        return ids;
    }

    /** Empty if it is not known. */
    String of(String name) {
        return asWritten.getOrDefault(name, anyCase.getOrDefault(name, ""));
    }

    JiraStatus status(String name) {
        return new JiraStatus(of(name.strip()), name.strip());
    }
}
