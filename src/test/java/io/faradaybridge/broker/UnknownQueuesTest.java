package io.faradaybridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queues that somebody left in the journal. */
class UnknownQueuesTest {

    @Test
    void a_queue_that_drew_messages_away_is_removed_at_start_and_its_messages_arrive(@TempDir Path folder)
            throws Exception {
        try (TestBroker before = new TestBroker(folder)) {
            before.broker.artemis().createQueue(queue("rogue", Queues.VULN_STATUS));
            before.broker.artemis().createQueue(queue("elsewhere", "elsewhere"));
            for (int n = 1; n <= 6; n++) {
                try (Stomp stomp = before.stomp(TestBroker.PASSWORD)) {
                    assertThat(stomp.sendText(Queues.VULN_STATUS, "{\"n\": " + n + "}"))
                            .startsWith("RECEIPT");
                }
            }
            assertThat(before.queues()).contains("rogue", "elsewhere");
        }

        List<String> received = new CopyOnWriteArrayList<>();
        try (TestBroker after = new TestBroker(folder)) {
            assertThat(after.queues())
                    .containsExactlyInAnyOrder(Queues.VULN_STATUS, Queues.VULN_EXPORT, Queues.DEAD_LETTER);
            assertThat(after.broker.removedQueues())
                    .containsExactlyInAnyOrder(
                            "queue 'rogue' on address 'vuln-status', 3 messages moved to queue 'vuln-status'",
                            "queue 'elsewhere' on address 'elsewhere', with 0 messages");
            after.with(new RouteBuilder() {
                @Override
                public void configure() {
                    from("jms:queue:vuln-status")
                            .process(exchange ->
                                    received.add(exchange.getMessage().getBody(String.class)));
                }
            });
            await().atMost(Duration.ofSeconds(60)).until(() -> received.size() >= 6);
        }
        assertThat(received)
                .containsExactlyInAnyOrder(
                        "{\"n\": 1}", "{\"n\": 2}", "{\"n\": 3}", "{\"n\": 4}", "{\"n\": 5}", "{\"n\": 6}");
    }

    @Test
    void a_journal_as_it_should_be_is_left_alone(@TempDir Path folder) {
        try (TestBroker first = new TestBroker(folder)) {
            assertThat(first.broker.removedQueues()).isEmpty();
        }
        try (TestBroker again = new TestBroker(folder)) {
            assertThat(again.broker.removedQueues()).isEmpty();
        }
    }

    private static QueueConfiguration queue(String name, String address) {
        return QueueConfiguration.of(name)
                .setAddress(address)
                .setRoutingType(RoutingType.ANYCAST)
                .setAutoCreateAddress(true)
                .setDurable(true);
    }
}
