package io.faradaybridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.ActivityEndpoint;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.sandbox.BridgeWorld;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever hands something over to a flow, nobody waits for its answer: each flow begins InOnly. */
@Tag("long")
class HandOverTest {

    @Test
    void every_flow_that_is_handed_something_goes_on_in_only() throws Exception {
        assertThat(takenUp(BridgeWorld.shared()))
                .containsOnlyKeys(
                        "incoming-status", "outgoing-status", "outgoing-early", "export", "export-chunks", "adoption")
                .allSatisfy((route, pattern) -> assertThat(pattern).as(route).isEqualTo(ExchangePattern.InOnly));
    }

    /** Hands each {@code seda:} consumer an exchange that is InOut, as a web request leaves it. @return how each route ended it */
    static Map<String, ExchangePattern> takenUp(BridgeWorld world) throws Exception {
        CamelContext camel = world.bean(CamelContext.class);
        List<Route> flows = camel.getRoutes().stream()
                .filter(route -> route.getEndpoint() instanceof SedaEndpoint)
                .toList();
        assertThat(flows).allSatisfy(route -> assertThat(route.getRoutePolicyList())
                .as(route.getRouteId())
                .hasAtLeastOneElementOfType(HandOver.TakenUpInOnly.class));
        Ends ends = new Ends();
        ends.start();
        camel.getManagementStrategy().addEventNotifier(ends);
        try (ProducerTemplate sender = camel.createProducerTemplate()) {
            for (Route flow : flows) {
                // a fresh endpoint, without the consumer's options, to the same queue
                String queue = "seda:" + ((SedaEndpoint) flow.getEndpoint()).getName();
                await().untilAsserted(() -> {
                    if (flow.getEndpoint() instanceof ActivityEndpoint) { // nobody but the bridge sends to it
                        world.bean(Activity.class).record(Outcome.DRIVEN, "hand-over", null, null, "of a test", null);
                    } else {
                        sender.sendBody(
                                queue + "?waitForTaskToComplete=Never&discardWhenFull=true",
                                ExchangePattern.InOut,
                                ends);
                    }
                    assertThat(ends.patterns).containsKey(flow.getRouteId());
                });
            }
        } finally {
            camel.getManagementStrategy().removeEventNotifier(ends);
        }
        return ends.patterns;
    }

    private static class Ends extends EventNotifierSupport {

        private final Map<String, ExchangePattern> patterns = new ConcurrentHashMap<>();

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof CamelEvent.ExchangeEvent end
                    && (event instanceof CamelEvent.ExchangeCompletedEvent
                            || event instanceof CamelEvent.ExchangeFailedEvent)
                    && end.getExchange().getFromEndpoint() instanceof SedaEndpoint) {
                patterns.merge(
                        end.getExchange().getFromRouteId(),
                        end.getExchange().getPattern(),
                        (one, other) -> one == ExchangePattern.InOnly ? other : one);
            }
        }
    }
}
