package io.faradaybridge.jira.answers;

/** An issue type that may be created in a project. */
public record IssueType(String id, String name, boolean subtask) {

    /** Whether a configuration means it, which names it by its name, or by its id where two have the same name. */
    public boolean isNamed(String nameOrId) {
        return nameOrId.equalsIgnoreCase(name) || nameOrId.equals(id);
    }
}
