package io.faradaybridge.export.queue;

import io.faradaybridge.broker.Queues;
import io.faradaybridge.export.ExportRoutes;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The border of the queue vuln-export: a request is acknowledged when its batch is committed. */
@Component
class QueueExportRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("jms:queue:" + Queues.VULN_EXPORT)
                .routeId("export-ingress")
                .routeConfigurationId("border-errors")
                .description("Reserves the batch of a program's export, then acknowledges the message.")
                .bean(ExportIngress.class, "accept")
                .to(ExportRoutes.WAKE)
                .id("wake-export");

        from("timer:export-replies?period={{bridge.detector.interval}}")
                .routeId("export-replies")
                .routeConfigurationId("timer-errors")
                .description("Sends the results of ended batches to the programs that wait for them.")
                .bean(ExportReplies.class, "sendDue")
                .id("send-replies");
    }
}
