package io.faradaybridge.link.decision;

import io.faradaybridge.configuration.Direction;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;

/** What follows from the present statuses. Only {@link DecisionRule} makes decisions. */
public sealed interface Decision {

    /** Neither side has moved from the agreed pair. */
    record Nothing() implements Decision {}

    /**
     * The pair becomes what both sides show now; neither side is changed.
     *
     * @param agreed true if both statuses mean the same by the mapping; false if the status that moved has no mapping
     * @param why the detail for the activity
     */
    record Settle(boolean agreed, String why) implements Decision {}

    /** A decision that changes one of the sides. */
    sealed interface Act extends Decision {

        Direction direction();
    }

    /** Jira moved: Faraday follows. */
    record ApplyToFaraday(FaradayStatus target) implements Act {

        @Override
        public Direction direction() {
            return Direction.JIRA_TO_FARADAY;
        }
    }

    /** Faraday moved: Jira follows. */
    record DriveJira(JiraStatus target) implements Act {

        @Override
        public Direction direction() {
            return Direction.FARADAY_TO_JIRA;
        }
    }

    /** Both sides have moved to statuses that are mapped; the project's policy chose. */
    record Conflict(Act resolution) implements Decision {}

    /** The change is not allowed: the link is blocked until something changes. */
    record Blocked(BlockReason reason) implements Decision {}

    /** The change that follows, with or without a conflict; null if neither side is changed. */
    default @org.jspecify.annotations.Nullable Act act() {
        if (this instanceof Act act) {
            return act;
        }
        return this instanceof Conflict conflict ? conflict.resolution() : null;
    }

    /** For the activity: that the policy has overwritten a move; empty unless this is a conflict. */
    default String overwrites(String side, Object from, Object to) {
        return this instanceof Conflict
                ? "; both sides had moved, and by the project's policy " + side + "'s move from " + from + " to " + to
                        + " is lost"
                : "";
    }
}
