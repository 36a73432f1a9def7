package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.web.InvalidRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request's JSON, read by hand, so that what is wrong with it is told by field. */
record Body(JsonNode json) {

    /** @throws InvalidRequest unless it is an object that PostgreSQL can store */
    static Body of(JsonNode json) {
        if (!json.isObject()) {
            throw new InvalidRequest("body", "must be a JSON object");
        }
        requireStorable(json);
        return new Body(json);
    }

    JsonNode path(String field) {
        return json.path(field);
    }

    boolean flag(String field) {
        JsonNode flag = json.path(field);
        if (!flag.isBoolean()) {
            throw new InvalidRequest(field, "must be true or false");
        }
        return flag.asBoolean();
    }

    /** The version that the change is based on: of the header {@code If-Match}, else of the body; empty: the newest. */
    Optional<String> basedOn(@Nullable String ifMatch) {
        if (ifMatch != null) {
            String tag = ifMatch.strip().replaceFirst("^W/", "");
            return tag.equals("*") ? Optional.empty() : Optional.of(tag.replaceAll("^\"|\"$", ""));
        }
        JsonNode version = json.path("version");
        if (version.isMissingNode() || version.isNull()) {
            return Optional.empty();
        }
        if (!version.isTextual()) {
            throw new InvalidRequest("version", "must be the version that an earlier answer gave");
        }
        return Optional.of(version.asText());
    }

    private static void requireStorable(JsonNode node) {
        if (node.isTextual()) {
            requireStorable(node.asText());
        } else if (node.isContainerNode()) {
            node.fieldNames().forEachRemaining(Body::requireStorable);
            node.forEach(Body::requireStorable);
        }
    }

    /** Neither a NUL nor half a character pair has a place in jsonb. */
    private static void requireStorable(String text) {
        boolean unstorable = text.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
        if (unstorable) {
            throw new InvalidRequest("body", "holds a character that cannot be stored (NUL, or half of a pair)");
        }
    }
}
