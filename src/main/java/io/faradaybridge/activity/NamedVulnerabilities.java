package io.faradaybridge.activity;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.tables.Json;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/** The vulnerabilities that a message names, as far as it can be read. They decide which users may see it. */
public final class NamedVulnerabilities {

    private static final int MOST = 10_000;

    private NamedVulnerabilities() {}

    public static Set<Integer> in(byte[] body) {
        Set<Integer> ids = new LinkedHashSet<>();
        try {
            JsonNode json = Json.MAPPER.readTree(body);
            add(json.path("vulnerability_id"), ids);
            json.path("vulnerability_ids").forEach(id -> add(id, ids));
        } catch (IOException unreadable) {
            ids.clear();
        }
        return ids;
    }

    private static void add(JsonNode id, Set<Integer> ids) {
        if (id.isIntegralNumber() && id.canConvertToInt() && ids.size() < MOST) {
            ids.add(id.asInt());
        }
    }
}
