package io.faradaybridge.export;

import io.faradaybridge.jira.client.JiraRoutes;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/**
 * The compiled route that creates the issues of a chunk. Its steps and their order prevent that an issue is created
 * twice (E2, E3, E5). A failure goes to the calling route and its policy in {@code routes/errors.yaml}.
 */
@Component
public class CreateIssuesRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:create-issues")
                .routeId("create-issues")
                .routeConfigurationId("caller-errors")
                .description("Saves the items as being sent, creates their issues in one signed call, links the created"
                        + " issues.")
                .setVariable("sending", method("exportFlow", "sending(${variable.chunk}, ${variable.drafts})"))
                .filter(simple("${variable.sending.size} > 0"))
                .setVariable("request", method("exportFlow", "request(${variable.sending})"))
                .toV(JiraRoutes.SEND, "request", "answer")
                .id("send-issues")
                .bean("exportFlow", "created(${variable.chunk}, ${variable.sending}, ${variable.answer})")
                .id("issues-created");
    }
}
