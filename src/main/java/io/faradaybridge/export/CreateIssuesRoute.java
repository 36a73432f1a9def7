package io.faradaybridge.export;

import io.faradaybridge.jira.JiraRoutes;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/**
 * The creation of a chunk's issues, compiled: its steps and their order are what keeps an issue from being created twice (E2,
 * E3, E5). A failure goes to whoever called, whose policy stands in {@code routes/errors.yaml}.
 */
@Component
public class CreateIssuesRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:create-issues")
                .routeId("create-issues")
                .routeConfigurationId("caller-errors")
                .description(
                        "Saves the items as being sent, creates their issues in one signed call, links what was created.")
                .setVariable("sending", method("exportFlow", "sending(${variable.chunk}, ${variable.drafts})"))
                .filter(simple("${variable.sending.size} > 0"))
                .setVariable("request", method("exportFlow", "request(${variable.sending})"))
                .toV(JiraRoutes.SEND, "request", "answer")
                .id("send-issues")
                .bean("exportFlow", "created(${variable.chunk}, ${variable.sending}, ${variable.answer})")
                .id("issues-created");
    }
}
