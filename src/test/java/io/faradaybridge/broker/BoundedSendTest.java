package io.faradaybridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** A broker outside, whatever its state, does not hold the bridge for ever. */
@Tag("long")
class BoundedSendTest {

    private static final Duration IN_TIME = Duration.ofSeconds(60);

    @Test
    void a_full_queue_that_makes_producers_wait_does_not_make_the_bridge_wait(@TempDir Path folder) throws Exception {
        EmbeddedActiveMQ outside = new EmbeddedActiveMQ();
        outside.setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJournalDirectory(folder.resolve("journal").toString())
                .addAcceptorConfiguration("tcp", "tcp://127.0.0.1:0")
                .addAddressSetting(
                        "#",
                        new AddressSettings()
                                .setMaxSizeBytes(10_000)
                                .setAddressFullMessagePolicy(AddressFullMessagePolicy.BLOCK)));
        outside.start();
        try {
            outside.getActiveMQServer()
                    .createQueue(QueueConfiguration.of("dead-letter").setRoutingType(RoutingType.ANYCAST));
            int port = outside.getActiveMQServer()
                    .getRemotingService()
                    .getAcceptor("tcp")
                    .getActualPort();

            int sent = assertTimeoutPreemptively(IN_TIME, () -> send(port, 50));

            assertThat(sent).isEqualTo(50);
        } finally {
            outside.stop();
        }
    }

    @Test
    void a_broker_that_takes_connections_and_says_nothing_is_an_error_in_time() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertTimeoutPreemptively(IN_TIME, () -> assertThatThrownBy(() -> send(silent.getLocalPort(), 1))
                    .isInstanceOf(JMSException.class));
        }
    }

    private static int send(int port, int messages) throws JMSException {
        BrokerSettings settings = new BrokerSettings(
                "tcp://127.0.0.1:" + port,
                "faraday",
                "faraday",
                Path.of("unused"),
                "127.0.0.1",
                "127.0.0.1",
                new BrokerSettings.Ports(-1, -1, -1),
                1,
                1,
                Duration.ofMillis(200),
                new BrokerSettings.Redelivery(Duration.ofMillis(100), Duration.ofMillis(400), 3));
        JmsPoolConnectionFactory connections = BrokerConnections.to(settings, null);
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession()) {
            MessageProducer producer = session.createProducer(session.createQueue("dead-letter"));
            for (int n = 0; n < messages; n++) {
                producer.send(session.createTextMessage("x".repeat(1_000)));
            }
            return messages;
        } finally {
            connections.stop();
        }
    }
}
