package io.faradaybridge.link;

import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;

/** What a look at both sides leads to. Made by {@link DecisionRule} only. */
public sealed interface Decision {

    /** Neither side moved since they agreed. */
    record Nothing() implements Decision {}

    /**
     * The pair becomes what both sides show now; nothing is written to either.
     *
     * @param agreed the mapping says that both statuses mean the same; false: what moved has no meaning for the other side
     * @param why for the activity
     */
    record Settle(boolean agreed, String why) implements Decision {}

    /** A decision that changes one of the sides. */
    sealed interface Act extends Decision {}

    /** Jira moved: Faraday follows. */
    record ApplyToFaraday(FaradayStatus target) implements Act {}

    /** Faraday moved: Jira follows. */
    record DriveJira(JiraStatus target) implements Act {}

    /** Both moved, each with a meaning for the other; the project's policy chose. */
    record Conflict(Act resolution) implements Decision {}

    /** What should be done must not be: the link is marked, and left alone until something changes. */
    record Blocked(BlockReason reason) implements Decision {}

    /** What both sides need done, whatever led there; null where nothing is written to either side. */
    default @org.jspecify.annotations.Nullable Act act() {
        if (this instanceof Act act) {
            return act;
        }
        return this instanceof Conflict conflict ? conflict.resolution() : null;
    }
}
