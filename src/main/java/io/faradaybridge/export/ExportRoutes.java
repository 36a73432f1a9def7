package io.faradaybridge.export;

import io.faradaybridge.activity.ActivitySettings;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** How the flow is woken, and the deletion of old exports. */
@Component
public class ExportRoutes extends RouteBuilder {

    /** Wakes the flow. One waiting message is enough, since the flow works on everything that is due. */
    public static final String WAKE = "seda:export?size=1&discardWhenFull=true&waitForTaskToComplete=Never";

    private final ExportBatches batches;
    private final ActivitySettings settings;

    ExportRoutes(ExportBatches batches, ActivitySettings settings) {
        this.batches = batches;
        this.settings = settings;
    }

    @Override
    public void configure() {
        from("timer:export-purge?delay=90s&period=1h")
                .routeId("export-purge")
                .routeConfigurationId("timer-errors")
                .description("Deletes exports that ended without an issue and are older than bridge.activity.keep.")
                .process(exchange -> batches.purge(settings.keep()))
                .id("purge-exports");
    }

    /** Used by the flow to collect the drafts of a chunk, in their order; if one draft fails, the chunk fails. */
    @Configuration(proxyBeanMethods = false)
    static class Gathering {

        @Bean
        GroupedBodyAggregationStrategy groupedBodies() {
            return new GroupedBodyAggregationStrategy() {
                @Override
                public Exchange aggregate(@Nullable Exchange gathered, Exchange next) {
                    Exchange group = super.aggregate(gathered, next);
                    if (next.getException() != null) {
                        group.setException(next.getException());
                    }
                    return group;
                }
            };
        }
    }
}
