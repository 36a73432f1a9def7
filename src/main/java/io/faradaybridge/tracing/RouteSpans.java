package io.faradaybridge.tracing;

import io.faradaybridge.broker.QueueHeaders;
import io.faradaybridge.export.ExportChunk;
import io.faradaybridge.export.ExportItem;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.http.NoAnswer;
import io.faradaybridge.link.IssueLink;
import io.faradaybridge.link.LinkHint;
import io.faradaybridge.link.LinkWork;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.component.jms.JmsEndpoint;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * One span for each run of a few routes: a message, the work of a link from its lease until it is settled, a chunk of an
 * export, a call of Jira. The steps between have none.
 */
final class RouteSpans implements RoutePolicyFactory {

    private static final int FIRST_ERROR = 400;

    private final Map<String, Kind> kinds;

    RouteSpans(Traces traces) {
        Kind message = new Messages(traces);
        Kind link = new Links(traces);
        this.kinds = Map.of(
                "outgoing-ingress",
                message,
                "export-ingress",
                message,
                "incoming-status",
                link,
                "outgoing-status",
                link,
                "export-chunk",
                new Chunks(traces),
                "jira-http",
                new JiraCalls(traces));
    }

    @Override
    public @Nullable RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        Kind kind = kinds.get(routeId);
        return kind == null ? null : new Policy(routeId, kind);
    }

    private interface Kind {

        /** Null if there is nothing to trace. */
        Traces.@Nullable Begun begin(Route route, Exchange exchange);

        /** @param failure what a step failed with, also if an error policy has dealt with it @return whether to send it */
        boolean end(Exchange exchange, Span span, @Nullable Exception failure);
    }

    private static final class Policy extends RoutePolicySupport {

        private final Kind kind;
        private final String property;
        private final String before;

        Policy(String routeId, Kind kind) {
            this.kind = kind;
            this.property = "RouteSpan-" + routeId;
            this.before = "RouteSpanFailureBefore-" + routeId;
        }

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            Traces.Begun begun = kind.begin(route, exchange);
            exchange.setProperty(property, begun);
            exchange.setProperty(before, exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT));
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            Object earlier = exchange.removeProperty(before);
            if (exchange.removeProperty(property) instanceof Traces.Begun begun) {
                begun.leave();
                Exception failure = exchange.getException();
                if (failure == null) {
                    failure = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
                }
                if (failure == earlier) {
                    failure = null;
                }
                if (kind.end(exchange, begun.span(), failure)) {
                    begun.span().end();
                }
            }
        }
    }

    /** A message of a program; its id is decided here, so that the route reads the same one. */
    private record Messages(Traces traces) implements Kind {

        @Override
        public Traces.Begun begin(Route route, Exchange exchange) {
            String correlation = QueueHeaders.correlation(exchange.getMessage());
            exchange.getMessage().setHeader(QueueHeaders.CORRELATION, correlation);
            String queue = ((JmsEndpoint) route.getEndpoint()).getDestinationName();
            Traces.Begun begun = traces.origin(
                    "process " + queue,
                    SpanKind.CONSUMER,
                    correlation,
                    TraceParent.read(exchange.getMessage().getHeader(QueueHeaders.TRACE_PARENT, String.class)));
            begun.span()
                    .setAttribute("messaging.system", "activemq")
                    .setAttribute("messaging.operation.name", "process")
                    .setAttribute("messaging.destination.name", queue);
            return begun;
        }

        @Override
        public boolean end(Exchange exchange, Span span, @Nullable Exception failure) {
            if (failure != null) {
                Failures.of(span, failure);
            }
            return true;
        }
    }

    private record Links(Traces traces) implements Kind {

        @Override
        public Traces.@Nullable Begun begin(Route route, Exchange exchange) {
            Object body = exchange.getMessage().getBody();
            if (body instanceof LinkHint hint) {
                return traces.work(route.getRouteId(), SpanKind.INTERNAL, hint.correlationId());
            }
            return body instanceof LinkWork work
                    ? traces.work(route.getRouteId(), SpanKind.INTERNAL, work.correlationId())
                    : null;
        }

        /** Without a lease nothing was done. */
        @Override
        public boolean end(Exchange exchange, Span span, @Nullable Exception failure) {
            if (failure != null) {
                Failures.of(span, failure);
            }
            LinkWork work = exchange.getVariable("work", LinkWork.class);
            if (work == null) {
                return failure != null;
            }
            IssueLink link = work.link();
            span.setAttribute("bridge.vulnerability_id", link.vulnerabilityId())
                    .setAttribute("bridge.issue_key", link.issueKey())
                    .setAttribute("bridge.attempt", link.attempts() + 1L);
            return true;
        }
    }

    private record Chunks(Traces traces) implements Kind {

        @Override
        public Traces.@Nullable Begun begin(Route route, Exchange exchange) {
            ExportChunk chunk = exchange.getVariable("chunk", ExportChunk.class);
            if (chunk == null) {
                return null;
            }
            Traces.Begun begun = traces.work(
                    route.getRouteId(), SpanKind.INTERNAL, chunk.items().get(0).correlationId());
            begun.span()
                    .setAttribute("bridge.project_key", chunk.projectKey())
                    .setAttribute("bridge.items", chunk.items().size())
                    .setAttribute(
                            "bridge.attempt",
                            1L
                                    + chunk.items().stream()
                                            .mapToInt(ExportItem::attempts)
                                            .max()
                                            .orElse(0));
            return begun;
        }

        @Override
        public boolean end(Exchange exchange, Span span, @Nullable Exception failure) {
            if (failure != null) {
                Failures.of(span, failure);
            }
            return true;
        }
    }

    private record JiraCalls(Traces traces) implements Kind {

        @Override
        public Traces.Begun begin(Route route, Exchange exchange) {
            JiraRequest request = exchange.getMessage().getBody(JiraRequest.class);
            String path = PathTemplate.of(request.path());
            Traces.Begun begun = traces.work(request.method() + " " + path, SpanKind.CLIENT, correlation(exchange));
            begun.span()
                    .setAttribute("http.request.method", request.method())
                    .setAttribute("url.template", path)
                    .setAttribute("peer.service", "jira")
                    .setAttribute("bridge.operation", request.operation().name());
            return begun;
        }

        private static String correlation(Exchange exchange) {
            String given = exchange.getMessage().getHeader(Exchange.BREADCRUMB_ID, String.class);
            if (given == null) {
                given = MDC.get("camel.breadcrumbId");
            }
            return given == null ? UUID.randomUUID().toString() : given;
        }

        /** A failure of the bridge itself means that there was no call: the site is away, or no connection is set up. */
        @Override
        public boolean end(Exchange exchange, Span span, @Nullable Exception failure) {
            if (failure instanceof JiraFailure) {
                return false;
            }
            if (failure instanceof NoAnswer noAnswer) {
                Failures.of(span, noAnswer.problem().name());
            } else if (failure != null) {
                Failures.of(span, failure);
            } else {
                int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
                span.setAttribute("http.response.status_code", status);
                if (status >= FIRST_ERROR) {
                    Failures.of(span, String.valueOf(status));
                }
            }
            return true;
        }
    }
}
