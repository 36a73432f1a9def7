package io.faradaybridge.activity;

import io.faradaybridge.broker.Queues;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The dead letters' way into the table, and the end of what is kept long enough. */
@Component
public class ActivityRoutes extends RouteBuilder {

    @Override
    public void configure() {
        // Not by routes/errors.yaml: a failure here must never make another dead letter of a dead letter.
        from("jms:queue:" + Queues.DEAD_LETTER + "?concurrentConsumers=1")
                .routeId("dead-letter-intake")
                .description("Each dead letter becomes a row; it leaves the broker after the commit.")
                .onException(Exception.class)
                .bean("databaseOutage", "pauseIfGone")
                .end()
                .bean("deadLetterIntake", "store");

        from("timer:activity-purge?delay=60s&period=1h")
                .routeId("activity-purge")
                .description("Forgets events, and dead letters dealt with, that are older than bridge.activity.keep.")
                .bean("activity", "purge")
                .bean("deadLetters", "purge");
    }
}
