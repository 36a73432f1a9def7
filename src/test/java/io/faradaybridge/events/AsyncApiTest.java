package io.faradaybridge.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.broker.BusContract;
import io.faradaybridge.broker.EmbeddedBroker;
import io.faradaybridge.broker.EventSettings;
import io.faradaybridge.broker.Queues;
import io.faradaybridge.sandbox.BridgeWorld;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code docs/asyncapi.yaml} describes what is there. What the bridge sends in the stories of the shared world is held to it
 * by {@link BusContract}.
 */
class AsyncApiTest {

    private static final JsonNode DOCUMENT = BusContract.document();

    private static BridgeWorld world;

    @BeforeAll
    static void enter() {
        world = BridgeWorld.shared();
    }

    @Test
    void each_queue_and_the_topic_of_the_settings_is_described_and_no_other() {
        Set<String> there = new TreeSet<>(Queues.ALL);
        there.add(world.bean(EventSettings.class).topic());

        Set<String> described = new TreeSet<>();
        DOCUMENT.path("channels").forEach(channel -> {
            if (!channel.path("address").isNull()) {
                described.add(channel.path("address").asText());
            }
        });
        assertThat(described).isEqualTo(there);
    }

    @Test
    void each_reference_leads_somewhere_and_each_outcome_is_named() {
        DOCUMENT.findValuesAsText("$ref").forEach(reference -> assertThat(
                        DOCUMENT.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
        assertThat(DOCUMENT.at("/components/schemas/event/properties/outcome/enum"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(Arrays.stream(Outcome.values())
                        .map(outcome -> outcome.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            vuln-status | statusHint    | {"vulnerability_id": 17, "status": "closed", "workspace": "x"}
            vuln-status | statusHint    | {"vulnerability_id": 17, "status": 3}
            vuln-status | statusHint    | {"vulnerability_id": "17"}
            vuln-status | statusHint    | {"vulnerability_id": 0}
            vuln-status | statusHint    | {"vulnerability_id": 2147483648}
            vuln-status | statusHint    | {"status": "closed"}
            vuln-export | exportRequest | {"vulnerability_ids": [2147483647], "project": "SEC"}
            vuln-export | exportRequest | {"vulnerability_ids": [2147483647], "project": "SEC", "issue_type": null, "more": 1}
            vuln-export | exportRequest | {"vulnerability_ids": [], "project": "SEC"}
            vuln-export | exportRequest | {"vulnerability_ids": [0], "project": "SEC"}
            vuln-export | exportRequest | {"vulnerability_ids": 17, "project": "SEC"}
            vuln-export | exportRequest | {"vulnerability_ids": [2147483647], "project": " "}
            vuln-export | exportRequest | {"project": "SEC"}
            """)
    void the_bridge_takes_a_message_if_the_document_allows_it(String queue, String schema, String message)
            throws Exception {
        boolean allowed = BusContract.violations(schema, new ObjectMapper().readTree(message))
                .isEmpty();
        String correlation = "allowed-" + UUID.randomUUID();
        EmbeddedBroker broker = world.bean(EmbeddedBroker.class);
        world.bean(ProducerTemplate.class)
                .sendBodyAndHeader("jms:queue:" + queue, message, "bridge-correlation", correlation);

        await().until(() ->
                BusContract.waiting(broker, queue) == 0 && BusContract.waiting(broker, Queues.DEAD_LETTER) == 0);
        assertThat(dead(correlation)).isEqualTo(allowed ? 0 : 1);
    }

    private static int dead(String correlation) {
        return world.rows()
                .sql("SELECT count(*) FROM faraday_bridge.dead_letter WHERE correlation_id = ?")
                .param(correlation)
                .query(Integer.class)
                .single();
    }
}
