package io.faradaybridge.comments;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The turns of what is copied between comments, in the rhythm of the detector. */
@Component
class CommentRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("timer:comments?period={{bridge.detector.interval}}")
                .routeId("comments")
                .routeConfigurationId("timer-errors")
                .description("Finds links with comments that are to be copied, and copies them.")
                .bean(Comments.class, "due")
                .split(body())
                .bean(Comments.class, "work")
                .id("copy-comments")
                .end();
    }
}
