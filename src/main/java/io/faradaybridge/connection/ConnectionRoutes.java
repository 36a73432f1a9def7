package io.faradaybridge.connection;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Checks and renews the authorisation from time to time. */
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
                .description("Renews the access token before it ends, and notices when Jira accepts the credentials"
                        + " again.")
                .onException(Exception.class)
                .handled(true)
                .log("authorization-watch failed and will be repeated soon: ${exception.message}")
                .end()
                .bean(watch, "tick");
    }
}
