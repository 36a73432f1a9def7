package io.faradaybridge.outgoing;

import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.jira.client.AskedTogether;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.link.DueLinks;
import io.faradaybridge.link.LinkWork;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.seda.SedaEndpoint;
import org.springframework.stereotype.Component;

/**
 * Claims due links and hands them to the flow. All retries of the service come from here, and it finds changes in
 * Faraday without a message. It claims only as many links as the flow can work on soon, because a claim is a lease that
 * ends.
 */
@Component("linkDetector")
class LinkDetector {

    private static final int AT_ONCE = 100;

    private final DueLinks due;
    private final AskedTogether together;
    private final IntegrationConfigurationSource configuration;
    private final JiraAvailability availability;
    private final CamelContext camel;

    LinkDetector(
            DueLinks due,
            AskedTogether together,
            IntegrationConfigurationSource configuration,
            JiraAvailability availability,
            CamelContext camel) {
        this.due = due;
        this.together = together;
        this.configuration = configuration;
        this.availability = availability;
        this.camel = camel;
    }

    public List<LinkWork> claim() {
        Map<String, String> versions = configuration.current().mappingVersions();
        int waiting =
                camel.getEndpoint("seda:outgoing-status", SedaEndpoint.class).getCurrentQueueSize();
        if (versions.isEmpty() || !availability.available() || waiting >= AT_ONCE) {
            return List.of();
        }
        return due.claim(versions, AT_ONCE - waiting, together.atWork());
    }
}
