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
public record Observation(
        @Nullable VulnerabilityState vulnerability,
        @Nullable JiraStatus jira,
        boolean asked,
        @Nullable Decision decision,
        @Nullable Transition transition,
        boolean transitionFresh) {

    static final Observation NOTHING_YET = new Observation(null, null, false, null, null, false);

    /** L8, L9: Jira was asked, and no transition of this round was sent since, whose answer may be lost in its turn. */
    boolean knowsOutcome() {
        return asked && transition == null;
    }

    /** L6: Faraday is read first; what was known of Jira before is forgotten. */
    Observation seeingFaraday(VulnerabilityState state) {
        return new Observation(state, null, false, null, null, false);
    }

    Observation seeingJira(JiraStatus status, boolean wasAsked) {
        return new Observation(vulnerability, status, wasAsked, null, null, false);
    }

    Observation deciding(Decision made) {
        return new Observation(vulnerability, jira, asked, made, null, false);
    }

    Observation taking(Transition chosen, boolean fresh) {
        return new Observation(vulnerability, jira, asked, decision, chosen, fresh);
    }
}
