package io.faradaybridge;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.springframework.stereotype.Component;

/**
 * Makes every exchange that is handed over to a flow InOnly, in shipped, compiled and operators' routes. A web request
 * or a message with a reply address leaves its exchange InOut; there a step's result goes to the OUT message, while a
 * loop's condition still reads the older IN message.
 */
@Component
class HandOver implements RoutePolicyFactory {

    /** A new policy for each route, because it is stopped together with its route. */
    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        return new TakenUpInOnly();
    }

    static final class TakenUpInOnly extends RoutePolicySupport {

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            if (route.getEndpoint() instanceof SedaEndpoint) {
                exchange.setPattern(ExchangePattern.InOnly);
            }
        }
    }
}
