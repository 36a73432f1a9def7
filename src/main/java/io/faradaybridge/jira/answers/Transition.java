package io.faradaybridge.jira.answers;

import io.faradaybridge.jira.JiraStatus;
import java.util.List;

/**
 * A way out of an issue's present status.
 *
 * @param name the label of its button, often not the name of its target status
 * @param to its target status; without id and name if Jira does not state it
 * @param screen the fields that may be sent with it; empty if they were not requested
 */
public record Transition(String id, String name, JiraStatus to, List<CreateMetaField> screen) {

    public Transition {
        screen = List.copyOf(screen);
    }

    /** Whether Jira states its target status. */
    public boolean leadsSomewhere() {
        return !to.id().isEmpty() || !to.name().isEmpty();
    }

    /** The statuses that these transitions lead to, each once. */
    public static List<JiraStatus> targets(List<Transition> offered) {
        return offered.stream()
                .filter(Transition::leadsSomewhere)
                .map(Transition::to)
                .distinct()
                .toList();
    }

    /** The names of required fields of its screen without a default. */
    public List<String> unmetRequiredFields() {
        return screen.stream()
                .filter(CreateMetaField::mandatory)
                .map(CreateMetaField::name)
                .toList();
    }
}
