package io.faradaybridge.deadletter;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that nobody could use, or that failed too often.
 *
 * @param origin the queue it was sent to, and goes back to on replay
 * @param body as text; bytes that are no UTF-8 show as replacement characters
 * @param text whether it came as text or as bytes
 * @param bytes the size of the whole body; in a list {@code body} is only its beginning
 * @param headers those that say something about the message; nothing that steers
 * @param cause for people
 * @param attempts deliveries; 0: the broker did not say
 */
@JsonNaming(SnakeCaseStrategy.class)
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

    /** What came of a person's request to replay or discard a dead letter. */
    public enum Answer {
        DONE,
        /** No dead letter has this id. */
        UNKNOWN,
        /** It was replayed or discarded before. */
        NOT_WAITING,
        /** It came from no queue that programs send to, so there is nowhere to put it back. */
        NO_WAY_BACK
    }
}
