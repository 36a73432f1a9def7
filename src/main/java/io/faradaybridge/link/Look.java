package io.faradaybridge.link;

import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.Transition;
import org.jspecify.annotations.Nullable;

/**
 * What one round of work on a link has found so far, in the order it is found: Faraday, then Jira (L6), the decision,
 * the transition.
 *
 * @param asked Jira's status was read from Jira in this round, not assumed to be the agreed one
 * @param transitionFresh the transition was read from Jira in this round, not from the cache
 */
public record Look(
        @Nullable VulnerabilityState vulnerability,
        @Nullable JiraStatus jira,
        boolean asked,
        @Nullable Decision decision,
        @Nullable Transition transition,
        boolean transitionFresh) {

    static final Look NOTHING_YET = new Look(null, null, false, null, null, false);

    /** L8, L9: Jira was asked, and no transition of this round was sent since, whose answer may be lost in its turn. */
    boolean knowsOutcome() {
        return asked && transition == null;
    }

    /** L6: Faraday is read first; what was known of Jira before is forgotten. */
    Look seeingFaraday(VulnerabilityState state) {
        return new Look(state, null, false, null, null, false);
    }

    Look seeingJira(JiraStatus status, boolean wasAsked) {
        return new Look(vulnerability, status, wasAsked, null, null, false);
    }

    Look deciding(Decision made) {
        return new Look(vulnerability, jira, asked, made, null, false);
    }

    Look taking(Transition chosen, boolean fresh) {
        return new Look(vulnerability, jira, asked, decision, chosen, fresh);
    }
}
