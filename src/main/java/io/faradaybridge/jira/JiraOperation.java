package io.faradaybridge.jira;

/** What a request does; decides how its failure is classified. */
public enum JiraOperation {
    /** Reads; may be repeated at will. */
    READ(true),
    /** Creates issues; repeating it blindly makes duplicates. */
    CREATE(false),
    /** Transitions an issue; its outcome is settled by a look at the changelog. */
    TRANSITION(false);

    private final boolean repeatable;

    JiraOperation(boolean repeatable) {
        this.repeatable = repeatable;
    }

    public boolean repeatable() {
        return repeatable;
    }
}
