package io.faradaybridge.jira;

import java.util.List;
import java.util.stream.Collectors;

/** How an issue gets to a status: by a transition that leads there, whatever its own name is. */
public sealed interface TransitionPlan {

    /** The workflow has a way. */
    record Make(Transition transition) implements TransitionPlan {}

    /** @param reason for people: what was wanted, and what Jira offers instead */
    record Impossible(String reason) implements TransitionPlan {}

    /** Of several ways the first that asks for nothing we cannot give. */
    static TransitionPlan choose(List<Transition> offered, JiraStatus target) {
        List<Transition> leading = offered.stream()
                .filter(transition ->
                        leadsSomewhere(transition) && transition.to().sameAs(target))
                .toList();
        return leading.stream()
                .filter(transition -> transition.unmetRequiredFields().isEmpty())
                .findFirst()
                .<TransitionPlan>map(Make::new)
                .orElseGet(() -> new Impossible(leading.isEmpty() ? noWay(offered, target) : unmet(leading, target)));
    }

    private static boolean leadsSomewhere(Transition transition) {
        return !transition.to().id().isEmpty() || !transition.to().name().isEmpty();
    }

    private static String noWay(List<Transition> offered, JiraStatus target) {
        if (offered.isEmpty()) {
            return "Jira offers no transition at all, so not to '" + target.name()
                    + "' either: the bridge's account may lack the permission Transition Issues in this project, or the"
                    + " workflow ends here";
        }
        return "Jira offers no transition to '" + target.name() + "' from the present status; " + offers(offered)
                + ". Add a transition to the workflow, or map another status";
    }

    private static String unmet(List<Transition> leading, JiraStatus target) {
        String ways = leading.stream()
                .map(transition ->
                        "'" + transition.name() + "' requires " + String.join(", ", transition.unmetRequiredFields()))
                .collect(Collectors.joining("; "));
        return "Every transition to '" + target.name() + "' has a screen with required fields: " + ways
                + ". Give them a default in Jira, or add a transition without that screen";
    }

    private static String offers(List<Transition> offered) {
        return offered.stream()
                .map(transition -> "'" + transition.name() + "' -> "
                        + (leadsSomewhere(transition) ? transition.to().name() : "a status it does not name"))
                .collect(Collectors.joining(", ", "Jira offers: ", ""));
    }
}
