package io.faradaybridge.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call of the API answered.
 *
 * @param status of HTTP
 * @param body the JSON as maps, lists and simple values; null if there is none
 * @param cookies the values of {@code Set-Cookie}
 */
record Answer(int status, @Nullable Object body, List<String> cookies) {

    static Answer of(int status, Map<String, Object> body) {
        return new Answer(status, body, List.of());
    }

    boolean ok() {
        return status < 300;
    }

    /** The text of an error without a field; empty if all its texts belong to fields. */
    String problem() {
        return ok() || !(body instanceof Map<?, ?> map) || !(map.get("message") instanceof String text) ? "" : text;
    }

    /** The texts of an error by the field of the body that they are about. */
    Map<String, List<String>> errors() {
        Map<String, List<String>> errors = new LinkedHashMap<>();
        if (!ok()
                && body instanceof Map<?, ?> map
                && map.get("messages") instanceof Map<?, ?> messages
                && messages.get("json") instanceof Map<?, ?> fields) {
            fields.forEach((field, texts) -> errors.put(String.valueOf(field), texts(texts)));
        }
        return errors;
    }

    private static List<String> texts(@Nullable Object texts) {
        List<String> found = new ArrayList<>();
        if (texts instanceof List<?> list) {
            list.forEach(text -> found.add(String.valueOf(text)));
        } else {
            found.add(String.valueOf(texts));
        }
        return found;
    }

    /** As templates see it: {@code ok}, {@code status}, {@code body}, {@code problem}. */
    Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("ok", ok());
        shown.put("status", status);
        shown.put("problem", problem());
        shown.put("errors", errors());
        if (body != null) {
            shown.put("body", body);
        }
        return shown;
    }
}
