package io.faradaybridge.outgoing;

import static io.faradaybridge.broker.QueueHeaders.CORRELATION;

import io.faradaybridge.broker.Queues;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/**
 * The border of the queue vuln-status: what a program says becomes a hint, and the message is acknowledged with its commit.
 * What happens to messages nobody can use, and while the database is away, stands in {@code routes/errors.yaml}.
 */
@Component
class OutgoingRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("jms:queue:" + Queues.VULN_STATUS)
                .routeId("outgoing-ingress")
                .routeConfigurationId("border-errors")
                .description("A program says that a vulnerability's status changed: hint stored, then acknowledged.")
                .bean("queueMessages", "read")
                .setHeader(Exchange.BREADCRUMB_ID, header(CORRELATION))
                .bean(StatusIngress.class, "accept")
                .filter(simple("${body.hint} != null"))
                .choice()
                .when(simple("${body.early}"))
                .to("seda:outgoing-early?discardWhenFull=true&waitForTaskToComplete=Never")
                .id("look-again-soon")
                .otherwise()
                .setBody(simple("${body.hint}"))
                .to("seda:outgoing-status?discardWhenFull=true&waitForTaskToComplete=Never")
                .id("hand-over-message")
                .end();

        // The producer's transaction may still be open: looked at again after 1, 2 and 4 s, then left to the detector.
        from("seda:outgoing-early?size=1000&concurrentConsumers=2")
                .routeId("outgoing-early")
                .description("Waits for a producer's transaction, then hands its hint over.")
                .delay(simple("${body.waitMillis}"))
                .asyncDelayed()
                .bean(StatusIngress.class, "lookAgain")
                .choice()
                .when(simple("${body.early}"))
                .to("seda:outgoing-early?discardWhenFull=true&waitForTaskToComplete=Never")
                .id("look-again-later")
                .otherwise()
                .setBody(simple("${body.hint}"))
                .to("seda:outgoing-status?discardWhenFull=true&waitForTaskToComplete=Never")
                .id("hand-over-late-message")
                .end();
    }
}
