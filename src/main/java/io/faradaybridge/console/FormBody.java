package io.faradaybridge.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.web.InvalidRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the body of a call from the controls of a form. A control's name is the place of its value in the body, as a
 * JSON pointer, after the kind of the value: {@code text:/url}, {@code int:/export_rule/limit_per_hour}. Names without
 * a pointer are not part of the body.
 *
 * <ul>
 *   <li>{@code text} as typed; {@code optional} left out if empty; {@code null} null if empty
 *   <li>{@code int} a whole number, left out if empty; {@code number} any
 *   <li>{@code yes} true for {@code true}, else false: the last control of that name counts, so that a hidden
 *       {@code false} stands before a check box
 *   <li>{@code day} the last second of a day in UTC, as a time; null if empty
 *   <li>{@code list} all controls of the name; {@code lines} the lines of a text; {@code numbers} whole numbers,
 *       divided by commas or spaces
 *   <li>{@code object} an empty object, for a part of the body that may have no keys
 *   <li>{@code json} any value as JSON; what cannot be read as such is a text
 *   <li>{@code pairs} an object of texts, from lines such as {@code Resolution: Fixed}
 * </ul>
 *
 * <p>A {@code ?} after the kind, as in {@code lines?:/fields/labels/value}, leaves out a value that is empty.
 *
 * <p>A button may try a form instead of saving it: its control {@code _try} is the pointer below which the call that tries
 * expects the body. Controls whose names begin with {@code try:} then count too, from the body's root, and those that begin
 * with {@code save:} do not.
 */
final class FormBody {

    static final String TRY = "_try";

    private static final String ONLY_TRYING = "try:";
    private static final String ONLY_SAVING = "save:";
    private static final ObjectMapper JSON = new ObjectMapper();

    private FormBody() {}

    static Map<String, Object> of(Map<String, List<String>> controls) {
        List<String> tried = controls.get(TRY);
        String below = tried == null ? "" : tried.get(0);
        Map<String, Object> body = new LinkedHashMap<>();
        controls.forEach((name, values) -> {
            if (name.startsWith(ONLY_TRYING)) {
                if (tried != null) {
                    put(body, name.substring(ONLY_TRYING.length()), "", values);
                }
            } else if (!name.startsWith(ONLY_SAVING)) {
                put(body, name, below, values);
            } else if (tried == null) {
                put(body, name.substring(ONLY_SAVING.length()), "", values);
            }
        });
        return body;
    }

    private static void put(Map<String, Object> body, String name, String below, List<String> values) {
        int colon = name.indexOf(":/");
        if (colon > 0) {
            String kind = name.substring(0, colon);
            boolean mayBeEmpty = !kind.endsWith("?");
            String pointer = below + name.substring(colon + 1);
            put(
                    body,
                    pointer.substring(1).split("/", -1),
                    kind(mayBeEmpty ? kind : kind.substring(0, kind.length() - 1)),
                    mayBeEmpty,
                    values);
        }
    }

    private enum Kind {
        TEXT,
        OPTIONAL,
        NULL,
        INT,
        NUMBER,
        YES,
        DAY,
        LIST,
        LINES,
        NUMBERS,
        OBJECT,
        JSON,
        PAIRS
    }

    private static Kind kind(String name) {
        for (Kind kind : Kind.values()) {
            if (kind.name().equalsIgnoreCase(name)) {
                return kind;
            }
        }
        throw new InvalidRequest(name, "is no kind of a form's value");
    }

    private static void put(
            Map<String, Object> body, String[] pointer, Kind kind, boolean mayBeEmpty, List<String> values) {
        String text = values.get(values.size() - 1);
        boolean mayBeLeftOut = kind == Kind.OPTIONAL || kind == Kind.INT || kind == Kind.NUMBER;
        Object value = mayBeLeftOut && text.isBlank() ? "" : value(kind, text, values);
        if ((mayBeLeftOut || !mayBeEmpty) && empty(value)) {
            return;
        }
        Map<String, Object> place = body;
        for (int i = 0; i < pointer.length - 1; i++) {
            place = inner(place, unescaped(pointer[i]));
        }
        String key = unescaped(pointer[pointer.length - 1]);
        if (kind == Kind.OBJECT) {
            inner(place, key);
        } else {
            place.put(key, value);
        }
    }

    private static boolean empty(@Nullable Object value) {
        return value == null
                || (value instanceof String text && text.isBlank())
                || (value instanceof Collection<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> inner(Map<String, Object> place, String key) {
        Object there = place.computeIfAbsent(key, name -> new LinkedHashMap<String, Object>());
        if (!(there instanceof Map)) {
            throw new InvalidRequest(key, "is a value and an object at once in this form");
        }
        return (Map<String, Object>) there;
    }

    private static String unescaped(String token) {
        return token.replace("~1", "/").replace("~0", "~");
    }

    private static @Nullable Object value(Kind kind, String text, List<String> values) {
        return switch (kind) {
            case TEXT, OPTIONAL -> text;
            case NULL -> text.isBlank() ? null : text;
            case INT -> whole(text.strip());
            case NUMBER -> number(text.strip());
            case DAY -> text.isBlank() ? null : text.strip() + "T23:59:59Z";
            case YES -> text.equals("true");
            case LIST -> values.stream().filter(value -> !value.isBlank()).toList();
            case LINES ->
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
            case NUMBERS -> numbers(values);
            case OBJECT -> Map.of();
            case JSON -> json(text);
            case PAIRS -> pairs(text);
        };
    }

    private static @Nullable Object json(String text) {
        try {
            return JSON.readValue(text, Object.class);
        } catch (JsonProcessingException notJson) {
            return text;
        }
    }

    private static Map<String, Object> pairs(String text) {
        Map<String, Object> pairs = new LinkedHashMap<>();
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            int colon = line.indexOf(':');
            pairs.put(
                    colon < 0 ? line : line.substring(0, colon).strip(),
                    colon < 0 ? "" : line.substring(colon + 1).strip());
        });
        return pairs;
    }

    private static List<Object> numbers(List<String> values) {
        List<Object> numbers = new ArrayList<>();
        for (String value : values) {
            for (String part : value.split("[,\\s]+", -1)) {
                if (!part.isEmpty()) {
                    numbers.add(whole(part));
                }
            }
        }
        return numbers;
    }

    /** What is no number stays a text, so that the API says what is wrong with it. */
    private static Object whole(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException notANumber) {
            return text;
        }
    }

    private static Object number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException notANumber) {
            return text;
        }
    }
}
