package io.faradaybridge.broker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Reads a message from a queue: the first step of each route that begins with one. */
public final class QueueMessages {

    /** Of the body, in bytes of UTF-8. */
    static final int MAX_BYTES = 1024 * 1024;

    private static final int MAX_DEPTH = 64;

    private static final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(64)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final VolatileMessages volatileMessages = new VolatileMessages();

    /**
     * The message in the exchange. Its correlation id is set as header {@link QueueHeaders#CORRELATION} even when the
     * message turns out unusable.
     *
     * @throws UnusableMessage a serialised object, not UTF-8, not one JSON object, nested too deep or larger than 1 MiB
     */
    public QueueMessage read(Exchange exchange) {
        Message message = exchange.getMessage();
        String correlation = QueueHeaders.correlation(message);
        message.setHeader(QueueHeaders.CORRELATION, correlation);
        volatileMessages.check(exchange);
        String text = text(message.getBody());
        return new QueueMessage(
                text,
                object(text),
                correlation,
                message.getHeader("JMSMessageID", String.class),
                QueueHeaders.kept(message));
    }

    private static String text(@Nullable Object body) {
        if (body instanceof RefusedBody refused) {
            throw new UnusableMessage("The message cannot be used: " + refused.cause() + ".");
        }
        if (body instanceof byte[] bytes) {
            return limited(decoded(bytes), bytes.length);
        }
        if (body instanceof String text) {
            return limited(text, text.getBytes(StandardCharsets.UTF_8).length);
        }
        throw new UnusableMessage("The message has no body: send a JSON object as text or bytes.");
    }

    private static String limited(String text, int bytes) {
        if (bytes > MAX_BYTES) {
            throw new UnusableMessage("The message has " + bytes + " bytes, at most " + MAX_BYTES
                    + " are read: send several smaller ones.");
        }
        return text;
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnusableMessage(
                    "The message is not UTF-8 text: encode the JSON as UTF-8, neither compressed nor in another charset.");
        }
    }

    private static ObjectNode object(String text) {
        JsonNode node;
        try {
            node = json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UnusableMessage("The message is not JSON: " + e.getOriginalMessage() + ".");
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new UnusableMessage("The message is not a JSON object like {\"vulnerability_id\": 17}, but "
                + (node.isMissingNode() ? "empty" : "of type " + node.getNodeType()) + ".");
    }
}
