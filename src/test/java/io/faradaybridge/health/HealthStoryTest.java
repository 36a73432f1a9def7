package io.faradaybridge.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.broker.EmbeddedBroker;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A program asks what the bridge stands on. */
class HealthStoryTest {

    private static BridgeWorld world;

    @BeforeAll
    static void enter() {
        world = BridgeWorld.of(SandboxJira.Options.dataCenter());
    }

    @AfterAll
    static void leave() {
        world.close();
    }

    private static JsonNode health() {
        return BridgeWorld.json(
                world.get("/_api/v3/integrations/jira/health", BridgeWorld.basic("pentester", "pentester"))
                        .body());
    }

    private static JsonNode queue(String name) {
        List<JsonNode> queues = new ArrayList<>();
        health().path("broker").path("queues").forEach(queues::add);
        return queues.stream()
                .filter(queue -> queue.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void database_broker_and_sweep_are_shown_as_they_are() {
        world.sweep();

        JsonNode health = health();

        JsonNode database = health.path("database");
        assertThat(database.path("reachable").asBoolean()).isTrue();
        assertThat(database.path("problem").isNull()).isTrue();
        assertThat(database.path("latency_ms").asLong(-1)).isNotNegative();
        assertThat(database.path("version").asText()).matches("\\d+.*");
        assertThat(database.path("pool").path("most").asInt()).isEqualTo(20);
        JsonNode broker = health.path("broker");
        assertThat(broker.path("embedded").asBoolean()).isTrue();
        assertThat(broker.path("reachable").asBoolean()).isTrue();
        assertThat(broker.path("version").asText()).startsWith("2.");
        assertThat(broker.path("paused_because")).isEmpty();
        assertThat(queue("vuln-status").path("consumers").asInt()).isPositive();
        assertThat(queue("dead-letter").path("exists").asBoolean()).isTrue();
        assertThat(health.path("flows")).isEmpty();
        assertThat(health.path("sweeps").path("SEC").asText()).endsWith("Z");
    }

    @Test
    void messages_that_wait_on_the_broker_are_counted_and_a_stopped_route_is_named() throws Exception {
        RouteController routes = world.bean(CamelContext.class).getRouteController();
        routes.stopRoute("outgoing-ingress");
        try (ProducerTemplate sender = world.bean(CamelContext.class).createProducerTemplate()) {
            sender.sendBody("jms:queue:vuln-status", "{\"vulnerability_id\": 1}");
            sender.sendBody("jms:queue:vuln-status", "{\"vulnerability_id\": 2}");

            assertThat(queue("vuln-status").path("messages").asLong()).isEqualTo(2);
            assertThat(queue("vuln-status").path("consumers").asInt()).isZero();
            await().until(() ->
                    health().path("flows").path("outgoing-ingress").asText().equals("the route has stopped"));
        } finally {
            routes.startRoute("outgoing-ingress");
        }
        await().until(() -> queue("vuln-status").path("messages").asLong() == 0);
    }

    @Test
    void a_broker_that_is_away_is_said_and_the_rest_is_still_shown() {
        EmbeddedBroker broker = world.bean(EmbeddedBroker.class);
        broker.stop();
        try {
            await().untilAsserted(() -> {
                assertThat(health().path("broker").path("reachable").asBoolean(true))
                        .isFalse();
                assertThat(health().path("database").path("reachable").asBoolean())
                        .isTrue();
            });
        } finally {
            broker.start();
        }
        await().until(() -> health().path("broker").path("reachable").asBoolean());
    }
}
