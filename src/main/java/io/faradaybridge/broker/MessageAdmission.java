package io.faradaybridge.broker;

import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.server.LargeServerMessage;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.utils.collections.TypedProperties;

/**
 * Checks each message before the embedded broker takes it. The sender gets an error for a message that is far too large
 * or that no JMS consumer could read. Every other message is made persistent: STOMP and AMQP messages are not
 * persistent by default, hardly any client asks for it, and a restart would lose them.
 */
record MessageAdmission(long maxBytes) implements ActiveMQServerMessagePlugin {

    @Override
    public void beforeSend(
            ServerSession session, Transaction tx, Message message, boolean direct, boolean noAutoCreateQueue)
            throws ActiveMQException {
        long bytes = message.getWholeMessageSize();
        if (bytes > maxBytes) {
            throw refused(
                    message,
                    "has " + bytes + " bytes, and at most " + maxBytes + " are taken: send several smaller ones.");
        }
        if (!canBeDelivered(message)) {
            throw refused(message, "has a body that cannot be read: send the JSON object as text or as bytes.");
        }
        if (message.isDurable()) {
            return;
        }
        if (message instanceof LargeServerMessage) {
            // its body is already on disk, in a file that a restart removes
            throw refused(message, "is large and not persistent: send it with delivery mode PERSISTENT.");
        }
        message.setDurable(true);
        message.reencode();
    }

    /**
     * A body that cannot be converted or decoded closes the consumer's connection at each delivery; on the queue of
     * dead letters this never ends. An AMQP map that contains a list is an example: a Python program sends one when it
     * passes a dictionary as body.
     */
    static boolean canBeDelivered(Message message) {
        try {
            ICoreMessage core = message.toCore();
            if (Boolean.TRUE.equals(core.getBooleanProperty(Message.HDR_LARGE_COMPRESSED))) {
                return false; // decompressing it would rely on the size that the sender states
            }
            ActiveMQBuffer body = core.getReadOnlyBodyBuffer();
            switch (core.getType()) {
                case Message.TEXT_TYPE -> body.readNullableSimpleString();
                case Message.MAP_TYPE -> {
                    // memory for the stated number of entries is reserved before the first is read
                    if (body.readableBytes() > 5 && body.getInt(1) > body.readableBytes()) {
                        return false;
                    }
                    new TypedProperties().decode(body.byteBuf());
                }
                case Message.OBJECT_TYPE -> {
                    return body.readInt() == body.readableBytes();
                }
                default -> {
                    // bytes, and types that become a RefusedBody
                }
            }
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static ActiveMQException refused(Message message, String cause) throws ActiveMQException {
        if (message instanceof LargeServerMessage large) {
            try {
                large.deleteFile();
            } catch (Exception e) {
                throw new ActiveMQException(
                        "A refused message left its file behind", e, ActiveMQExceptionType.IO_ERROR);
            }
        }
        return new ActiveMQException(
                ActiveMQExceptionType.ILLEGAL_STATE, "The message for queue " + message.getAddress() + " " + cause);
    }
}
