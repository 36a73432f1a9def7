package io.faradaybridge.broker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.client.impl.ClientSessionInternal;
import org.apache.activemq.artemis.core.config.FederationConfiguration.Credentials;
import org.apache.activemq.artemis.core.config.federation.FederationDownstreamConfiguration;
import org.apache.activemq.artemis.core.protocol.core.Packet;
import org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.CreateQueueMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.FederationDownstreamConnectMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.ReattachSessionMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.ReattachSessionResponseMessage;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody without a password could do at the ports of the broker inside, and cannot. */
@Tag("long")
class UnauthenticatedClientsTest {

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
    void a_federation_is_refused_and_nobody_is_dialled() throws Exception {
        try (ServerSocket attacker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RawClient client = new RawClient(world.broker.port("core"))) {
            attacker.setSoTimeout(2_000);
            client.send(4, federationTo(attacker.getLocalPort()));

            client.assertThatItIsHungUpOn();
            assertThatThrownBy(attacker::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void a_federation_is_refused_to_who_has_signed_in_as_well() throws Exception {
        try (ServerSocket attacker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RawClient client = new RawClient(world.broker.port("core"));
                ClientSession session = client.signIn()) {
            assertThat(session.isClosed()).isFalse();
            attacker.setSoTimeout(2_000);
            client.send(4, federationTo(attacker.getLocalPort()));

            client.assertThatItIsHungUpOn();
            assertThatThrownBy(attacker::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_queue_is_not_created_beside_a_session(boolean signedIn) throws Exception {
        try (RawClient client = new RawClient(world.broker.port("core"))) {
            if (signedIn) {
                client.signIn();
            }
            client.send(
                    1,
                    new CreateQueueMessage(
                            SimpleString.of(Queues.VULN_STATUS), SimpleString.of("rogue"), null, true, false, false));

            client.assertThatItIsHungUpOn();
        }
        assertThat(world.queues())
                .containsExactlyInAnyOrder(Queues.VULN_STATUS, Queues.VULN_EXPORT, Queues.DEAD_LETTER);
    }

    @Test
    void a_session_is_not_taken_over_by_its_name() throws Exception {
        try (ServerLocator locator = locator().setConfirmationWindowSize(10_000);
                ClientSessionFactory factory = locator.createSessionFactory();
                ClientSession victim =
                        factory.createSession(TestBroker.USER, TestBroker.PASSWORD, false, true, true, false, 0);
                RawClient client = new RawClient(world.broker.port("core"))) {
            String name = ((ClientSessionInternal) victim).getName();

            Packet answer = client.ask(1, new ReattachSessionMessage(name, 0), PacketImpl.REATTACH_SESSION_RESP);

            assertThat(((ReattachSessionResponseMessage) answer).isReattached()).isFalse();
            // still its owner's
            assertThat(victim.queueQuery(SimpleString.of(Queues.VULN_STATUS)).isExists())
                    .isTrue();
        }
    }

    @Test
    void a_producer_that_lost_its_connection_goes_on_in_a_new_session() throws Exception {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + world.broker.port("core")
                + "?reconnectAttempts=50&retryInterval=100&confirmationWindowSize=10000");
        try (factory;
                Connection connection = factory.createConnection(TestBroker.USER, TestBroker.PASSWORD)) {
            Session session = connection.createSession();
            var producer = session.createProducer(session.createQueue(Queues.VULN_STATUS));
            producer.send(session.createTextMessage("{\"n\": 1}"));

            for (RemotingConnection lost :
                    world.broker.artemis().getRemotingService().getConnections()) {
                lost.getTransportConnection().forceClose();
            }

            // a send that waits for its answer meanwhile fails; its sender tries again
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(() -> producer.send(session.createTextMessage("{\"n\": 2}")));
        }
        assertThat(world.broker
                        .artemis()
                        .locateQueue(SimpleString.of(Queues.VULN_STATUS))
                        .getMessageCount())
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void a_packet_for_a_cluster_or_a_replica_is_refused() throws Exception {
        for (int type : List.of(
                (int) PacketImpl.REPLICATION_APPEND,
                (int) PacketImpl.CLUSTER_CONNECT,
                (int) PacketImpl.NODE_ANNOUNCE,
                (int) PacketImpl.BACKUP_REGISTRATION,
                (int) PacketImpl.QUORUM_VOTE,
                (int) PacketImpl.SCALEDOWN_ANNOUNCEMENT,
                (int) PacketImpl.SESS_SEND)) {
            for (long channel : new long[] {0, 1, 2, 3, 10}) {
                try (Socket socket = connect("core")) {
                    socket.getOutputStream().write(packet(9, (byte) type, channel));
                    assertThat(socket.getInputStream().read())
                            .as("type %s, channel %s", type, channel)
                            .isEqualTo(-1);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7ffffff0, -1, 9 * 1024, 3})
    void a_packet_that_announces_an_odd_length_is_refused_at_once(int length) throws Exception {
        try (Socket socket = connect("core")) {
            socket.getOutputStream().write(packet(length, PacketImpl.CREATESESSION, 1));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "stomp"})
    void a_header_without_end_is_refused_after_a_few_kilobytes(String port) throws Exception {
        try (Socket socket = connect(port)) {
            assertThatItIsHungUpOnAfter(socket, "CONNECT\nlogin:" + "a".repeat(100_000));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "amqp"})
    void an_amqp_peer_that_never_signs_in_is_refused_after_a_few_kilobytes(String port) throws Exception {
        try (Socket socket = connect(port)) {
            socket.getOutputStream().write(new byte[] {'A', 'M', 'Q', 'P', 3, 1, 0, 0});
            // a frame of SASL that announces 2 GB
            socket.getOutputStream().write(new byte[] {0x7f, -1, -1, -1, 2, 1, 0, 0});
            assertThatItIsHungUpOnAfter(socket, "a".repeat(100_000));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "amqp"})
    void an_amqp_frame_that_cannot_be_read_keeps_no_thread_of_the_broker(String port) throws Exception {
        try (Socket socket = connect(port)) {
            // its frame ends it, before the limit for signing in would
            socket.setSoTimeout(
                    (int) Duration.ofSeconds(PeerInput.SIGN_IN_SECONDS - 5).toMillis());
            byte[] sent = new byte[2_000]; // in one read of the broker
            ByteBuffer.wrap(sent).put(new byte[] {'A', 'M', 'Q', 'P', 3, 1, 0, 0, 0x7f, -1, -1, -1, 2, 1, 0, 0});
            assertThatItIsHungUpOnAfter(socket, new String(sent, ISO_8859_1));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nContent-Length: 2000000000\r\n\r\n",
                "GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n",
                "PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\n",
                "\0\0\0\t\n\0\0\0\0\0\0\0\0"
            })
    void what_is_no_protocol_of_the_queues_is_refused_at_once(String beginning) throws Exception {
        for (String port : BrokerLayout.ACCEPTORS) {
            try (Socket socket = connect(port)) {
                socket.getOutputStream().write(beginning.getBytes(US_ASCII));
                assertThat(socket.getInputStream().read()).as(port).isEqualTo(-1);
            }
        }
    }

    @Test
    void the_ports_of_amqp_and_stomp_speak_nothing_else() throws Exception {
        for (String port : List.of("amqp", "stomp")) {
            try (Socket socket = connect(port)) {
                socket.getOutputStream().write(packet(9, PacketImpl.PING, 0));
                assertThat(socket.getInputStream().read()).as(port).isEqualTo(-1);
            }
        }
    }

    @Test
    void who_holds_connections_open_keeps_no_producer_out() throws Exception {
        List<Socket> held = new ArrayList<>();
        try {
            for (int n = 0; n < 3 * Unauthenticated.AT_MOST; n++) {
                held.add(connect("stomp"));
            }
            try (Stomp stomp = world.stomp(TestBroker.PASSWORD)) {
                assertThat(stomp.sendText(Queues.VULN_STATUS, "{}")).startsWith("RECEIPT");
                for (int n = 0; n < 2 * Unauthenticated.AT_MOST; n++) {
                    held.add(connect("stomp"));
                }
                assertThat(stomp.sendText(Queues.VULN_STATUS, "{}"))
                        .as("who has signed in stays")
                        .startsWith("RECEIPT");
            }
            Socket first = held.get(0);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> first.getInputStream().read() == -1);
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    @Test
    void a_signed_in_producer_may_send_as_much_as_it_likes() throws Exception {
        String large = "{\"n\": \"" + "x".repeat(900_000) + "\"}";
        try (Stomp stomp = world.stomp(TestBroker.PASSWORD)) {
            for (int n = 0; n < 20; n++) {
                assertThat(stomp.sendText(Queues.VULN_STATUS, large)).startsWith("RECEIPT");
            }
        }
    }

    private Socket connect(String port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), world.broker.port(port));
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static void assertThatItIsHungUpOnAfter(Socket socket, String sent) throws IOException {
        try {
            socket.getOutputStream().write(sent.getBytes(ISO_8859_1));
            while (socket.getInputStream().read() >= 0) {
                // what the broker says first
            }
        } catch (SocketException broken) {
            assertThat(broken).hasMessageMatching("(?i).*(broken pipe|reset|aborted).*");
        }
    }

    /** The handshake, and the head of a packet. */
    private static byte[] packet(int length, byte type, long channel) {
        return ByteBuffer.allocate(20)
                .put("ARTEMIS".getBytes(US_ASCII))
                .putInt(length)
                .put(type)
                .putLong(channel)
                .array();
    }

    private static Packet federationTo(int port) {
        FederationDownstreamConfiguration downstream = new FederationDownstreamConfiguration();
        downstream.setName("attack");
        downstream.setUpstreamConfiguration(new TransportConfiguration(
                NettyConnectorFactory.class.getName(), Map.of("host", "127.0.0.1", "port", port), "attacker"));
        FederationDownstreamConnectMessage packet = new FederationDownstreamConnectMessage();
        packet.setName("attack");
        packet.setCredentials(new Credentials().setUser("x").setPassword("y"));
        packet.setStreamConfiguration(downstream);
        packet.setFederationPolicyMap(Map.of());
        packet.setTransformerConfigurationMap(Map.of());
        return packet;
    }

    private ServerLocator locator() throws Exception {
        return ActiveMQClient.createServerLocator("tcp://127.0.0.1:" + world.broker.port("core"));
    }
}
