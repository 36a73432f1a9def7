package io.faradaybridge.export.rules;

import io.faradaybridge.export.ExportRoutes;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The turns of the export rules, in the rhythm of the detector. */
@Component
class RuleRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("timer:export-rules?period={{bridge.detector.interval}}")
                .routeId("export-rules")
                .routeConfigurationId("timer-errors")
                .description("Finds vulnerabilities that the export rules of projects match, and reserves them.")
                .bean(ExportRules.class, "find")
                .split(body())
                .filter()
                .method(ExportRules.class, "reserve")
                .id("reserve-by-rule")
                .to(ExportRoutes.WAKE)
                .id("wake-export-of-rule")
                .end()
                .end();
    }
}
