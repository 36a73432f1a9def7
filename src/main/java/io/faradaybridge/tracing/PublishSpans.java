package io.faradaybridge.tracing;

import io.faradaybridge.broker.QueueHeaders;
import io.faradaybridge.web.CorrelationId;
import io.opentelemetry.api.trace.SpanKind;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsEndpoint;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSendingEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.support.EventNotifierSupport;

/**
 * One span for each message that a route sends to the broker. An event of the topic names it in {@code traceparent}, the
 * extension of CloudEvents for traces.
 */
final class PublishSpans extends EventNotifierSupport {

    private static final String BEGUN = "PublishSpan";

    private final Traces traces;

    PublishSpans(Traces traces) {
        this.traces = traces;
        setIgnoreCamelContextEvents(true);
        setIgnoreCamelContextInitEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeCompletedEvent(true);
        setIgnoreExchangeFailedEvents(true);
        setIgnoreExchangeRedeliveryEvents(true);
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeSendingEvent sending && sending.getEndpoint() instanceof JmsEndpoint broker) {
            begin(sending.getExchange(), broker.getDestinationName());
        } else if (event instanceof ExchangeSentEvent sent && sent.getEndpoint() instanceof JmsEndpoint) {
            end(sent.getExchange());
        }
    }

    private void begin(Exchange exchange, String destination) {
        Traces.Begun begun = traces.work("publish " + destination, SpanKind.PRODUCER, correlation(exchange));
        begun.span()
                .setAttribute("messaging.system", "activemq")
                .setAttribute("messaging.operation.name", "publish")
                .setAttribute("messaging.destination.name", destination);
        exchange.setProperty(BEGUN, begun);
        if (exchange.getMessage().getHeader("cloudEvents_id") != null) {
            exchange.getMessage()
                    .setHeader(
                            QueueHeaders.EVENT_TRACE_PARENT,
                            TraceParent.write(begun.span().getSpanContext()));
        }
    }

    /** An event is of the work that it tells of, and not of the turn that sends it. */
    private static String correlation(Exchange exchange) {
        for (String name : new String[] {"JMSCorrelationID", QueueHeaders.CORRELATION, Exchange.BREADCRUMB_ID}) {
            String given = exchange.getMessage().getHeader(name, String.class);
            if (given != null) {
                return given;
            }
        }
        return CorrelationId.current();
    }

    private static void end(Exchange exchange) {
        if (exchange.removeProperty(BEGUN) instanceof Traces.Begun begun) {
            begun.leave();
            if (exchange.getException() != null) {
                Failures.of(begun.span(), exchange.getException());
            }
            begun.span().end();
        }
    }
}
