package io.faradaybridge.faraday;

import java.util.Set;

/**
 * Which activity a user may see.
 *
 * @param everywhere true for an administrator, who sees everything, including entries of deleted workspaces
 * @param general whether entries without a vulnerability, such as an outage, are visible: to users who may change the
 *     integration
 * @param workspaces the workspaces that the user may enter
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
