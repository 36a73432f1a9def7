package io.faradaybridge.broker;

import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.Interceptor;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.protocol.core.Packet;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionReceiveLargeMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionReceiveMessage;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * Does on connections to an external broker, which takes any message, what {@link MessageAdmission} does in the
 * embedded one. A body with a false length would fail before the route sees it and close the consumer's connection at
 * each delivery; a text as large as the heap would be decoded completely. The first is given a type that is not read,
 * the second becomes bytes of which only the beginning is kept. Both end as dead letters.
 */
public final class SuspectBodies implements Interceptor {

    @Override
    public boolean intercept(Packet packet, RemotingConnection connection) {
        if (packet instanceof SessionReceiveMessage received) {
            ICoreMessage message = received.getMessage();
            if (!MessageAdmission.canBeDelivered(message)) {
                message.setType(Message.DEFAULT_TYPE);
            }
        } else if (packet instanceof SessionReceiveLargeMessage received
                && received.getLargeMessageSize() > BrokerLayout.MAX_MESSAGE_BYTES) {
            received.getMessage().toCore().setType(Message.BYTES_TYPE);
        }
        return true;
    }
}
