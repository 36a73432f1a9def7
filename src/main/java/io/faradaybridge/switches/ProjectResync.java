package io.faradaybridge.switches;

import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.link.catchup.Resyncs;
import org.springframework.stereotype.Component;

/** Goes on with the resyncs of the projects at work; while Jira is away, they wait. */
@Component("projectResync")
class ProjectResync {

    private final Resyncs resyncs;
    private final IntegrationConfigurationSource configuration;
    private final JiraAvailability availability;

    ProjectResync(Resyncs resyncs, IntegrationConfigurationSource configuration, JiraAvailability availability) {
        this.resyncs = resyncs;
        this.configuration = configuration;
        this.availability = availability;
    }

    /** Called by the route. */
    void turn() {
        if (availability.available()) {
            resyncs.goOn(configuration.current().keysAtWork());
        }
    }
}
