package io.faradaybridge.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.ActivityListeners;
import io.faradaybridge.activity.ActivityQuery;
import io.faradaybridge.activity.ActivityRoutes;
import io.faradaybridge.activity.ActivityRows;
import io.faradaybridge.activity.ActivitySettings;
import io.faradaybridge.activity.LastRequests;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.activity.SetupAudit;
import io.faradaybridge.activity.SetupAuditSettings;
import io.faradaybridge.broker.QueueHeaders;
import io.faradaybridge.broker.QueueMessage;
import io.faradaybridge.broker.Stomp;
import io.faradaybridge.broker.TestBroker;
import io.faradaybridge.deadletter.DeadLetter.Answer;
import io.faradaybridge.deadletter.DeadLetter.State;
import io.faradaybridge.faraday.Visibility;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** From a queue to the table and back, with the shipped error policy. */
@TestInstance(Lifecycle.PER_CLASS)
class DeadLettersTest {

    private static final Visibility EVERYTHING = new Visibility(true, true, Set.of());

    private final List<QueueMessage> worked = new CopyOnWriteArrayList<>();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final FaradayDatabase faraday = FaradayDatabase.start();
    private JdbcClient jdbc;
    private Activity activity;
    private DeadLetters letters;
    private TestBroker world;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        DataSource database = faraday.newBridgeDatabase().dataSource();
        jdbc = JdbcClient.create(database);
        ActivitySettings settings = new ActivitySettings(Duration.ofDays(90));
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        DeadLetterTable table = new DeadLetterTable(jdbc);
        activity = new Activity(jdbc, TestBroker.NO_EVENTS, new ActivityListeners(new SimpleMeterRegistry()));
        world = new TestBroker(folder).watching(database);
        letters = new DeadLetters(table, activity, transaction, world.camel, settings);
        world.camel.getRegistry().bind("activityRows", new ActivityRows(jdbc, settings, TestBroker.NO_EVENTS));
        world.camel.getRegistry().bind("lastRequests", new LastRequests(jdbc, settings));
        world.camel.getRegistry().bind("setupAudit", new SetupAudit(jdbc, new SetupAuditSettings(Duration.ofDays(90))));
        world.camel.getRegistry().bind("deadLetters", letters);
        world.camel
                .getRegistry()
                .bind("deadLetterIntake", new DeadLetterIntake(table, activity, transaction, world.settings));
        PluginHelper.getRoutesLoader(world.camel)
                .loadRoutes(ResourceHelper.resolveResource(world.camel, "file:routes/errors.yaml"));
        world.camel.addRoutes(new ActivityRoutes());
        world.with(new RouteBuilder() {
            @Override
            public void configure() {
                from("jms:queue:vuln-status")
                        .routeId("outgoing-ingress")
                        .routeConfigurationId("border-errors")
                        .bean("queueMessages", "read")
                        .process(exchange -> {
                            if (failing.get()) {
                                throw new IllegalStateException("cannot be stored");
                            }
                            activity.find(ActivityQuery.newest(1)); // as a border that stores a hint needs the database
                            worked.add(exchange.getMessage().getBody(QueueMessage.class));
                        });
                from("jms:queue:vuln-export")
                        .routeId("export-ingress")
                        .autoStartup(false)
                        .process(exchange -> {});
            }
        });
    }

    @AfterAll
    void stop() {
        world.close();
        faraday.close();
    }

    @BeforeEach
    void forget() {
        failing.set(false);
        worked.clear();
        jdbc.sql("TRUNCATE faraday_bridge.dead_letter, faraday_bridge.activity").update();
    }

    @Test
    void a_forged_letter_that_the_table_would_refuse_is_made_fit() throws Exception {
        try (var producer = world.camel.createProducerTemplate()) {
            producer.sendBodyAndHeaders(
                    "jms:queue:dead-letter",
                    "forged",
                    Map.of(
                            QueueHeaders.ORIGIN, "nowhere\0",
                            QueueHeaders.ROUTE, "\0",
                            QueueHeaders.ATTEMPTS, "NaN",
                            QueueHeaders.ORIGINAL_HEADERS, "{\"\\u0000\": \"\\u0000\"}"));
        }

        DeadLetter letter = await().until(
                        () -> letters.list(State.WAITING, null, 10, EVERYTHING).stream()
                                .filter(one -> one.body().equals("forged"))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        assertThat(letter.origin()).isEqualTo("nowhere ");
        assertThat(letter.attempts()).isZero();
    }

    @Test
    void a_message_that_nobody_can_use_is_a_row_with_all_that_is_known_of_it() throws Exception {
        send(world.core(TestBroker.PASSWORD), session -> {
            Message message = session.createTextMessage("vulnerability 17, Zoë");
            message.setJMSType("note");
            message.setJMSCorrelationID("scan-4711");
            message.setStringProperty("CAmelHttpUri", "http://attacker.example");
            message.setStringProperty("bridge_HYPHEN_origin", "vuln-export");
            message.setStringProperty("bridge_HYPHEN_cause", "nothing to see here");
            return message;
        });

        DeadLetter letter = onlyLetter();
        assertThat(letter.origin()).isEqualTo("vuln-status");
        assertThat(letter.routeId()).isEqualTo("outgoing-ingress");
        assertThat(letter.body()).isEqualTo("vulnerability 17, Zoë");
        assertThat(letter.text()).isTrue();
        assertThat(letter.cause()).startsWith("The message is not JSON");
        assertThat(letter.attempts()).isEqualTo(1);
        assertThat(letter.correlationId()).isEqualTo("scan-4711");
        assertThat(letter.messageId()).startsWith("ID:");
        assertThat(letter.headers()).containsEntry("JMSType", "note").doesNotContainKey("CAmelHttpUri");
        assertThat(activity.find(ActivityQuery.newest(10))).singleElement().satisfies(event -> {
            assertThat(event.outcome()).isEqualTo(Outcome.DEAD);
            assertThat(event.correlationId()).isEqualTo("scan-4711");
            assertThat(event.detail()).contains("vuln-status").contains("not JSON");
        });
    }

    @Test
    void a_serialised_object_is_kept_as_the_bytes_it_came_in() throws Exception {
        send(world.core(TestBroker.PASSWORD), session -> session.createObjectMessage(Instant.EPOCH));

        DeadLetter letter = onlyLetter();
        assertThat(letter.text()).isFalse();
        assertThat(letter.cause()).contains("serialised Java object");
        assertThat(new DeadLetterTable(jdbc).body(letter.id())).startsWith(0xAC, 0xED, 0, 5);
    }

    @Test
    void bytes_that_are_no_text_stay_as_they_are() throws Exception {
        byte[] latin = {'{', (byte) 0xEB, 0, (byte) 0xFF, '}'};
        try (Stomp stomp = world.stomp(TestBroker.PASSWORD)) {
            stomp.sendBytes("vuln-status", latin);
        }
        assertThat(new DeadLetterTable(jdbc).body(onlyLetter().id())).isEqualTo(latin);
    }

    @Test
    void a_message_that_fails_each_time_is_a_row_as_well_whichever_protocol_it_came_over() throws Exception {
        failing.set(true);
        send(world.core(TestBroker.PASSWORD), session -> session.createTextMessage("{\"over\": \"core\"}"));
        send(world.amqp(TestBroker.PASSWORD), session -> session.createTextMessage("{\"over\": \"amqp\"}"));
        try (Stomp stomp = world.stomp(TestBroker.PASSWORD)) {
            stomp.send("vuln-status", "{\"over\": \"stomp\"}", Map.of("bridge-correlation", "scan-4712"));
        }

        await().atMost(Duration.ofSeconds(60)).until(() -> all().size() == 3);
        assertThat(all())
                .extracting(DeadLetter::body)
                .containsExactlyInAnyOrder("{\"over\": \"core\"}", "{\"over\": \"amqp\"}", "{\"over\": \"stomp\"}");
        assertThat(all()).allSatisfy(letter -> {
            assertThat(letter.origin()).isEqualTo("vuln-status");
            assertThat(letter.attempts()).isEqualTo(3);
            assertThat(letter.cause()).contains("the broker gave up");
        });
        assertThat(all()).extracting(DeadLetter::correlationId).contains("scan-4712");
    }

    @Test
    void an_expired_message_is_a_row_instead_of_gone() throws Exception {
        try (Connection connection = world.core(TestBroker.PASSWORD).createConnection()) {
            Session session = connection.createSession();
            MessageProducer producer = session.createProducer(session.createQueue("vuln-export"));
            producer.setTimeToLive(1);
            producer.send(session.createTextMessage("{\"project\": \"VULN\"}"));
        }
        world.camel.getRouteController().startRoute("export-ingress");

        assertThat(onlyLetter()).satisfies(letter -> {
            assertThat(letter.origin()).isEqualTo("vuln-export");
            assertThat(letter.cause()).contains("expired");
            assertThat(letter.body()).isEqualTo("{\"project\": \"VULN\"}");
        });
    }

    @Test
    void a_dead_letter_that_cannot_be_stored_waits_on_the_broker_however_often_it_fails() throws Exception {
        jdbc.sql("ALTER TABLE faraday_bridge.dead_letter RENAME TO away").update();
        sendText("hello");
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(60)).until(() -> true);

        jdbc.sql("ALTER TABLE faraday_bridge.away RENAME TO dead_letter").update();

        assertThat(onlyLetter().body()).isEqualTo("hello");
    }

    @Test
    void messages_and_dead_letters_wait_on_the_broker_while_the_database_is_away() throws Exception {
        faraday.stop();
        sendText("{\"vulnerability_id\": 17}");
        sendText("hello");
        // far longer than the attempts that a message has
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(60)).until(() -> worked.isEmpty());

        faraday.restart();

        await().atMost(Duration.ofSeconds(60)).until(() -> worked.size() == 1);
        assertThat(onlyLetter().body()).isEqualTo("hello");
    }

    @Test
    void a_replayed_letter_goes_to_its_queue_once_with_its_correlation_id() throws Exception {
        failing.set(true);
        try (Stomp stomp = world.stomp(TestBroker.PASSWORD)) {
            stomp.send("vuln-status", "{\"vulnerability_id\": 17}", Map.of("bridge-correlation", "scan-4713"));
        }
        DeadLetter letter = onlyLetter();
        failing.set(false);

        assertThat(letters.replay(letter.id(), "ada")).isEqualTo(Answer.DONE);
        assertThat(letters.replay(letter.id(), "bob")).isEqualTo(Answer.NOT_WAITING);
        assertThat(letters.discard(letter.id(), "bob")).isEqualTo(Answer.NOT_WAITING);

        await().atMost(Duration.ofSeconds(60)).until(() -> worked.size() == 1);
        assertThat(worked.get(0).text()).isEqualTo("{\"vulnerability_id\": 17}");
        assertThat(worked.get(0).correlationId()).isEqualTo("scan-4713");
        assertThat(letters.find(letter.id())).get().satisfies(replayed -> {
            assertThat(replayed.state()).isEqualTo(State.REPLAYED);
            assertThat(replayed.stateBy()).isEqualTo("ada");
        });
        assertThat(activity.find(ActivityQuery.newest(1)).get(0).outcome()).isEqualTo(Outcome.REPLAYED);
    }

    @Test
    void a_letter_replayed_while_the_broker_is_away_waits_as_before() throws Exception {
        sendText("hello");
        DeadLetter letter = onlyLetter();
        world.broker.stop();

        assertThatThrownBy(() -> letters.replay(letter.id(), "ada")).hasMessageContaining("waits as before");

        assertThat(letters.find(letter.id()).orElseThrow().state()).isEqualTo(State.WAITING);
        world.broker.start();
    }

    @Test
    void a_letter_replayed_in_vain_is_a_new_letter() throws Exception {
        sendText("hello");
        DeadLetter letter = onlyLetter();

        letters.replay(letter.id(), "ada");

        await().atMost(Duration.ofSeconds(60)).until(() -> all().size() == 2);
        assertThat(letters.list(State.WAITING, null, 10, EVERYTHING)).hasSize(1);
    }

    @Test
    void a_discarded_letter_is_kept_for_the_record_and_then_forgotten() throws Exception {
        sendText("hello");
        DeadLetter letter = onlyLetter();

        assertThat(letters.discard(letter.id(), "ada")).isEqualTo(Answer.DONE);
        assertThat(letters.replay(letter.id(), "ada")).isEqualTo(Answer.NOT_WAITING);
        assertThat(letters.list(State.DISCARDED, null, 10, EVERYTHING)).hasSize(1);

        jdbc.sql("UPDATE faraday_bridge.dead_letter SET state_at = now() - interval '91 days'")
                .update();
        letters.purge();
        assertThat(all()).isEmpty();
        assertThat(letters.discard(letter.id(), "ada")).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void a_letter_delivered_again_after_its_acknowledgement_was_lost_is_not_a_second_one() {
        Letter letter = new Letter(
                "vuln-status", "outgoing-ingress", "c-1", "hello".getBytes(UTF_8), true, Map.of(), "why", 1, "ID:1");
        DeadLetterTable table = new DeadLetterTable(jdbc);
        assertThat(table.insert(letter)).isTrue();
        assertThat(table.insert(letter)).isFalse();
        assertThat(all()).hasSize(1);
    }

    private interface Written {
        Message in(Session session) throws JMSException;
    }

    private static void send(ConnectionFactory connections, Written message) throws JMSException {
        try (Connection connection = connections.createConnection()) {
            Session session = connection.createSession();
            session.createProducer(session.createQueue("vuln-status")).send(message.in(session));
        }
    }

    private void sendText(String body) throws Exception {
        try (Stomp stomp = world.stomp(TestBroker.PASSWORD)) {
            assertThat(stomp.sendText("vuln-status", body)).startsWith("RECEIPT");
        }
    }

    private DeadLetter onlyLetter() {
        await().atMost(Duration.ofSeconds(60)).until(() -> all().size() == 1);
        return all().get(0);
    }

    private List<DeadLetter> all() {
        return letters.list(null, null, 100, EVERYTHING);
    }
}
