package io.faradaybridge.jira.answers;

import io.faradaybridge.jira.JiraStatus;
import java.util.List;

/**
 * A way out of an issue's present status.
 *
 * @param name the label of its button, often not the name of its target status
 * @param to its target status; without id and name if Jira does not state it
 * @param unmetRequiredFields the names of required fields of its screen without a default
 */
public record Transition(String id, String name, JiraStatus to, List<String> unmetRequiredFields) {

    public Transition {
        unmetRequiredFields = List.copyOf(unmetRequiredFields);
    }

    /** Whether Jira states its target status. */
    public boolean leadsSomewhere() {
        return !to.id().isEmpty() || !to.name().isEmpty();
    }
}
