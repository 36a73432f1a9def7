package io.faradaybridge.activity;

import io.faradaybridge.broker.Queues;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The routes that store dead letters in their table, and that delete old events and dead letters. */
@Component
public class ActivityRoutes extends RouteBuilder {

    @Override
    public void configure() {
        // without routes/errors.yaml: a failure here must never turn a dead letter into another dead letter
        from("jms:queue:" + Queues.DEAD_LETTER + "?concurrentConsumers=1")
                .routeId("dead-letter-intake")
                .description("Each dead letter becomes a row; it leaves the broker after the commit.")
                .onException(Exception.class)
                .bean("databaseOutage", "pauseIfGone")
                .end()
                .bean("deadLetterIntake", "store");

        from("timer:activity-purge?delay=60s&period=1h")
                .routeId("activity-purge")
                .description(
                        "Deletes events, last requests, and replayed or discarded dead letters, that are older than"
                                + " bridge.activity.keep, and records of set-up changes older than bridge.audit.keep.")
                .bean("activityRows", "purge")
                .bean("lastRequests", "purge")
                .bean("setupAudit", "purge")
                .bean("deadLetters", "purge");
    }
}
