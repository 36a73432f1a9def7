package io.faradaybridge.statistics;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The route that saves the figures of a minute. */
@Component
public class StatisticsRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("timer:minute-samples?delay=60s&period=60s")
                .routeId("minute-samples")
                .routeConfigurationId("timer-errors")
                .description(
                        "Saves Jira's answer times and the age of due work of this minute; deletes those of more than"
                                + " 31 days ago.")
                .bean("minuteSamples", "save")
                .bean("minuteSamples", "purge");
    }
}
