package io.faradaybridge.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.faradaybridge.tables.Json;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.springframework.jms.support.converter.MessageConversionException;
import org.springframework.jms.support.converter.MessageConverter;

/**
 * Converts bodies between JMS and Camel. Text and bytes become String and byte[], a map becomes the text of a JSON
 * object, anything else a {@link RefusedBody}. {@code ObjectMessage.getObject} is never called; Camel's own conversion
 * would call it for every sender (CVE-2026-40860, CVE-2026-43866).
 */
final class QueueBodies implements MessageConverter {

    private static final int KEPT_OF_TOO_LARGE = 64 * 1024;

    @Override
    public Object fromMessage(Message message) throws JMSException {
        if (message instanceof ObjectMessage) {
            return new RefusedBody(raw(message), "it is a serialised Java object, which is never read: send JSON text");
        }
        if (message instanceof TextMessage text) {
            String all = text.getText() == null ? "" : text.getText();
            return all.length() > BrokerLayout.MAX_MESSAGE_BYTES
                    ? tooLarge(all.substring(0, KEPT_OF_TOO_LARGE).getBytes(StandardCharsets.UTF_8), all.length())
                    : all;
        }
        if (message instanceof BytesMessage bytes) {
            long length = bytes.getBodyLength();
            boolean tooLarge = length > BrokerLayout.MAX_MESSAGE_BYTES;
            byte[] body = new byte[tooLarge ? KEPT_OF_TOO_LARGE : (int) length];
            bytes.reset();
            bytes.readBytes(body);
            return tooLarge ? tooLarge(body, length) : body;
        }
        if (message instanceof MapMessage map) {
            return text(map);
        }
        if (message instanceof StreamMessage) {
            return new RefusedBody(raw(message), "it is a list of values: send one JSON object as text or bytes");
        }
        return new RefusedBody(raw(message), "it has no body: send a JSON object as text or bytes");
    }

    @Override
    public Message toMessage(Object body, Session session) throws JMSException {
        if (body instanceof byte[] bytes) {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(bytes);
            return message;
        }
        if (body instanceof String text) {
            return session.createTextMessage(text);
        }
        throw new MessageConversionException(
                "Only text and bytes go to a queue, not a " + body.getClass().getSimpleName() + ": marshal it before.");
    }

    /**
     * An external broker takes messages that the embedded one refuses. Only the beginning is kept, since all of it
     * would be copied to the dead letters.
     */
    private static RefusedBody tooLarge(byte[] beginning, long length) {
        return new RefusedBody(
                beginning,
                "it is " + length
                        + " long, of which only the beginning is kept: send several smaller ones, each at most "
                        + QueueMessages.MAX_BYTES + " bytes");
    }

    private static Object text(MapMessage message) throws JMSException {
        Map<String, Object> map = new LinkedHashMap<>();
        Enumeration<?> names = message.getMapNames();
        while (names.hasMoreElements()) {
            String name = names.nextElement().toString();
            map.put(name, message.getObject(name));
        }
        try {
            return Json.MAPPER.writeValueAsString(map);
        } catch (JsonProcessingException e) {
            return new RefusedBody(raw(message), "it is a map with values that JSON does not know: send JSON text");
        }
    }

    /** The bytes of the body as the broker holds them; for a serialised object, those of the object. */
    private static byte[] raw(Message message) {
        if (!(message instanceof ActiveMQMessage artemis)) {
            return new byte[0];
        }
        ActiveMQBuffer buffer = artemis.getCoreMessage().getBodyBuffer();
        buffer.resetReaderIndex();
        if (message instanceof ObjectMessage && buffer.readableBytes() >= Integer.BYTES) {
            buffer.readInt(); // the length of what follows
        }
        byte[] raw = new byte[Math.min(buffer.readableBytes(), (int) BrokerLayout.MAX_MESSAGE_BYTES)];
        buffer.readBytes(raw);
        return raw;
    }
}
