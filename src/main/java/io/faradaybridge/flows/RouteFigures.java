package io.faradaybridge.flows;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts what each route of this process has worked on since the start, and remembers its last failure. */
@Component
class RouteFigures implements RoutePolicyFactory {

    private final Map<String, Counts> byRoute = new ConcurrentHashMap<>();

    /**
     * @param done exchanges that ended, also with a failure
     * @param failed those of them whose failure happened in this route, also if its error policy dealt with it
     * @param meanMillis how long one took; null if none has ended
     */
    record Figures(
            long done,
            long failed,
            long inFlight,
            @Nullable Double meanMillis,
            @Nullable LastFailure lastFailure) {}

    /** @param correlationId the id in the log lines of the same piece of work; null if it has none */
    record LastFailure(Instant at, String reason, @Nullable String correlationId) {}

    Figures of(String routeId) {
        Counts counts = byRoute.get(routeId);
        return counts == null ? new Figures(0, 0, 0, null, null) : counts.figures();
    }

    /** A new policy for each start of a route, with the counts that it had before. */
    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        return new Counting(routeId, byRoute.computeIfAbsent(routeId, id -> new Counts()));
    }

    private static final class Counting extends RoutePolicySupport {

        private final String routeId;
        private final String began;
        private final Counts counts;

        Counting(String routeId, Counts counts) {
            this.routeId = routeId;
            this.began = "RouteFiguresBegan-" + routeId;
            this.counts = counts;
        }

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            exchange.setProperty(began, System.nanoTime());
            counts.begun();
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            Long since = (Long) exchange.removeProperty(began);
            counts.ended(since == null ? 0 : System.nanoTime() - since, failure(exchange));
        }

        /** A failure that a called route has dealt with stays on the exchange; it is counted there alone. */
        private @Nullable LastFailure failure(Exchange exchange) {
            Throwable failure = exchange.getException();
            if (failure == null
                    && ExchangeHelper.isFailureHandled(exchange)
                    && routeId.equals(exchange.getProperty(ExchangePropertyKey.FAILURE_ROUTE_ID, String.class))) {
                failure = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
            }
            return failure == null
                    ? null
                    : new LastFailure(
                            Instant.now(),
                            FailureReason.of(failure),
                            exchange.getMessage().getHeader(Exchange.BREADCRUMB_ID, String.class));
        }
    }

    private static final class Counts {

        private long done;
        private long failed;
        private long inFlight;
        private long nanos;
        private @Nullable LastFailure last;

        synchronized void begun() {
            inFlight++;
        }

        synchronized void ended(long took, @Nullable LastFailure failure) {
            inFlight--;
            done++;
            nanos += took;
            if (failure != null) {
                failed++;
                last = failure;
            }
        }

        synchronized Figures figures() {
            return new Figures(
                    done, failed, inFlight, done == 0 ? null : Math.round(nanos / 10_000.0 / done) / 100.0, last);
        }
    }
}
