package io.faradaybridge.jinja2;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Templates with what Python's Jinja2 made of them, recorded by {@code src/test/python/record_jinja.py}. */
final class Corpus {

    private static final List<String> FILES =
            List.of("expressions", "faraday", "filters", "methods", "scoping", "statements", "tests", "whitespace");

    record Case(String name, String template, Map<String, Object> data, Outcome python) {}

    private Corpus() {}

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        try {
            JsonNode data = Outcome.json(text("data.json"));
            for (String file : FILES) {
                for (String line : text(file + ".jsonl").split("\n")) {
                    JsonNode recorded = Outcome.json(line);
                    cases.add(new Case(
                            recorded.get("name").textValue(),
                            recorded.get("template").textValue(),
                            map(data.path(recorded.get("data").textValue())),
                            Outcome.recorded(recorded)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(JsonNode node) {
        return (Map<String, Object>) Outcome.data(node);
    }

    /** Names of cases in which this interpreter differs, and why. */
    static Map<String, String> knownDifferences() {
        Map<String, String> reasons = new LinkedHashMap<>();
        try {
            for (String line : text("differences.txt").split("\n")) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.split(": ", 2);
                    reasons.put(parts[0], parts[1]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reasons;
    }

    private static String text(String file) throws IOException {
        try (InputStream in = Corpus.class.getResourceAsStream("/jinja/corpus/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
