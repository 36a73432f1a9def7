package io.faradaybridge.export.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.broker.EmbeddedBroker;
import io.faradaybridge.broker.Stomp;
import io.faradaybridge.sandbox.BridgeWorld;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that wait for the result of their message on vuln-export. */
class ExportRepliesStoryTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static BridgeWorld world;

    @BeforeAll
    static void enter() {
        world = BridgeWorld.shared();
    }

    private static Connection connect(String protocol) throws JMSException {
        EmbeddedBroker broker = world.bean(EmbeddedBroker.class);
        ConnectionFactory factory = protocol.equals("core")
                ? new ActiveMQConnectionFactory("tcp://127.0.0.1:" + broker.port("core"), "faraday", "sandbox")
                : new JmsConnectionFactory("faraday", "sandbox", "amqp://127.0.0.1:" + broker.port("amqp"));
        Connection connection = factory.createConnection();
        connection.start();
        return connection;
    }

    private static void send(Session session, String json, Destination replyTo, String correlation)
            throws JMSException {
        TextMessage request = session.createTextMessage(json);
        request.setJMSReplyTo(replyTo);
        request.setJMSCorrelationID(correlation);
        session.createProducer(session.createQueue("vuln-export")).send(request);
    }

    private static String request(List<Integer> vulnerabilities) {
        return "{\"vulnerability_ids\": " + vulnerabilities + ", \"project\": \"SEC\"}";
    }

    private static JsonNode json(Message reply, String correlation) throws Exception {
        assertThat(reply).as("reply").isNotNull();
        assertThat(reply.getJMSCorrelationID()).isEqualTo(correlation);
        return JSON.readTree(((TextMessage) reply).getText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "amqp"})
    void a_program_gets_the_result_of_its_batch_on_its_temporary_queue(String protocol) throws Exception {
        List<Integer> two = world.vulnerabilities(2);
        int unconfirmed = two.get(1);
        world.rows()
                .sql("UPDATE vulnerability SET confirmed = false WHERE id = ?")
                .param(unconfirmed)
                .update();
        try (Connection connection = connect(protocol)) {
            Session session = connection.createSession();
            TemporaryQueue replies = session.createTemporaryQueue();
            String correlation = "request-over-" + protocol;
            send(session, request(two), replies, correlation);

            MessageConsumer consumer = session.createConsumer(replies);
            JsonNode reply = json(consumer.receive(90_000), correlation);
            assertThat(reply.path("project").asText()).isEqualTo("SEC");
            assertThat(reply.path("results").toString()).isEqualTo("{\"created\":1,\"refused\":1}");
            assertThat(reply.path("items").get(0).path("issue_key").asText()).isEqualTo(world.issueKey(two.get(0)));
            assertThat(reply.path("items").get(1).path("reason").asText()).contains("not confirmed");

            send(session, request(List.of(two.get(0))), replies, "again");
            JsonNode again = json(consumer.receive(90_000), "again");
            assertThat(again.path("results").toString()).isEqualTo("{\"already-linked\":1}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "amqp"})
    void a_message_without_a_correlation_id_is_answered_with_the_id_that_its_program_knows(String protocol)
            throws Exception {
        try (Connection connection = connect(protocol)) {
            Session session = connection.createSession();
            TemporaryQueue replies = session.createTemporaryQueue();
            TextMessage request = session.createTextMessage(request(world.vulnerabilities(1)));
            request.setJMSReplyTo(replies);
            session.createProducer(session.createQueue("vuln-export")).send(request);

            Message reply = session.createConsumer(replies).receive(90_000);
            assertThat(reply).isNotNull();
            assertThat(reply.getJMSCorrelationID()).isEqualTo(request.getJMSMessageID());
        }
    }

    @Test
    void a_program_over_stomp_gets_the_result_on_a_named_queue() throws Exception {
        int vulnerability = world.vulnerabilities(1).get(0);
        try (Stomp stomp = new Stomp(world.bean(EmbeddedBroker.class).port("stomp"), "faraday", "sandbox")) {
            assertThat(stomp.subscribe("/queue/reply.scanner")).startsWith("RECEIPT");
            assertThat(stomp.send(
                            "vuln-export",
                            request(List.of(vulnerability)),
                            Map.of("reply-to", "/queue/reply.scanner", "correlation-id", "request-over-stomp")))
                    .startsWith("RECEIPT");

            assertThat(stomp.receive())
                    .startsWith("MESSAGE")
                    .contains("correlation-id:request-over-stomp\n")
                    .contains("\"results\":{\"created\":1}");
        }
    }

    @Test
    void a_message_that_cannot_be_used_gets_the_reason_and_becomes_a_dead_letter() throws Exception {
        try (Connection connection = connect("core")) {
            Session session = connection.createSession();
            TemporaryQueue replies = session.createTemporaryQueue();
            send(session, "{\"vulnerability_ids\": 17", replies, "broken");
            send(session, "{\"vulnerability_ids\": [1], \"project\": \"NONE\"}", replies, "no-such-project");

            MessageConsumer consumer = session.createConsumer(replies);
            assertThat(json(consumer.receive(90_000), "broken").path("error").asText())
                    .contains("not JSON");
            JsonNode refused = json(consumer.receive(90_000), "no-such-project");
            assertThat(refused.path("error").asText()).contains("NONE");
            assertThat(refused.has("export")).isFalse();
        }
        await().until(() -> world.rows()
                        .sql(
                                "SELECT count(*) FROM faraday_bridge.dead_letter WHERE correlation_id IN ('broken', 'no-such-project')")
                        .query(Integer.class)
                        .single()
                == 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "queue:vuln-status",
                "queue:dead-letter",
                "topic:jira-bridge-events",
                "queue:activemq.management",
                "queue:reply.x::vuln-status",
                "topic:reply.x"
            })
    void no_reply_goes_to_a_place_of_the_bridge_or_the_broker(String place) throws Exception {
        int vulnerability = world.vulnerabilities(1).get(0);
        String correlation = "to-" + place.replace("::", "--");
        try (Connection connection = connect("core")) {
            Session session = connection.createSession();
            String name = place.substring(place.indexOf(':') + 1);
            TextMessage request = session.createTextMessage(request(List.of(vulnerability)));
            request.setStringProperty("JMSReplyTo", place.startsWith("topic") ? "topic://" + name : "queue://" + name);
            request.setJMSCorrelationID(correlation);
            session.createProducer(session.createQueue("vuln-export")).send(request);
        }
        await().until(() -> !world.issueKey(vulnerability).isEmpty());
        assertThat(world.rows()
                        .sql("SELECT count(*) FROM faraday_bridge.export_reply WHERE correlation = ?")
                        .param(correlation)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void a_reply_to_a_queue_that_has_vanished_is_given_up_and_recorded() {
        world.rows().sql("""
                INSERT INTO faraday_bridge.export_reply (reason, queue, correlation, correlation_id, attempts)
                VALUES ('refused', 'reply.vanished', 'lost', 'a-lost-reply', 7)""").update();

        await().until(() -> world.rows().sql("""
                        SELECT count(*) FROM faraday_bridge.activity
                         WHERE correlation_id = 'a-lost-reply' AND detail LIKE '%queue ''reply.vanished'': it does not exist%'""").query(Integer.class).single() == 1);
        assertThat(world.rows()
                        .sql("SELECT count(*) FROM faraday_bridge.export_reply WHERE correlation = 'lost'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
