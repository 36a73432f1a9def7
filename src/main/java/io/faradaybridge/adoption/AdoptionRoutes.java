package io.faradaybridge.adoption;

import io.faradaybridge.link.AdoptedLinks;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/**
 * Starts adoption: at the start of the process, every {@code bridge.adoption.interval}, and when a user requests it.
 */
@Component
class AdoptionRoutes extends RouteBuilder {

    /** The queue holds one wake-up; further ones are not needed. */
    @Override
    public void configure() {
        from("timer:adoption-due?period={{bridge.adoption.interval}}")
                .routeId("adoption-due")
                .routeConfigurationId("timer-errors")
                .description("Starts a search for keys in Faraday that are not adopted yet.")
                .filter()
                .method("adoption", "due")
                .to(AdoptedLinks.LOOK_FOR_MORE)
                .id("look-for-keys");

        from("seda:adoption?size=1")
                .routeId("adoption")
                .routeConfigurationId("timer-errors")
                .description("Works on one batch of existing links or keys, then the next; the progress is in the"
                        + " rows.")
                .bean("adoption", "step")
                .filter(simple("${body} == true"))
                .to(AdoptedLinks.LOOK_FOR_MORE)
                .id("next-batch");
    }
}
