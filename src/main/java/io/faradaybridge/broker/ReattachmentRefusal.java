package io.faradaybridge.broker;

import org.apache.activemq.artemis.api.core.Interceptor;
import org.apache.activemq.artemis.core.protocol.core.CoreRemotingConnection;
import org.apache.activemq.artemis.core.protocol.core.Packet;
import org.apache.activemq.artemis.core.protocol.core.impl.ChannelImpl.CHANNEL_ID;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.ReattachSessionMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.ReattachSessionResponseMessage;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnection;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * Nobody may take over the session of another connection by its name, which Artemis allows without signing in
 * (CVE-2026-57967). A client that lost its connection gets the answer that its session is gone; it then signs in and
 * opens a new one by itself.
 */
public final class ReattachmentRefusal implements Interceptor {

    @Override
    public boolean intercept(Packet packet, RemotingConnection connection) {
        if (packet instanceof ReattachSessionMessage
                && connection instanceof CoreRemotingConnection core
                && connection.getTransportConnection() instanceof NettyConnection) {
            core.getChannel(CHANNEL_ID.SESSION.id, -1).send(new ReattachSessionResponseMessage(-1, false));
            return false;
        }
        return true;
    }
}
