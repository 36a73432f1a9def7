package io.faradaybridge.jira.client;

import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.Transition;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** How an issue gets to a status: by a transition that leads there, whatever the transition's name is. */
public sealed interface TransitionPlan {

    /**
     * The workflow has such a transition.
     *
     * @param then the statuses that follow after it, if the issue is on its way through several transitions (L14)
     */
    record Make(Transition transition, List<JiraStatus> then) implements TransitionPlan {

        public Make {
            then = List.copyOf(then);
        }

        Make(Transition transition) {
            this(transition, List.of());
        }
    }

    /** @param reason a sentence with the target and what Jira offers instead */
    record Impossible(String reason) implements TransitionPlan {}

    /**
     * Of several transitions it chooses the first without missing required fields, or else the one with the fewest: the
     * issue may already have their values, and Jira does not enforce every screen. Jira's answer decides.
     */
    static TransitionPlan choose(List<Transition> offered, JiraStatus target) {
        return choose(offered, target, Comparator.comparingInt(transition -> transition
                .unmetRequiredFields()
                .size()));
    }

    /** @param preferred which of several transitions to the target comes first */
    static TransitionPlan choose(List<Transition> offered, JiraStatus target, Comparator<Transition> preferred) {
        List<Transition> leading = offered.stream()
                .filter(transition ->
                        transition.leadsSomewhere() && transition.to().sameAs(target))
                .toList();
        return leading.stream()
                .min(preferred)
                .<TransitionPlan>map(Make::new)
                .orElseGet(() -> new Impossible(noWay(offered, target)));
    }

    /** The part of a sentence that shows the rest of a way (L14); empty after the last transition. */
    static String onward(List<JiraStatus> then) {
        return then.isEmpty()
                ? ""
                : then.stream()
                        .map(status -> "'" + status.name() + "'")
                        .collect(Collectors.joining(", then ", ", and goes on to ", ""));
    }

    private static String noWay(List<Transition> offered, JiraStatus target) {
        if (offered.isEmpty()) {
            return "Jira offers no transition, so also none to '" + target.name() + "': the bridge's account may lack"
                    + " the permission Transition Issues in this project, or the"
                    + " workflow ends here";
        }
        return "Jira offers no transition to '" + target.name() + "' from the present status; " + offers(offered)
                + ". Add a transition to the workflow, name the statuses on the way as \"via\" in the status mapping, or map"
                + " another status";
    }

    private static String offers(List<Transition> offered) {
        return offered.stream()
                .map(transition -> "'" + transition.name() + "' -> "
                        + (transition.leadsSomewhere() ? transition.to().name() : "a status it does not name"))
                .collect(Collectors.joining(", ", "Jira offers: ", ""));
    }
}
