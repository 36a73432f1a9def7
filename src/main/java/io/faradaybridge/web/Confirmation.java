package io.faradaybridge.web;

import com.fasterxml.jackson.databind.JsonNode;

/** A person's word that something is really meant: {@code {"confirm": true}}. */
public final class Confirmation {

    private Confirmation() {}

    public static boolean in(JsonNode body) {
        if (!body.isObject()) {
            throw new InvalidRequest("body", "must be a JSON object, such as {\"confirm\": true}");
        }
        JsonNode confirm = body.path("confirm");
        if (!confirm.isMissingNode() && !confirm.isNull() && !confirm.isBoolean()) {
            throw new InvalidRequest("confirm", "must be true or false");
        }
        return confirm.asBoolean();
    }
}
