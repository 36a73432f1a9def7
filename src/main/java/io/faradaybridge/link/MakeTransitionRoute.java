package io.faradaybridge.link;

import io.faradaybridge.jira.JiraRoutes;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/**
 * The transition of an issue, compiled: its steps and their order are what keeps it from being made twice (L8, L10), or over
 * a change that nobody has seen (L12). What follows a failure stands in {@code routes/errors.yaml}.
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
                // before the lease is renewed: a request is sent soon after it is made, or not at all
                .setVariable(
                        "request",
                        method(
                                "jiraRequests",
                                "transition(${variable.work.link.issueId}, ${variable.work.observation.transition.id})"))
                .bean("linkFlow", "intend")
                .filter(method("jiraDrive", "ready(${variable.work})"))
                .toV(JiraRoutes.SEND, "request", "answer")
                .id("transition-issue")
                .bean("linkFlow", "driven")
                .id("transition-made");
    }
}
