package io.faradaybridge.flows;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The route that remembers which shipped files the operator's files are used in place of. */
@Component
public class FlowRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("timer:replaced-files?delay=5s&period=10m")
                .routeId("replaced-files")
                .routeConfigurationId("timer-errors")
                .description("Notes the shipped file beside which a file of the routes folder is first used, so that an"
                        + " upgrade that leaves it behind is noticed.")
                .bean("replacedFiles", "note");
    }
}
