package io.faradaybridge.broker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerPlugin;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that must end does so. */
class BrokerStopTest {

    private TestBroker world;

    @BeforeEach
    void start(@TempDir Path folder) {
        world = new TestBroker(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void the_broker_stops_in_time_whatever_its_connections_do() throws Exception {
        ActiveMQServer artemis = world.broker.artemis();
        CompletableFuture<Void> decoded = new CompletableFuture<>();
        artemis.registerBrokerPlugin(new ActiveMQServerPlugin() {
            @Override
            public void afterDestroyConnection(RemotingConnection connection) {
                decoded.join(); // as a connection did that was decoded for minutes
            }
        });
        try (Stomp stuck = world.stomp(TestBroker.PASSWORD)) {
            assertThat(stuck.sendText(Queues.VULN_STATUS, "{}")).startsWith("RECEIPT");

            assertThat(CompletableFuture.runAsync(world.broker::stop))
                    .succeedsWithin(EmbeddedBroker.STOP_LIMIT.plusSeconds(5));
        } finally {
            decoded.complete(null);
        }
        // else it looks for its lock in a folder that is gone for as long as this JVM runs
        await().until(() -> artemis.getState() == ActiveMQServer.SERVER_STATE.STOPPED);
    }

    @Test
    void the_bridges_own_connections_are_closed_between_camel_and_the_broker() throws Exception {
        world.connections.createConnection().createSession().close(); // which the pool keeps
        ActiveMQServer artemis = world.broker.artemis();
        assertThat(artemis.getSessions()).isNotEmpty();
        ConnectionsEnd end = new ConnectionsEnd(world.connections);

        end.stop();

        assertThat(artemis.getSessions()).isEmpty();
        assertThat(end.getPhase()).isGreaterThan(world.broker.getPhase()).isNegative();
    }

    @Test
    void the_broker_stops_at_once_with_many_half_sent_frames() throws Exception {
        List<Socket> held = new ArrayList<>();
        try {
            for (int n = 0; n < Unauthenticated.AT_MOST; n++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), world.broker.port("core"));
                socket.getOutputStream().write(("CONNECT\nlogin:" + "a".repeat(8_000)).getBytes(US_ASCII));
                held.add(socket);
            }
            assertThat(CompletableFuture.runAsync(world.broker::stop)).succeedsWithin(Duration.ofSeconds(10));
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }
}
