package io.faradaybridge.broker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that a program sent, over any of the protocols.
 *
 * @param text its body, a JSON object
 * @param json the body, parsed
 * @param correlationId from {@code bridge-correlation} or the JMS correlation id where they are usable, else a new one
 * @param messageId null for STOMP and often for AMQP, so it never identifies a message
 * @param headers the headers that {@link QueueHeaders#kept} selects, as text
 */
public record QueueMessage(
        String text,
        ObjectNode json,
        String correlationId,
        @Nullable String messageId,
        Map<String, String> headers) {}
