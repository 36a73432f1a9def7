package io.faradaybridge.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MapMessage;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs outside may do with the queues, over each protocol. */
@TestInstance(Lifecycle.PER_CLASS)
class ProducersTest {

    private static final String JSON = "{\"vulnerability_id\": 17, \"user\": \"Zoë 漏洞 😀\"}";

    private final BlockingQueue<QueueMessage> received = new LinkedBlockingQueue<>();
    private Path folder;
    private TestBroker world;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        this.folder = folder;
        world = new TestBroker(folder).with(new RouteBuilder() {
            @Override
            public void configure() {
                from("jms:queue:vuln-status")
                        .routeId("outgoing-ingress")
                        .bean("queueMessages", "read")
                        .process(exchange -> received.add(exchange.getMessage().getBody(QueueMessage.class)));
            }
        });
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @BeforeEach
    void forget() {
        received.clear();
    }

    @Test
    void text_over_core_arrives() throws Exception {
        send(world.core(TestBroker.PASSWORD), Session::createTextMessage);
        assertThat(next().text()).isEqualTo(JSON);
    }

    @Test
    void bytes_over_core_arrive_as_the_same_text() throws Exception {
        send(world.core(TestBroker.PASSWORD), ProducersTest::bytes);
        assertThat(next().text()).isEqualTo(JSON);
    }

    @Test
    void text_over_amqp_arrives() throws Exception {
        send(world.amqp(TestBroker.PASSWORD), Session::createTextMessage);
        assertThat(next().text()).isEqualTo(JSON);
    }

    @Test
    void bytes_over_amqp_arrive_as_the_same_text() throws Exception {
        send(world.amqp(TestBroker.PASSWORD), ProducersTest::bytes);
        assertThat(next().text()).isEqualTo(JSON);
    }

    @Test
    void a_map_over_amqp_arrives_as_a_json_object() throws Exception {
        send(world.amqp(TestBroker.PASSWORD), (session, json) -> {
            MapMessage map = session.createMapMessage();
            map.setInt("vulnerability_id", 17);
            map.setString("status", "closed");
            return map;
        });
        assertThat(next().json().toString()).contains("\"vulnerability_id\":17").contains("\"status\":\"closed\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vuln-status", "/queue/vuln-status"})
    void stomp_without_content_length_arrives(String destination) throws Exception {
        try (Stomp stomp = world.stomp(TestBroker.PASSWORD)) {
            assertThat(stomp.sendText(destination, JSON)).startsWith("RECEIPT");
        }
        assertThat(next().text()).isEqualTo(JSON);
    }

    @Test
    void stomp_with_content_length_arrives_as_the_same_text() throws Exception {
        try (Stomp stomp = world.stomp(TestBroker.PASSWORD)) {
            assertThat(stomp.sendBytes("vuln-status", JSON.getBytes(UTF_8))).startsWith("RECEIPT");
        }
        QueueMessage message = next();
        assertThat(message.text()).isEqualTo(JSON);
        assertThat(message.correlationId()).isNotBlank();
    }

    @Test
    void the_senders_correlation_id_is_kept() throws Exception {
        try (Stomp stomp = world.stomp(TestBroker.PASSWORD)) {
            stomp.send("vuln-status", JSON, Map.of("bridge-correlation", "scan-4711"));
        }
        assertThat(next().correlationId()).isEqualTo("scan-4711");
    }

    @Test
    void a_correlation_id_over_core_is_kept() throws Exception {
        send(world.core(TestBroker.PASSWORD), (session, json) -> {
            var message = session.createTextMessage(json);
            message.setJMSCorrelationID("scan-4712");
            return message;
        });
        assertThat(next().correlationId()).isEqualTo("scan-4712");
    }

    @Test
    void a_correlation_id_that_would_forge_log_lines_is_replaced() throws Exception {
        send(world.core(TestBroker.PASSWORD), (session, json) -> {
            var message = session.createTextMessage(json);
            message.setJMSCorrelationID("x\n2026-01-01 INFO all is well");
            return message;
        });
        assertThat(next().correlationId()).doesNotContain("\n").doesNotContain("INFO");
    }

    @Test
    void a_wrong_password_is_refused() {
        assertThatThrownBy(() -> world.core("wrong").createConnection()).isInstanceOf(JMSSecurityException.class);
        assertThatThrownBy(() -> world.amqp("wrong").createConnection().start()).isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> world.stomp("wrong")).hasMessageContaining("ERROR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vuln-status", "dead-letter"})
    void a_program_outside_may_not_consume(String queue) throws Exception {
        try (Connection connection = world.core(TestBroker.PASSWORD).createConnection()) {
            Session session = connection.createSession();
            assertThatThrownBy(() -> session.createConsumer(session.createQueue(queue)))
                    .isInstanceOf(JMSSecurityException.class);
        }
    }

    @Test
    void a_program_outside_may_not_write_dead_letters() throws Exception {
        try (Stomp stomp = world.stomp(TestBroker.PASSWORD)) {
            assertThat(stomp.sendText("dead-letter", JSON)).startsWith("ERROR");
        }
    }

    @Test
    void a_misspelt_queue_is_refused_instead_of_created() throws Exception {
        try (Stomp stomp = world.stomp(TestBroker.PASSWORD)) {
            assertThat(stomp.sendText("vuln-staus", JSON)).startsWith("ERROR");
        }
    }

    @Test
    void a_message_far_too_large_is_refused_to_its_sender_and_leaves_nothing_on_disk() throws Exception {
        String large = "x".repeat(5 * 1024 * 1024);
        assertThatThrownBy(() ->
                        send(world.core(TestBroker.PASSWORD), (session, json) -> session.createTextMessage(large)))
                .hasMessageContaining("send several smaller ones");
        try (var files = Files.list(folder.resolve("large-messages"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void without_a_configured_password_one_is_generated_that_only_the_owner_reads(@TempDir Path other)
            throws Exception {
        try (TestBroker fresh = new TestBroker(TestBroker.settings(other, ""))) {
            Path file = other.resolve("producer-password");
            String password = Files.readString(file).strip();

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(password).hasSizeGreaterThan(30);
            fresh.stomp(password).close();
            assertThatThrownBy(() -> fresh.stomp("")).hasMessageContaining("ERROR");
        }
    }

    private interface Written {
        jakarta.jms.Message by(Session session, String json) throws JMSException;
    }

    private static BytesMessage bytes(Session session, String json) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(json.getBytes(UTF_8));
        return message;
    }

    private static void send(ConnectionFactory connections, Written message) throws JMSException {
        try (Connection connection = connections.createConnection()) {
            Session session = connection.createSession();
            MessageProducer producer = session.createProducer(session.createQueue(Queues.VULN_STATUS));
            producer.setDeliveryMode(DeliveryMode.PERSISTENT);
            producer.send(message.by(session, JSON));
        }
    }

    private QueueMessage next() throws InterruptedException {
        QueueMessage message = received.poll(10, TimeUnit.SECONDS);
        assertThat(message).as("message received").isNotNull();
        return message;
    }
}
