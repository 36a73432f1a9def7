package io.faradaybridge.jira.client;

import io.faradaybridge.jira.JiraKind;
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

    AskedTogether(CamelContext camel, JiraClient jira, JiraAvailability availability) {
        this.camel = camel;
        this.jira = jira;
        this.availability = availability;
    }

    public boolean atWork() {
        return jira.knownKind() == JiraKind.CLOUD
                && camel.getRouteController().getRouteStatus(FLOW) == ServiceStatus.Started
                && availability.available();
    }
}
