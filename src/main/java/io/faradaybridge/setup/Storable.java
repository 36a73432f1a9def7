package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.web.InvalidRequest;
import org.jspecify.annotations.Nullable;

/** Neither a NUL nor half a character pair has a place in jsonb. */
final class Storable {

    private Storable() {}

    /** @throws InvalidRequest where PostgreSQL could not store some text of it */
    static void require(@Nullable JsonNode node) {
        if (node != null && node.isTextual()) {
            require(node.asText());
        } else if (node != null) {
            node.fieldNames().forEachRemaining(Storable::require);
            node.forEach(Storable::require);
        }
    }

    private static void require(String text) {
        if (text.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
            throw new InvalidRequest("body", "holds a character that cannot be stored (NUL, or half of a pair)");
        }
    }
}
