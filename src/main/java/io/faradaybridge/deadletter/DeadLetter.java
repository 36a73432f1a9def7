package io.faradaybridge.deadletter;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that could not be used or that failed too often.
 *
 * @param origin the queue that it was sent to, and to which a replay sends it again
 * @param body as text; bytes that are no UTF-8 show as replacement characters
 * @param text whether it came as text or as bytes
 * @param bytes the size of the whole body; in a list {@code body} is only its beginning
 * @param headers the headers that describe the message; none that controls a component
 * @param cause why, as a sentence
 * @param attempts the number of deliveries; 0 if the broker did not state it
 */
public record DeadLetter(
        long id,
        Instant at,
        String origin,
        @Nullable String routeId,
        @Nullable String correlationId,
        String body,
        boolean text,
        long bytes,
        Map<String, String> headers,
        String cause,
        int attempts,
        @Nullable String messageId,
        State state,
        @Nullable Instant stateAt,
        @Nullable String stateBy) {

    public enum State {
        WAITING,
        REPLAYED,
        DISCARDED;

        @JsonValue
        String column() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The result of a request to replay or discard a dead letter. */
    public enum Answer {
        DONE,
        /** No dead letter has this id. */
        UNKNOWN,
        /** It was replayed or discarded before. */
        NOT_WAITING,
        /** It did not come from a queue that programs send to, so it cannot be sent again. */
        NO_WAY_BACK
    }
}
