package io.faradaybridge.broker;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.Interceptor;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.protocol.core.CoreRemotingConnection;
import org.apache.activemq.artemis.core.protocol.core.Packet;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/** The broker's own client, of which only the connection is used: it has not signed in. */
final class RawClient implements AutoCloseable, Interceptor {
    private final List<Packet> answers = new CopyOnWriteArrayList<>();
    private final ServerLocator locator;
    private final ClientSessionFactory factory;
    private final CoreRemotingConnection connection;

    RawClient(int port) throws Exception {
        locator = ActiveMQClient.createServerLocator("tcp://127.0.0.1:" + port).setReconnectAttempts(0);
        locator.addIncomingInterceptor(this);
        factory = locator.createSessionFactory();
        connection = (CoreRemotingConnection) factory.getConnection();
    }

    ClientSession signIn() throws Exception {
        return factory.createSession(TestBroker.USER, TestBroker.PASSWORD, false, true, true, false, 0);
    }

    void send(long channel, Packet packet) {
        packet.setChannelID(channel);
        ActiveMQBuffer bytes = packet.encode(connection);
        connection.getTransportConnection().write(bytes, true);
    }

    Packet ask(long channel, Packet packet, byte answer) {
        send(channel, packet);
        await().atMost(Duration.ofSeconds(60)).until(() -> answers.stream().anyMatch(came -> came.getType() == answer));
        return answers.stream()
                .filter(came -> came.getType() == answer)
                .findFirst()
                .orElseThrow();
    }

    void assertThatItIsHungUpOn() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !connection.getTransportConnection().isOpen());
    }

    @Override
    public boolean intercept(Packet packet, RemotingConnection from) {
        answers.add(packet);
        return true;
    }

    @Override
    public void close() {
        factory.close();
        locator.close();
    }
}
