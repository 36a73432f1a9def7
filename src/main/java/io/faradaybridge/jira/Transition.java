package io.faradaybridge.jira;

import java.util.List;

/**
 * A way out of an issue's present status.
 *
 * @param name what its button says, seldom the name of the status it leads to
 * @param to where it leads; without id and name where Jira does not say
 * @param unmetRequiredFields names of the fields its screen requires and has no default for
 */
public record Transition(String id, String name, JiraStatus to, List<String> unmetRequiredFields) {

    public Transition {
        unmetRequiredFields = List.copyOf(unmetRequiredFields);
    }
}
