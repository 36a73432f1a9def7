package io.faradaybridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The broker, or what stands behind its consumers, goes away and comes back. */
@Tag("long")
class BrokerOutageTest {

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> dead = new CopyOnWriteArrayList<>();
    private final AtomicBoolean databaseAway = new AtomicBoolean();
    private final AtomicInteger attempts = new AtomicInteger();
    private Path folder;
    private TestBroker world;
    private Consumers consumers;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        this.folder = folder;
        world = new TestBroker(folder);
        consumers = new Consumers(world.camel, Duration.ofMillis(100));
        world.with(routes());
    }

    @AfterEach
    void stop() {
        consumers.close();
        world.close();
    }

    @Test
    void a_consumer_goes_on_by_itself_after_the_broker_was_restarted() throws Exception {
        world.broker.stop();
        world.broker.start();
        sendOverStomp("{\"n\": 1}");
        await().atMost(Duration.ofSeconds(60)).until(() -> received.contains("{\"n\": 1}"));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void an_outage_is_told_once_with_its_end(CapturedOutput log) throws Exception {
        await().until(() -> world.broker.artemis().getActiveMQServerControl().getConnectionCount() > 0);
        world.broker.stop();
        await().untilAsserted(() -> assertThat(log.getAll()).contains("Consuming from the embedded broker fails"));
        // the time of several tries
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        world.broker.start();

        await().untilAsserted(() -> assertThat(log.getAll()).contains("Connected again to the embedded broker"));
        assertThat(log.getAll().lines().filter(line -> line.contains("Consuming from the embedded broker fails")))
                .extracting(line -> line.replaceFirst(".*by itself: ", ""))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_producer_goes_on_by_itself_after_the_broker_was_restarted() throws Exception {
        world.camel.createProducerTemplate().sendBody("jms:queue:vuln-status", "{\"n\": 1}");
        world.broker.stop();
        world.broker.start();
        world.camel.createProducerTemplate().sendBody("jms:queue:vuln-status", "{\"n\": 2}");
        await().atMost(Duration.ofSeconds(60)).until(() -> received.contains("{\"n\": 2}"));
    }

    @Test
    void routes_start_without_a_broker_and_consume_when_it_comes() throws Exception {
        world.camel.stop();
        world.broker.stop();

        try (TestBroker late = new TestBroker(folder)) {
            late.broker.stop();
            late.with(routes());
            assertThat(late.camel.isStarted()).isTrue();

            late.broker.start();
            try (Stomp stomp = late.stomp(TestBroker.PASSWORD)) {
                stomp.sendText("vuln-status", "{\"n\": 1}");
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> received.contains("{\"n\": 1}"));
        }
    }

    @Test
    void messages_survive_a_restart_of_the_broker_though_their_senders_did_not_ask_for_it() throws Exception {
        world.camel.stop();
        String large = "{\"n\": \"" + "x".repeat(1_000_000) + "\"}";
        sendOverStomp("{\"n\": 1}");
        sendOverStomp(large);
        sendOverAmqp("{\"n\": 2}");
        sendOverAmqp(large);
        world.close();

        try (TestBroker again = new TestBroker(folder)) {
            again.with(routes());
            await().atMost(Duration.ofSeconds(60)).until(() -> received.size() >= 4);
        }
        assertThat(received).containsExactlyInAnyOrder("{\"n\": 1}", large, "{\"n\": 2}", large);
    }

    @Test
    void a_message_that_always_fails_ends_at_the_dead_letters_after_the_attempts_configured() throws Exception {
        sendOverStomp("{\"fail\": true}");
        await().atMost(Duration.ofSeconds(60)).until(() -> dead.contains("{\"fail\": true}"));
        assertThat(attempts).hasValue(3);
    }

    @Test
    void while_the_database_is_away_messages_wait_and_burn_no_attempts() throws Exception {
        databaseAway.set(true);
        sendOverStomp("{\"n\": 1}");
        await().until(() -> !consumers.reasons().isEmpty());
        sendOverStomp("{\"n\": 2}");
        // far longer than three attempts take
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(60)).until(() -> dead.isEmpty());
        int attemptsWhileAway = attempts.get();

        databaseAway.set(false);

        await().atMost(Duration.ofSeconds(60)).until(() -> received.size() == 2);
        assertThat(received).containsExactlyInAnyOrder("{\"n\": 1}", "{\"n\": 2}");
        assertThat(attemptsWhileAway).isLessThanOrEqualTo(2);
        assertThat(consumers.reasons()).isEmpty();
    }

    @Test
    void messages_wait_until_the_last_reason_to_pause_is_over() throws Exception {
        consumers.pause("one", () -> false);
        consumers.pause("one", () -> false);
        consumers.pause("two", () -> false);
        for (int n = 1; n <= 9; n++) {
            sendOverStomp("{\"n\": " + n + "}");
        }
        consumers.resume("one");
        assertThat(consumers.reasons()).containsExactly("two");
        // a consumer may have been about to receive one when it was paused
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(60)).until(() -> received.size() <= 2);

        consumers.resume("two");
        await().atMost(Duration.ofSeconds(60)).until(() -> received.size() == 9);
    }

    private RouteBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class).process(exchange -> {
                    if (databaseAway.get()) {
                        consumers.pause("the database is away", () -> !databaseAway.get());
                    }
                });
                from("jms:queue:vuln-status").routeId("outgoing-ingress").process(exchange -> {
                    String body = exchange.getMessage().getBody(String.class);
                    attempts.incrementAndGet();
                    if (databaseAway.get() || body.contains("fail")) {
                        throw new IllegalStateException("cannot be stored");
                    }
                    received.add(body);
                });
                from("jms:queue:dead-letter")
                        .routeId("dead-letter-intake")
                        .process(exchange -> dead.add(exchange.getMessage().getBody(String.class)));
            }
        };
    }

    private void sendOverStomp(String body) throws Exception {
        try (Stomp stomp = world.stomp(TestBroker.PASSWORD)) {
            assertThat(stomp.sendText("vuln-status", body)).startsWith("RECEIPT");
        }
    }

    private void sendOverAmqp(String body) throws Exception {
        try (Connection connection = world.amqp(TestBroker.PASSWORD).createConnection()) {
            Session session = connection.createSession();
            MessageProducer producer = session.createProducer(session.createQueue(Queues.VULN_STATUS));
            producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
            producer.send(session.createTextMessage(body));
        }
    }
}
