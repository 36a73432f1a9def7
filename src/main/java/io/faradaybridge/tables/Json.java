package io.faradaybridge.tables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The mapper for JSON that the bridge keeps, in a column, a header, a cookie or a secret. */
public final class Json {

    public static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** @param value of texts, numbers, lists, maps and records, which are always JSON */
    public static String written(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A " + value.getClass().getSimpleName() + " is not JSON", e);
        }
    }
}
