package io.faradaybridge.link;

import io.faradaybridge.jira.client.JiraRoutes;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/**
 * The compiled route that makes the transition of an issue. Its steps and their order prevent that a transition is made
 * twice (L8, L10) or over an unseen change (L12). {@code routes/errors.yaml} says what follows a failure.
 */
@Component
public class MakeTransitionRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:make-transition")
                .routeId("make-transition")
                .routeConfigurationId("link-errors")
                .description("Saves the intention, makes the transition in one signed call, settles.")
                .filter(method("jiraDrive", "ready(${variable.work})"))
                // before the lease is renewed, since a request must be sent soon after it is made
                .setVariable("request", method("jiraDrive", "request(${variable.work})"))
                .bean("linkFlow", "intend")
                .filter(method("jiraDrive", "ready(${variable.work})"))
                .toV(JiraRoutes.SEND, "request", "answer")
                .id("transition-issue")
                .bean("linkFlow", "driven")
                .id("transition-made");
    }
}
