package io.faradaybridge.link;

import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.jira.JiraKind;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.jira.client.JiraClient;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.springframework.stereotype.Component;

/**
 * Whether Jira is asked about several hinted issues together: on Cloud, while the flow {@code confirm-together} runs. Then
 * only this flow leases links because of their hints; it finds them on their rows.
 */
@Component
public class AskedTogether {

    private static final String FLOW = "confirm-together";

    private final CamelContext camel;
    private final JiraClient jira;
    private final JiraAvailability availability;
    private final IntegrationConfigurationSource configuration;

    AskedTogether(
            CamelContext camel,
            JiraClient jira,
            JiraAvailability availability,
            IntegrationConfigurationSource configuration) {
        this.camel = camel;
        this.jira = jira;
        this.availability = availability;
        this.configuration = configuration;
    }

    public boolean atWork() {
        return camel.getRouteController().getRouteStatus(FLOW) == ServiceStatus.Started
                && availability.available()
                && !configuration.current().projectsAtWork().isEmpty()
                && jira.knownKind() == JiraKind.CLOUD;
    }
}
