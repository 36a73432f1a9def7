package io.faradaybridge.outgoing;

import static io.faradaybridge.broker.QueueHeaders.CORRELATION;

import io.faradaybridge.broker.Queues;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/**
 * The border of the queue vuln-status: a message becomes a hint and is acknowledged with its commit. {@code
 * routes/errors.yaml} says what happens to unusable messages and while the database is away.
 */
@Component
class OutgoingRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("jms:queue:" + Queues.VULN_STATUS)
                .routeId("outgoing-ingress")
                .routeConfigurationId("border-errors")
                .description("Stores the hint of a program's message about a changed status, then acknowledges the"
                        + " message.")
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

        // the producer's transaction may still be open: look again after 1, 2 and 4 s, then leave it to the detector
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
