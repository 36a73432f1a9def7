package io.faradaybridge.faraday;

import java.util.Set;

/**
 * Whose affairs a user may see.
 *
 * @param everywhere an administrator: everything, also what belonged to workspaces that are gone
 * @param general what concerns no vulnerability, such as an outage: for those who may change the integration
 * @param workspaces the ones they may enter
 */
public record Visibility(boolean everywhere, boolean general, Set<Integer> workspaces) {

    public Visibility {
        workspaces = Set.copyOf(workspaces);
    }

    /** For a statement's {@code ANY (:workspaces)}. */
    public Integer[] workspaceIds() {
        return workspaces.toArray(Integer[]::new);
    }
}
