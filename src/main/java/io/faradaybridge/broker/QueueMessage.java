package io.faradaybridge.broker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that programs sent, over whichever protocol.
 *
 * @param text its body, a JSON object
 * @param json the same, parsed
 * @param correlationId from {@code bridge-correlation} or the JMS correlation id where they are usable, else a new one
 * @param messageId null for STOMP and often for AMQP: never an identity
 * @param headers those of JMS and the content's, as text
 */
public record QueueMessage(
        String text,
        ObjectNode json,
        String correlationId,
        @Nullable String messageId,
        Map<String, String> headers) {}
