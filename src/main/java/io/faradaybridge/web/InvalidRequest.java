package io.faradaybridge.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request cannot be accepted as it is: 400 in Faraday's form, {@code {"messages": {"json": {"<field>": ["<why>"]}}}}.
 * No part of the request was carried out. A message says what was expected and holds no secret.
 */
public class InvalidRequest extends RuntimeException {

    private static final int LONGEST_SHOWN = 60;

    private final transient Map<String, List<String>> fields;

    public InvalidRequest(String field, String message) {
        this(Map.of(field, List.of(message)));
    }

    /** @param fields at least one field, each with what is wrong with it */
    public InvalidRequest(Map<String, List<String>> fields) {
        super(fields.toString(), null, false, false);
        this.fields = Map.copyOf(new LinkedHashMap<>(fields));
    }

    /** A text of a caller, cut for a message. */
    public static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }

    public final Map<String, List<String>> fields() {
        return fields;
    }

    /** All fields in one line, for answers without fields, such as {@code url is missing; type must be ..}. */
    public final String text() {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + " " + String.join(", ", field.getValue()))
                .collect(Collectors.joining("; "));
    }
}
