package io.faradaybridge.kubernetes;

import static io.faradaybridge.kubernetes.Manifests.each;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.broker.Stomp;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.FreePort;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.jira.SandboxJira;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker with the addresses, rights and users of {@code k8s/components/arkmq} is enough for the bridge. */
@Tag("long")
class ArkmqBrokerTest {

    @TempDir
    private Path folder;

    private final int port = FreePort.next();
    private final int stompPort = FreePort.next();
    private EmbeddedActiveMQ broker;

    private static JsonNode document(String file) throws IOException {
        return Manifests.read(Files.readString(Path.of("k8s/components/arkmq", file)))
                .get(0);
    }

    private static Properties properties(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return properties;
    }

    private static String acceptor(String name, int port) throws IOException {
        JsonNode acceptor = each(document("broker.yaml").at("/spec/acceptors"))
                .filter(one -> one.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
        StringBuilder address = new StringBuilder("tcp://localhost:" + port + "?protocols="
                + acceptor.path("protocols").asText().toUpperCase(Locale.ROOT));
        for (String prefix : List.of("anycastPrefix", "multicastPrefix")) {
            if (acceptor.has(prefix)) {
                address.append(';')
                        .append(prefix)
                        .append('=')
                        .append(acceptor.path(prefix).asText());
            }
        }
        return address.toString();
    }

    @BeforeEach
    void start() throws Exception {
        JsonNode users = document("users.yaml").path("stringData");
        SecurityConfiguration people = new SecurityConfiguration();
        properties(users.path("users.properties").asText())
                .forEach((user, password) -> people.addUser((String) user, (String) password));
        properties(users.path("roles.properties").asText())
                .forEach((role, user) -> people.addRole((String) user, (String) role));
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration
                .setPersistenceEnabled(true)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .addAcceptorConfiguration("core", acceptor("core", port))
                .addAcceptorConfiguration("stomp", acceptor("stomp", stompPort));
        Properties lines = properties(String.join(
                "\n",
                each(document("broker.yaml").at("/spec/brokerProperties"))
                        .map(JsonNode::asText)
                        .toList()));
        configuration.parsePrefixedProperties(lines, null);
        assertThat(configuration.getStatus()).contains("\"errors\":[]");
        broker = new EmbeddedActiveMQ()
                .setConfiguration(configuration)
                .setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), people));
        broker.start();
    }

    @AfterEach
    void stop() throws Exception {
        broker.stop();
    }

    private Session as(String user, String password) throws JMSException {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("tcp://localhost:" + port);
        Connection connection = factory.createConnection(user, password);
        connection.start();
        return connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    private static void send(Session session, String queue, String text) throws JMSException {
        session.createProducer(session.createQueue(queue)).send(session.createTextMessage(text));
    }

    private BridgeWorld bridge() {
        return BridgeWorld.asleep(SandboxJira.Options.dataCenter())
                .with("bridge.broker.url", "tcp://localhost:" + port)
                .with("bridge.broker.username", "faraday-jira-bridge")
                .with("bridge.broker.password", "change-me");
    }

    @Test
    void a_program_gets_replies_on_a_temporary_queue_and_on_one_whose_name_begins_with_reply() throws Exception {
        try (BridgeWorld world = bridge().start();
                Session producer = as("faraday", "change-me-too");
                Stomp stomp = new Stomp(stompPort, "faraday", "change-me-too")) {
            String export = "{\"vulnerability_ids\": " + world.vulnerabilities(1) + ", \"project\": \"SEC\"}";
            TemporaryQueue replies = producer.createTemporaryQueue();
            MessageConsumer consumer = producer.createConsumer(replies);
            TextMessage request = producer.createTextMessage(export);
            request.setJMSReplyTo(replies);
            producer.createProducer(producer.createQueue("vuln-export")).send(request);
            assertThat(consumer.receive(60_000))
                    .isInstanceOfSatisfying(
                            TextMessage.class, reply -> assertThat(text(reply)).contains("{\"created\":1}"));

            assertThat(stomp.subscribe("/queue/reply.scanner")).startsWith("RECEIPT");
            assertThat(stomp.send(
                            "vuln-export", export, Map.of("reply-to", "/queue/reply.scanner", "correlation-id", "7")))
                    .startsWith("RECEIPT");
            assertThat(stomp.receive()).startsWith("MESSAGE").contains("{\"already-linked\":1}");

            assertThatThrownBy(() -> send(producer, "reply.scanner", "forged"))
                    .isInstanceOf(JMSSecurityException.class);
        }
    }

    private static String text(TextMessage message) {
        try {
            return message.getText();
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void the_bridge_works_on_it_and_a_producer_may_only_send() throws Exception {
        BridgeWorld world = bridge().with("bridge.events.enabled", true).start();
        try (world;
                Session producer = as("faraday", "change-me-too");
                Session subscriber = as("events", "change-me-as-well")) {
            MessageConsumer events =
                    subscriber.createSharedDurableConsumer(subscriber.createTopic("jira-bridge-events"), "siem");
            Link link = Link.exported(world, "SEC");
            link.awaitQuiet();
            world.setStatus(link.vulnerability(), "closed");
            send(producer, "vuln-status", "{\"vulnerability_id\": " + link.vulnerability() + "}");
            link.awaitJira("Done");
            assertThat(events.receive(60_000)).isInstanceOf(BytesMessage.class);

            send(producer, "vuln-export", "no message of the bridge's");
            await().until(() -> world.rows()
                            .sql("SELECT count(*) FROM faraday_bridge.dead_letter")
                            .query(Integer.class)
                            .single()
                    == 1);

            assertThatThrownBy(() -> send(producer, "dead-letter", "forged")).isInstanceOf(JMSSecurityException.class);
            assertThatThrownBy(() -> producer.createConsumer(producer.createQueue("vuln-status")))
                    .isInstanceOf(JMSSecurityException.class);
            assertThatThrownBy(() -> producer.createConsumer(producer.createTopic("jira-bridge-events")))
                    .isInstanceOf(JMSSecurityException.class);
            assertThatThrownBy(() -> send(producer, "vuln-statsu", "misspelt")).isInstanceOf(JMSException.class);
        }
    }
}
