package io.faradaybridge.switches;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** In the rhythm of the detector: what a pause has left is counted, and a resync goes on. */
@Component
class SwitchRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("timer:catch-up?period={{bridge.detector.interval}}")
                .routeId("catch-up")
                .routeConfigurationId("timer-errors")
                .description("Opens directions that ask and have little to change, and goes on with resyncs.")
                .bean("catchUp", "turn")
                .bean("projectResync", "turn");
    }
}
