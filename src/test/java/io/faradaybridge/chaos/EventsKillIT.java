package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.sandbox.jira.SandboxJira;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged bridge is killed while it publishes events and owes replies, and so is the broker. */
@Tag("long")
class EventsKillIT {

    private static final long WAIT = 180_000;

    private static ChaosWorld world;
    private static KilledBridge bridge;

    @BeforeAll
    static void start() throws Exception {
        world = new ChaosWorld(SandboxJira.Options.dataCenter());
        try (Connection connection = connect()) {
            subscribe(connection);
        }
        bridge = new KilledBridge(world.with("bridge.events.enabled", true));
    }

    @AfterAll
    static void stop() {
        bridge.close();
        world.close();
    }

    private static Connection connect() throws Exception {
        Connection connection = new ActiveMQConnectionFactory(
                        "tcp://localhost:" + world.artemis.port() + "?reconnectAttempts=60")
                .createConnection();
        connection.setClientID("events-kill");
        return connection;
    }

    private static MessageConsumer subscribe(Connection connection) throws Exception {
        Session session = connection.createSession();
        connection.start();
        return session.createDurableConsumer(session.createTopic("jira-bridge-events"), "all");
    }

    /** The ids of the events {@code exported} of a vulnerability, until an event of another one comes. */
    private static List<String> exported(int vulnerability, int until) throws Exception {
        List<String> ids = new ArrayList<>();
        try (Connection connection = connect()) {
            MessageConsumer all = subscribe(connection);
            while (true) {
                Message event = all.receive(WAIT);
                assertThat(event).as("an event after " + ids).isNotNull();
                if (!event.getStringProperty("cloudEvents_type").endsWith(".exported")) {
                    continue;
                }
                String subject = event.getStringProperty("cloudEvents_subject");
                if (subject.equals("vulnerability/" + until)) {
                    return ids;
                }
                if (subject.equals("vulnerability/" + vulnerability)) {
                    ids.add(event.getStringProperty("cloudEvents_id"));
                }
            }
        }
    }

    @Test
    void an_event_that_was_committed_and_not_sent_comes_after_the_restart() throws Exception {
        List<Integer> two = world.vulnerabilities(2);
        bridge.killAt("before-sending-an-event", () -> world.export(two.subList(0, 1)));
        world.export(two.subList(1, 2));

        assertThat(exported(two.get(0), two.get(1))).hasSize(1);
    }

    @Test
    void an_event_that_was_sent_and_not_marked_comes_again_with_the_same_id() throws Exception {
        List<Integer> two = world.vulnerabilities(2);
        bridge.killAt("after-sending-an-event", () -> world.export(two.subList(0, 1)));
        world.export(two.subList(1, 2));

        List<String> ids = exported(two.get(0), two.get(1));
        assertThat(ids).isNotEmpty();
        assertThat(ids.stream().distinct()).hasSize(1);
    }

    @Test
    void events_wait_while_the_broker_is_dead() throws Exception {
        List<Integer> two = world.vulnerabilities(2);
        world.artemis.kill();
        bridge.process()
                .call(
                        "POST",
                        "/export",
                        "{\"vulnerability_ids\": " + two.subList(0, 1) + ", \"project\": \"SEC\"}",
                        202);
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .until(() -> world.unlinked(two.subList(0, 1)) == 0);
        world.artemis.start();
        world.export(two.subList(1, 2));

        assertThat(exported(two.get(0), two.get(1))).isNotEmpty();
    }

    private static void send(MessageProducer producer, Message message) {
        try {
            producer.send(message);
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_reply_that_is_owed_comes_after_the_restart() throws Exception {
        int vulnerability = world.vulnerabilities(1).get(0);
        try (Connection connection =
                new ActiveMQConnectionFactory("tcp://localhost:" + world.artemis.port()).createConnection()) {
            connection.start();
            Session session = connection.createSession();
            MessageConsumer replies = session.createConsumer(session.createQueue("reply.it"));
            TextMessage request =
                    session.createTextMessage("{\"vulnerability_ids\": [" + vulnerability + "], \"project\": \"SEC\"}");
            request.setJMSReplyTo(session.createQueue("reply.it"));
            request.setJMSCorrelationID("owed");
            MessageProducer exports = session.createProducer(session.createQueue("vuln-export"));
            bridge.killAt("after-reserving", () -> send(exports, request));

            TextMessage reply = (TextMessage) replies.receive(WAIT);
            assertThat(reply).isNotNull();
            assertThat(reply.getJMSCorrelationID()).isEqualTo("owed");
            assertThat(new ObjectMapper()
                            .readTree(reply.getText())
                            .path("items")
                            .get(0)
                            .path("vulnerability_id")
                            .asInt())
                    .isEqualTo(vulnerability);
        }
    }
}
