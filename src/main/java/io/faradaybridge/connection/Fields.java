package io.faradaybridge.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.web.InvalidRequest;

/** The texts of a request's body. */
final class Fields {

    private static final int LONGEST = 4000;

    private Fields() {}

    /** @throws InvalidRequest where it is missing, no text or longer than anything here can be */
    static String text(JsonNode json, String field) {
        if (!json.isObject()) {
            throw new InvalidRequest("body", "must be a JSON object");
        }
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            throw new InvalidRequest(field, "is missing");
        }
        if (!value.isTextual()) {
            throw new InvalidRequest(field, "must be a text");
        }
        if (value.asText().length() > LONGEST) {
            throw new InvalidRequest(field, "is longer than " + LONGEST + " characters");
        }
        return value.asText();
    }

    /** What goes into a header: not empty, without blanks and control characters around or inside. */
    static String token(JsonNode json, String field) {
        String token = text(json, field).strip();
        if (token.isEmpty()) {
            throw new InvalidRequest(field, "is empty");
        }
        if (token.chars().anyMatch(c -> c <= ' ' || c > 0x7e)) {
            throw new InvalidRequest(
                    field,
                    "holds characters that cannot be part of a token, such as blanks or line ends; copy it again");
        }
        return token;
    }
}
