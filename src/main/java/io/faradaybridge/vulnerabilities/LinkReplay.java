package io.faradaybridge.vulnerabilities;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.link.Hints;
import io.faradaybridge.link.reports.LinkReport;
import io.faradaybridge.web.CorrelationId;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** A user says that the cause of a failure is removed: the detector claims the link at once. */
@Component
class LinkReplay {

    private final Hints hints;
    private final JiraAvailability availability;
    private final Activity activity;
    private final TransactionOperations transaction;

    LinkReplay(Hints hints, JiraAvailability availability, Activity activity, TransactionOperations transaction) {
        this.hints = hints;
        this.availability = availability;
        this.activity = activity;
        this.transaction = transaction;
    }

    /** @return false if it is not linked any more */
    boolean of(LinkReport link, FaradayUser user) {
        availability.probeNow();
        return Objects.requireNonNull(transaction.execute(status -> {
            String correlation = CorrelationId.current();
            if (hints.replay(link.vulnerabilityId(), correlation).isEmpty()) {
                return false;
            }
            activity.record(
                    Outcome.REPLAYED,
                    correlation,
                    link.vulnerabilityId(),
                    link.issueKey(),
                    "replayed by " + user.username() + ": " + state(link),
                    user.id());
            return true;
        }));
    }

    private static String state(LinkReport link) {
        if (link.inWork()) {
            return "a worker held it; another look follows";
        }
        if (link.blocked() != null) {
            return "it was blocked: " + link.blocked().reason();
        }
        return link.retryAt() != null ? "it was waiting for its next attempt" : "it was neither blocked nor waiting";
    }
}
