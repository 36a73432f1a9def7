package io.faradaybridge.inbox;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The lists of work that needs a person. */
public enum InboxKind {
    /** Links with a decision that cannot be carried out. */
    BLOCKED,
    /** Vulnerabilities that were not exported. */
    REFUSED,
    /** Exports of which it is not known whether Jira created the issue. */
    UNKNOWN,
    /** Both sides had moved, and the policy of the project overwrote one of them. */
    CONFLICTS,
    /** Links that differ since their adoption. */
    DIFFERS,
    /** Messages that could not be used. */
    DEAD_LETTERS;

    /** The name in the API. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
