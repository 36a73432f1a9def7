package io.faradaybridge.export.attachments;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The turns of the attachments, in the rhythm of the detector. */
@Component
class AttachmentRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("timer:attachments?period={{bridge.detector.interval}}")
                .routeId("attachments")
                .routeConfigurationId("timer-errors")
                .description("Attaches the files of vulnerabilities to their new issues.")
                .bean(Attaching.class, "work")
                .id("attach-files");
    }
}
