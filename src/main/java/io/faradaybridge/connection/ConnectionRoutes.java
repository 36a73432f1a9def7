package io.faradaybridge.connection;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Looks after the authorisation from time to time. */
@Component
class ConnectionRoutes extends RouteBuilder {

    private final ConnectionSettings settings;
    private final AuthorizationWatch watch;

    ConnectionRoutes(ConnectionSettings settings, AuthorizationWatch watch) {
        this.settings = settings;
        this.watch = watch;
    }

    @Override
    public void configure() {
        long interval = settings.watchInterval().toMillis();
        from("timer:authorization-watch?delay=" + interval + "&period=" + interval)
                .routeId("authorization-watch")
                .description("Renews the access token ahead of its end, and notices when Jira lets us in again.")
                .onException(Exception.class)
                .handled(true)
                .log("authorization-watch is tried again soon: ${exception.message}")
                .end()
                .bean(watch, "tick");
    }
}
