package io.faradaybridge.export.follow;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The turns of what follows vulnerabilities beyond their status, in the rhythm of the detector. */
@Component
class FollowRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("timer:follow?period={{bridge.detector.interval}}")
                .routeId("follow")
                .routeConfigurationId("timer-errors")
                .description("Finds links whose vulnerabilities have changed, and sends what their issues follow.")
                .bean(EndedLinks.class, "remove")
                .id("remove-remote-links")
                .bean(Follow.class, "due")
                .split(body())
                .bean(Follow.class, "bring")
                .id("bring-changes")
                .end();
    }
}
