package io.faradaybridge.broker;

import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.Interceptor;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.protocol.core.Packet;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionReceiveLargeMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionReceiveMessage;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * What {@link MessageAdmission} is to the broker inside, on connections to one outside, which takes anything: a body that lies
 * about its length would fail before the route sees it and take the consumer's connection down at each delivery, and a
 * text as large as the heap would be decoded whole. The first comes as a message of no kind that is read, the second as
 * bytes, of which the beginning is kept: dead letters both.
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
