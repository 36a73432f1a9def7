package io.faradaybridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.BridgeWorld;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.jms.JmsConsumer;
import org.apache.camel.component.seda.SedaConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A consumer that takes up nothing any more costs the process its life: nothing else would bring it back. */
@Tag("long")
class FlowHealthTest {

    private BridgeWorld world;
    private CamelContext camel;
    private String broken;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
        camel = world.bean(CamelContext.class);
        await().until(() -> world.liveness().equals("UP"));
    }

    @AfterEach
    void cure() throws Exception {
        camel.getRouteController().stopRoute(broken);
        camel.getRouteController().startRoute(broken);
        await().until(() -> world.liveness().equals("UP"));
    }

    @Test
    void a_flow_one_of_whose_threads_ended_is_dead() throws Exception {
        broken = "outgoing-early";
        SedaConsumer consumer = (SedaConsumer) camel.getRoute(broken).getConsumer();
        consumer.setExceptionHandler(new Uncaught());

        try (ProducerTemplate sender = camel.createProducerTemplate()) {
            sender.sendBody("seda:" + consumer.getEndpoint().getName(), "nothing it can take up");
        }

        await().dontCatchUncaughtExceptions().until(() -> world.liveness().equals("DOWN"));
        assertThat(world.observe("health")).contains("outgoing-early", "1 of its 2 threads have ended");
    }

    @Test
    void a_queue_that_nobody_listens_to_any_more_is_dead() throws Exception {
        broken = "outgoing-ingress";

        ((JmsConsumer) camel.getRoute(broken).getConsumer())
                .getListenerContainer()
                .stop();

        await().dontCatchUncaughtExceptions().until(() -> world.liveness().equals("DOWN"));
        assertThat(world.observe("metrics")).contains("\nbridge_flows_broken 1.0\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"incoming-ingress", "detector", "reconcile"})
    void a_route_that_stopped_is_dead(String route) throws Exception {
        broken = route;

        camel.getRouteController().stopRoute(route);

        await().dontCatchUncaughtExceptions().until(() -> world.liveness().equals("DOWN"));
    }

    /** The error before, since memory may be short. */
    private static final class Uncaught implements org.apache.camel.spi.ExceptionHandler {

        @Override
        public void handleException(Throwable problem) {
            throw new LinkageError("as the test wants it");
        }

        @Override
        public void handleException(String message, Throwable problem) {
            handleException(problem);
        }

        @Override
        public void handleException(String message, org.apache.camel.Exchange exchange, Throwable problem) {
            handleException(problem);
        }
    }
}
