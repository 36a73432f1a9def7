package io.faradaybridge.link;

import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.jira.JiraStatus;
import java.util.Objects;
import java.util.UUID;

/**
 * A leased link on its way through the flow, the body of the routes between lease and settling. Every step answers a
 * new one; the truth stays in the row, so one that is dropped anywhere costs nothing but its lease.
 *
 * @param leaseToken ours (L1)
 * @param correlationId in every log line and activity of this exchange
 * @param askJira Jira must be asked even where its status could be assumed, as after a refusal
 * @param open another step is to be made; false: settled, released or lost
 */
public record LinkWork(
        IssueLink link, UUID leaseToken, String correlationId, boolean askJira, Observation observation, boolean open) {

    static LinkWork leased(IssueLink link, UUID leaseToken, String correlationId) {
        return new LinkWork(link, leaseToken, correlationId, false, Observation.NOTHING_YET, true);
    }

    /** A new round on the row as it is now. */
    LinkWork lookAgain(IssueLink now, boolean ask) {
        return new LinkWork(now, leaseToken, correlationId, ask, Observation.NOTHING_YET, true);
    }

    LinkWork withObservation(Observation now) {
        return new LinkWork(link, leaseToken, correlationId, askJira, now, open);
    }

    LinkWork withLink(IssueLink now) {
        return new LinkWork(now, leaseToken, correlationId, askJira, observation, open);
    }

    LinkWork closed() {
        return new LinkWork(link, leaseToken, correlationId, askJira, observation, false);
    }

    /** L12, read by the flow: whether this round has to ask Jira; it has where the look at Faraday assumed nothing. */
    public boolean mustAskJira() {
        return askJira
                || !link.jiraMayBeAssumed()
                || (observation.vulnerability() != null && observation.jira() == null);
    }

    /** L9, L15, read by the flow: the answer must tell who moved the issue. */
    public boolean needsHistory() {
        return link.intention() != null || link.unseenDrive() != null;
    }

    /** Where the decision leads, read by the flow: {@code faraday}, {@code jira}, {@code settle}; or {@code on} without one. */
    public String next() {
        Decision decision = observation.decision();
        if (!open || decision == null) {
            return "on";
        }
        Decision.Act act = decision.act();
        return act == null ? "settle" : act instanceof Decision.ApplyToFaraday ? "faraday" : "jira";
    }

    VulnerabilityState vulnerability() {
        return Objects.requireNonNull(observation.vulnerability(), "Faraday has not been read in this round");
    }

    JiraStatus jira() {
        return Objects.requireNonNull(observation.jira(), "Jira's status is not known in this round");
    }

    Decision decision() {
        return Objects.requireNonNull(observation.decision(), "nothing has been decided in this round");
    }
}
