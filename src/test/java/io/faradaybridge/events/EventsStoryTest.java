package io.faradaybridge.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.broker.EmbeddedBroker;
import io.faradaybridge.broker.Stomp;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that subscribe to what happens. */
class EventsStoryTest {

    private static final String TOPIC = "jira-bridge-events";
    private static final String USER = "subscriber";
    private static final String PASSWORD = "sandbox";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static BridgeWorld world;

    @BeforeAll
    static void enter() {
        world = BridgeWorld.shared();
    }

    /** An event as its receiver sees it: the attributes, and the row of the activity. */
    private record Event(Map<String, String> attributes, JsonNode data) {

        boolean isOf(int vulnerability) {
            return data.path("vulnerability_id").asInt() == vulnerability;
        }

        String outcome() {
            return data.path("outcome").asText();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "amqp"})
    void a_durable_subscriber_gets_each_event_although_it_was_away(String protocol) throws Exception {
        try (Connection before = subscriber(protocol)) {
            subscription(before);
        }
        Link link = Link.exported(world, "SEC");
        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");

        List<Event> events = new ArrayList<>();
        try (Connection again = subscriber(protocol)) {
            MessageConsumer subscription = subscription(again);
            while (events.stream().noneMatch(event -> event.outcome().equals("driven"))) {
                Message message = subscription.receive(90_000);
                assertThat(message).as("an event after " + events).isNotNull();
                Event event = event(message);
                if (event.isOf(link.vulnerability())) {
                    events.add(event);
                }
            }
        }
        assertEventsOf(link, events);
        assertThat(events.get(0).attributes().get("correlation"))
                .isEqualTo(events.get(0).data().path("correlation_id").asText());
    }

    /** As docs/operations.md has it for a program that never comes back. */
    @ParameterizedTest
    @ValueSource(strings = {"core", "stomp"})
    void a_forgotten_subscription_is_named_with_what_it_keeps_and_can_be_ended(String protocol) throws Exception {
        boolean stomp = protocol.equals("stomp");
        Map<String, String> named = new TreeMap<>(subscribe());
        named.put("durable-subscription-name", "forgotten");
        if (stomp) {
            try (Stomp before = stomp()) {
                before.exchange("SUBSCRIBE", named, new byte[0]);
            }
        } else {
            try (Connection before = subscriber(protocol)) {
                Session session = before.createSession();
                session.createDurableConsumer(session.createTopic(TOPIC), "forgotten");
            }
        }
        Link.exported(world, "SEC");

        await().until(() -> keptForForgotten() > 0);
        await().untilAsserted(() -> assertThat(world.observe("metrics")).containsPattern("\nbridge_events_kept [1-9]"));

        if (stomp) {
            try (Stomp again = stomp()) {
                named.keySet().retainAll(List.of("durable-subscription-name"));
                named.put("receipt", "ended");
                assertThat(again.exchange("UNSUBSCRIBE", named, new byte[0])).startsWith("RECEIPT");
            }
        } else {
            try (Connection again = subscriber(protocol)) {
                again.createSession().unsubscribe("forgotten");
            }
        }
        await().until(() -> keptForForgotten() < 0);
    }

    /** -1 without such a subscription. */
    private static long keptForForgotten() {
        for (JsonNode queue : Administrator.of(world).get("health").at("/broker/queues")) {
            if (queue.path("name").asText().endsWith(".forgotten")) {
                return queue.path("messages").asLong();
            }
        }
        return -1;
    }

    @Test
    void a_durable_subscriber_over_stomp_gets_each_event_although_it_was_away() throws Exception {
        try (Stomp before = stomp()) {
            before.exchange("SUBSCRIBE", subscribe(), new byte[0]);
        }
        Link link = Link.exported(world, "SEC");
        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");

        List<Event> events = new ArrayList<>();
        try (Stomp again = stomp()) {
            String frame = again.exchange("SUBSCRIBE", subscribe(), new byte[0]);
            while (true) {
                if (frame.startsWith("MESSAGE")) {
                    Event event = event(frame);
                    if (event.isOf(link.vulnerability())) {
                        events.add(event);
                    }
                    if (events.stream().anyMatch(seen -> seen.outcome().equals("driven"))) {
                        break;
                    }
                } else {
                    assertThat(frame).startsWith("RECEIPT");
                }
                frame = again.receive();
            }
        }
        assertEventsOf(link, events);
    }

    private static void assertEventsOf(Link link, List<Event> events) {
        assertThat(events).extracting(Event::outcome).containsSubsequence("exported", "driven");
        assertThat(events).allSatisfy(event -> assertThat(event.attributes())
                .containsEntry("specversion", "1.0")
                .hasEntrySatisfying("id", id -> assertThat(id)
                        .startsWith(event.data().path("id").asText() + "-"))
                .containsEntry("source", "/faraday-jira-bridge")
                .containsEntry("type", "io.faradaybridge.activity." + event.outcome())
                .containsEntry("subject", "vulnerability/" + link.vulnerability())
                .containsEntry("time", event.data().path("at").asText())
                .containsEntry("datacontenttype", "application/json"));
    }

    @Test
    void a_row_that_is_committed_after_a_later_one_is_not_skipped() throws Exception {
        int early = world.vulnerabilities(1).get(0);
        int late = world.vulnerabilities(1).get(0);
        try (Connection connection = subscriber("core");
                java.sql.Connection slow = world.database().dataSource().getConnection()) {
            MessageConsumer subscription = connection
                    .createSession()
                    .createConsumer(connection.createSession().createTopic(TOPIC));
            connection.start();
            slow.setAutoCommit(false);
            insert(slow, early);
            try (java.sql.Connection quick = world.database().dataSource().getConnection()) {
                insert(quick, late);
            }
            awaitEvent(subscription, late);
            slow.commit();
            awaitEvent(subscription, early);
        }
    }

    @Test
    void a_row_that_gets_the_id_of_another_one_after_a_restore_is_another_event() throws Exception {
        int vulnerability = world.vulnerabilities(1).get(0);
        try (Connection connection = subscriber("core")) {
            MessageConsumer subscription = connection
                    .createSession()
                    .createConsumer(connection.createSession().createTopic(TOPIC));
            connection.start();
            insertWithTheId0(vulnerability);
            String first = awaitMarked(subscription, vulnerability);
            world.rows()
                    .sql("UPDATE faraday_bridge.activity SET unsent = true WHERE id = 0")
                    .update();
            String again = awaitMarked(subscription, vulnerability);
            insertWithTheId0(vulnerability);
            String other = awaitMarked(subscription, vulnerability);

            assertThat(again).as("it is sent again").isEqualTo(first);
            assertThat(other).as("it is another row").startsWith("0-").isNotEqualTo(first);
        } finally {
            world.rows().sql("DELETE FROM faraday_bridge.activity WHERE id = 0").update();
        }
    }

    /** @return the id of the event */
    private static String awaitMarked(MessageConsumer subscription, int vulnerability) throws Exception {
        Event event = awaitEvent(subscription, vulnerability);
        await().until(() -> world.rows()
                .sql("SELECT NOT unsent FROM faraday_bridge.activity WHERE id = 0")
                .query(Boolean.class)
                .single());
        return event.attributes().get("id");
    }

    private static void insertWithTheId0(int vulnerability) {
        world.rows().sql("DELETE FROM faraday_bridge.activity WHERE id = 0").update();
        world.rows().sql("""
            INSERT INTO faraday_bridge.activity (id, outcome, correlation_id, vulnerability_id, detail, unsent)
            OVERRIDING SYSTEM VALUE VALUES (0, 'IGNORED', 'a-test', ?, 'written by a test', true)""").param(vulnerability).update();
    }

    private static void insert(java.sql.Connection connection, int vulnerability) throws Exception {
        try (PreparedStatement row = connection.prepareStatement("""
            INSERT INTO faraday_bridge.activity (outcome, correlation_id, vulnerability_id, detail, unsent)
            VALUES ('IGNORED', 'a-test', ?, 'written by a test', true)""")) {
            row.setInt(1, vulnerability);
            row.executeUpdate();
        }
    }

    private static Event awaitEvent(MessageConsumer subscription, int vulnerability) throws Exception {
        Event event;
        do {
            Message message = subscription.receive(90_000);
            assertThat(message)
                    .as("the event of vulnerability " + vulnerability)
                    .isNotNull();
            event = event(message);
        } while (!event.isOf(vulnerability));
        return event;
    }

    @Test
    void what_the_broker_has_taken_does_not_wait_any_more() {
        Link.exported(world, "SEC");
        await().until(() -> world.rows()
                        .sql("SELECT count(*) FROM faraday_bridge.activity WHERE unsent")
                        .query(Integer.class)
                        .single()
                == 0);
    }

    @Test
    void the_metrics_say_for_how_long_an_event_has_waited() throws Exception {
        CamelContext flows = world.bean(CamelContext.class);
        flows.getRouteController().suspendRoute("events");
        try {
            world.rows().sql("""
                INSERT INTO faraday_bridge.activity (at, outcome, correlation_id, detail, unsent)
                VALUES (now() - interval '20 minutes', 'IGNORED', 'a-test', 'written by a test', true)""").update();
            await().until(() -> age() > 1190);
        } finally {
            flows.getRouteController().resumeRoute("events");
        }
        await().until(() -> age() < 60);
    }

    private static double age() {
        return world.observe("metrics")
                .lines()
                .filter(line -> line.startsWith("bridge_events_age_seconds "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    private static Connection subscriber(String protocol) throws JMSException {
        EmbeddedBroker broker = world.bean(EmbeddedBroker.class);
        ConnectionFactory factory = protocol.equals("core")
                ? new ActiveMQConnectionFactory("tcp://127.0.0.1:" + broker.port("core"), USER, PASSWORD)
                : new JmsConnectionFactory(USER, PASSWORD, "amqp://127.0.0.1:" + broker.port("amqp"));
        Connection connection = factory.createConnection();
        connection.setClientID("a-program-over-" + protocol);
        return connection;
    }

    private static MessageConsumer subscription(Connection connection) throws JMSException {
        Session session = connection.createSession();
        MessageConsumer subscription = session.createDurableConsumer(session.createTopic(TOPIC), "audit");
        connection.start();
        return subscription;
    }

    private static Event event(Message message) throws Exception {
        Map<String, String> attributes = new TreeMap<>();
        Enumeration<?> names = message.getPropertyNames();
        while (names.hasMoreElements()) {
            String property = names.nextElement().toString();
            if (property.startsWith("cloudEvents_")) {
                attributes.put(property.substring("cloudEvents_".length()), message.getStringProperty(property));
            }
        }
        attributes.put("correlation", message.getJMSCorrelationID());
        return new Event(attributes, JSON.readTree(message.getBody(byte[].class)));
    }

    private static Stomp stomp() throws Exception {
        return new Stomp(
                world.bean(EmbeddedBroker.class).port("stomp"),
                USER,
                PASSWORD,
                Map.of("client-id", "a-program-over-stomp"));
    }

    private static Map<String, String> subscribe() {
        return Map.of(
                "destination", TOPIC,
                "subscription-type", "MULTICAST",
                "id", "1",
                "ack", "auto",
                "durable-subscription-name", "audit",
                "receipt", "subscribed");
    }

    private static Event event(String frame) throws Exception {
        int end = frame.indexOf("\n\n");
        Map<String, String> attributes = new TreeMap<>();
        frame.substring(0, end).lines().skip(1).forEach(line -> {
            String[] header = line.split(":", 2);
            if (header[0].startsWith("cloudEvents_")) {
                attributes.put(header[0].substring("cloudEvents_".length()), header[1].replace("\\c", ":"));
            }
        });
        return new Event(attributes, JSON.readTree(frame.substring(end + 2)));
    }
}
