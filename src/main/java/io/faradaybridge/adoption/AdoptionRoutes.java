package io.faradaybridge.adoption;

import io.faradaybridge.link.AdoptedLinks;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** When adoption works: at start, every {@code bridge.adoption.interval}, and whenever somebody wants it to. */
@Component
class AdoptionRoutes extends RouteBuilder {

    /** A wake-up more than the one that waits already changes nothing. */
    @Override
    public void configure() {
        from("timer:adoption-due?period={{bridge.adoption.interval}}")
                .routeId("adoption-due")
                .routeConfigurationId("timer-errors")
                .description("Looks now and then for keys that Faraday has and nobody has adopted.")
                .filter()
                .method("adoption", "due")
                .to(AdoptedLinks.LOOK_FOR_MORE)
                .id("look-for-keys");

        from("seda:adoption?size=1")
                .routeId("adoption")
                .routeConfigurationId("timer-errors")
                .description("One batch of existing links or keys, then the next; the rows say where it stands.")
                .bean("adoption", "step")
                .filter(simple("${body} == true"))
                .to(AdoptedLinks.LOOK_FOR_MORE)
                .id("next-batch");
    }
}
