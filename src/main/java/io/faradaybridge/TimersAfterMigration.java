package io.faradaybridge;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Timers do nothing until the schema is there: each of them would only log, several times a second, that its tables are
 * missing, while {@link DatabaseMigration} says once why.
 */
@Component
class TimersAfterMigration implements RoutePolicyFactory {

    private final DatabaseMigration migration;

    TimersAfterMigration(DatabaseMigration migration) {
        this.migration = migration;
    }

    @Override
    public @Nullable RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        boolean timer = route instanceof RouteDefinition definition
                && definition.getInput().getEndpointUri().startsWith("timer:");
        return timer ? new Policy() : null;
    }

    private final class Policy extends RoutePolicySupport {

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            if (!migration.done()) {
                exchange.setRouteStop(true);
            }
        }
    }
}
