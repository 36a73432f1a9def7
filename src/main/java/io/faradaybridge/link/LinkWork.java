package io.faradaybridge.link;

import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.link.decision.Decision;
import io.faradaybridge.link.decision.StatusPair;
import java.util.Objects;
import java.util.UUID;

/**
 * A leased link on its way through the flow. Every step returns a new object. All facts stay in the row, so an object
 * that is lost costs only its lease.
 *
 * @param leaseToken the token of this lease (L1)
 * @param correlationId the id in every log line and activity of this work
 * @param askJira whether Jira must be asked even if its status could be assumed, for example after a refusal
 * @param open whether another step follows; false after settling, release or loss of the lease
 * @param onward whether Jira has just answered our own hop with success, and the next one follows (L14)
 */
public record LinkWork(
        IssueLink link,
        UUID leaseToken,
        String correlationId,
        boolean askJira,
        Observation observation,
        boolean open,
        boolean onward) {

    public LinkWork(
            IssueLink link,
            UUID leaseToken,
            String correlationId,
            boolean askJira,
            Observation observation,
            boolean open) {
        this(link, leaseToken, correlationId, askJira, observation, open, false);
    }

    static LinkWork leased(IssueLink link, UUID leaseToken, String correlationId) {
        return new LinkWork(link, leaseToken, correlationId, false, Observation.NOTHING_YET, true);
    }

    /** A new round with the present row. */
    LinkWork lookAgain(IssueLink now, boolean ask) {
        return new LinkWork(now, leaseToken, correlationId, ask, Observation.NOTHING_YET, true);
    }

    /** The round of the next hop (L14). */
    LinkWork onward(IssueLink now) {
        return new LinkWork(now, leaseToken, correlationId, false, Observation.NOTHING_YET, true, true);
    }

    LinkWork withObservation(Observation now) {
        return new LinkWork(link, leaseToken, correlationId, askJira, now, open, onward);
    }

    LinkWork withLink(IssueLink now) {
        return new LinkWork(now, leaseToken, correlationId, askJira, observation, open, onward);
    }

    LinkWork closed() {
        return new LinkWork(link, leaseToken, correlationId, askJira, observation, false, onward);
    }

    /** L12, read by the flow: whether this round must ask Jira, because it did not assume Jira's status. */
    public boolean mustAskJira() {
        return !looked()
                && (askJira
                        || !link.jiraMayBeAssumed(onward)
                        || (observation.vulnerability() != null && observation.jira() == null));
    }

    /** L6: whether Faraday and then Jira were read, and nothing was decided yet. */
    boolean looked() {
        return observation.asked() && observation.decision() == null;
    }

    /**
     * Whether Jira may be asked about this issue together with others: a plain look is enough, and no transition follows
     * from Faraday, which would have to follow its look at once.
     */
    public boolean mayBeAskedTogether() {
        StatusPair agreed = link.agreed();
        return open
                && mustAskJira()
                && !needsHistory()
                && !needsTransitions()
                && agreed.transit() == null
                && vulnerability().status() == agreed.faraday();
    }

    /** L9, L15, read by the flow: whether the answer must include the issue's history. */
    public boolean needsHistory() {
        return link.intention() != null || link.unseenDrive() != null;
    }

    /**
     * What the decision leads to, read by the flow: {@code faraday}, {@code jira}, {@code settle}; or {@code on}
     * without one.
     */
    public String next() {
        Decision decision = observation.decision();
        if (!open || decision == null) {
            return "on";
        }
        Decision.Act act = decision.act();
        return act == null ? "settle" : act instanceof Decision.ApplyToFaraday ? "faraday" : "jira";
    }

    /** L14, read by the flow: whether the answer must include the transitions, because the project learns from them. */
    public boolean needsTransitions() {
        return observation.learns();
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
