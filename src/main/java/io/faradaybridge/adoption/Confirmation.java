package io.faradaybridge.adoption;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.api.Refusal;

/** A person's word that something is really meant: {@code {"confirm": true}}. */
final class Confirmation {

    private Confirmation() {}

    static boolean in(JsonNode body) {
        if (!body.isObject()) {
            throw new Refusal("body", "must be a JSON object, such as {\"confirm\": true}");
        }
        JsonNode confirm = body.path("confirm");
        if (!confirm.isMissingNode() && !confirm.isNull() && !confirm.isBoolean()) {
            throw new Refusal("confirm", "must be true or false");
        }
        return confirm.asBoolean();
    }
}
