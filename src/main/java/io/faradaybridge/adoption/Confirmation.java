package io.faradaybridge.adoption;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.api.InvalidRequest;

/** A person's word that something is really meant: {@code {"confirm": true}}. */
final class Confirmation {

    private Confirmation() {}

    static boolean in(JsonNode body) {
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
