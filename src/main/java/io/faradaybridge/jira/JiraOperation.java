package io.faradaybridge.jira;

/** What a request does. It decides how a failure is classified. */
public enum JiraOperation {
    /** Reads; may always be repeated. */
    READ(true),
    /** Creates issues; a repetition without a check would make duplicates. */
    CREATE(false),
    /** Transitions an issue; an unknown outcome is found out from the changelog. */
    TRANSITION(false),
    /** Changes fields of an issue; repeated only after a look, since a user may have changed them meanwhile. */
    EDIT(false),
    /** Adds a file to an issue; an unknown outcome is found out from the files of the issue. */
    ATTACH(false);

    private final boolean repeatable;

    JiraOperation(boolean repeatable) {
        this.repeatable = repeatable;
    }

    public boolean repeatable() {
        return repeatable;
    }
}
