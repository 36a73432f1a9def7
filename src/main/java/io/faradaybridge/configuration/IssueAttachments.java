package io.faradaybridge.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/**
 * Whether new issues get the files of their vulnerability as attachments: the key {@code attachments} of the project, which is
 * the bridge's own.
 *
 * @param maxCount files of one issue at most
 * @param maxBytes of one file at most
 */
public record IssueAttachments(boolean enabled, int maxCount, int maxBytes) {

    public static final String KEY = "attachments";
    public static final int HIGHEST_COUNT = 100;
    /** A file is held in memory while it is passed on, one at a time. */
    public static final int HIGHEST_BYTES = 20_000_000;

    /** None are attached. */
    public static final IssueAttachments NONE = new IssueAttachments(false, 10, 5_000_000);

    static IssueAttachments read(JsonNode stored, Consumer<String> problems) {
        if (stored.isMissingNode() || stored.isNull()) {
            return NONE;
        }
        IssueAttachments read = new IssueAttachments(
                stored.path("enabled").asBoolean(false),
                stored.path("max_count").asInt(NONE.maxCount),
                stored.path("max_bytes").asInt(NONE.maxBytes));
        if (!stored.isObject()
                || read.maxCount < 1
                || read.maxCount > HIGHEST_COUNT
                || read.maxBytes < 1
                || read.maxBytes > HIGHEST_BYTES) {
            problems.accept(KEY + " must be an object with enabled, max_count (1 to " + HIGHEST_COUNT
                    + ") and max_bytes (1 to " + HIGHEST_BYTES + "); nothing is attached");
            return NONE;
        }
        return read;
    }

    public ObjectNode stored() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("enabled", enabled)
                .put("max_count", maxCount)
                .put("max_bytes", maxBytes);
    }
}
