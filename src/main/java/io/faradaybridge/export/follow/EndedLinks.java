package io.faradaybridge.export.follow;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.jira.EditRequests;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.link.LinkEnded;
import io.faradaybridge.link.RetryDelay;
import io.faradaybridge.web.CorrelationId;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * An ended link follows nothing any more. Its issue has nothing to do with the vulnerability, so Jira removes the remote link,
 * which would show a status that nobody keeps up.
 */
@Component
class EndedLinks {

    private static final int AT_ONCE = 10;

    private final IntegrationConfigurationSource configuration;
    private final JiraAvailability availability;
    private final FollowedRows rows;
    private final JiraClient jira;
    private final Activity activity;
    private final TransactionOperations transaction;
    private final RandomGenerator random = RandomGenerator.getDefault();

    EndedLinks(
            IntegrationConfigurationSource configuration,
            JiraAvailability availability,
            FollowedRows rows,
            JiraClient jira,
            Activity activity,
            TransactionOperations transaction) {
        this.configuration = configuration;
        this.availability = availability;
        this.rows = rows;
        this.jira = jira;
        this.activity = activity;
        this.transaction = transaction;
    }

    /** In the transaction that ends the link. */
    @EventListener
    void ended(LinkEnded link) {
        rows.end(link.vulnerabilityId());
    }

    /** Called by the route. */
    void remove() {
        IntegrationSettings settings = configuration.current();
        if (settings.enabled() && !settings.observes() && availability.available()) {
            rows.leaseEnded(AT_ONCE).forEach(this::remove);
        }
    }

    private void remove(FollowedLink link) {
        CorrelationId.begin("follow");
        try {
            jira.send(EditRequests.removeRemoteLink(link.issueId(), RemoteLinks.globalId(link.vulnerabilityId())));
            removed(link, null);
        } catch (JiraFailure failure) {
            if (failure.kind() == JiraFailure.Kind.GONE) {
                removed(link, null);
            } else if (RemoteLinks.isHopeless(link, failure)) {
                removed(
                        link,
                        link.issueKey() + " keeps its remote link to Faraday: " + failure.getMessage()
                                + "; remove it there by hand");
            } else {
                Duration pause = RetryDelay.after(link.attempts(), failure.retryAfter(), random);
                rows.later(link, link.fields(), pause, failure.counts());
            }
        }
    }

    private void removed(FollowedLink link, @Nullable String problem) {
        transaction.executeWithoutResult(status -> {
            if (rows.delete(link) && problem != null) {
                activity.record(
                        Outcome.REFUSED,
                        CorrelationId.current(),
                        link.vulnerabilityId(),
                        link.issueKey(),
                        problem,
                        null);
            }
        });
    }
}
