package io.faradaybridge.link;

import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.Transition;
import io.faradaybridge.link.decision.Decision;
import io.faradaybridge.workflow.TransitionContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results of one round of work on a link, in their order: Faraday, then Jira (L6), the decision, the transition.
 *
 * @param asked whether Jira's status was read from Jira in this round and not assumed
 * @param transitionFresh whether the transition was read from Jira in this round and not from the cache
 * @param then the statuses that follow after the transition, if it is a hop that is not the last (L14)
 * @param content what is sent with the transition
 * @param learns whether the project finds its ways by the transitions that Jira shows (L14)
 */
public record Observation(
        @Nullable VulnerabilityState vulnerability,
        @Nullable JiraStatus jira,
        boolean asked,
        @Nullable Decision decision,
        @Nullable Transition transition,
        boolean transitionFresh,
        List<JiraStatus> then,
        TransitionContent content,
        boolean learns) {

    static final Observation NOTHING_YET = new Observation(null, null, false, null, null, false);

    public Observation {
        then = List.copyOf(then);
    }

    public Observation(
            @Nullable VulnerabilityState vulnerability,
            @Nullable JiraStatus jira,
            boolean asked,
            @Nullable Decision decision,
            @Nullable Transition transition,
            boolean transitionFresh) {
        this(
                vulnerability,
                jira,
                asked,
                decision,
                transition,
                transitionFresh,
                List.of(),
                TransitionContent.NOTHING,
                false);
    }

    /** L8, L9: whether Jira was asked and no transition was sent afterwards in this round. */
    boolean knowsOutcome() {
        return asked && transition == null;
    }

    /** L6: Faraday is read first; an earlier status of Jira is discarded. */
    Observation seeingFaraday(VulnerabilityState state, boolean projectLearns) {
        return new Observation(
                state, null, false, null, null, false, List.of(), TransitionContent.NOTHING, projectLearns);
    }

    Observation seeingJira(JiraStatus status, boolean wasAsked) {
        return new Observation(
                vulnerability, status, wasAsked, null, null, false, List.of(), TransitionContent.NOTHING, learns);
    }

    Observation deciding(Decision made) {
        return new Observation(
                vulnerability, jira, asked, made, null, false, List.of(), TransitionContent.NOTHING, learns);
    }

    Observation taking(Transition chosen, boolean fresh, List<JiraStatus> after, TransitionContent sent) {
        return new Observation(vulnerability, jira, asked, decision, chosen, fresh, after, sent, learns);
    }
}
