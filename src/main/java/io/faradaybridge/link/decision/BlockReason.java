package io.faradaybridge.link.decision;

import io.faradaybridge.configuration.Direction;
import io.faradaybridge.jira.JiraStatus;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Why a decision cannot be carried out.
 *
 * @param code stable, for programs: {@code workspace-read-only}, {@code not-permitted}, {@code transition-refused}, ...
 * @param text a sentence: what is wrong and what to do
 */
public record BlockReason(String code, String text) {

    public static final String WORKSPACE_READ_ONLY = "workspace-read-only";
    public static final String WORKSPACE_INACTIVE = "workspace-inactive";
    public static final String NOT_PERMITTED = "not-permitted";
    public static final String REFUSED = "refused-by-jira";
    public static final String GONE = "issue-gone";
    public static final String NOT_MOVED = "not-moved";
    public static final String GAVE_UP = "gave-up";

    /** The codes of a decision that only waits for its direction to be switched on begin with this. */
    public static final String HELD = "held-";

    /** @param times how often in a row Jira has answered success and moved nothing (L15) */
    public static BlockReason notMoved(int times, JiraStatus stayed, JiraStatus target) {
        return new BlockReason(
                NOT_MOVED,
                "Jira answered success " + times + " times in a row, but the issue stayed in " + stayed
                        + " instead of moving to " + target
                        + ": a validator or post function of the transition fails silently; let Jira's administrator"
                        + " correct the workflow, then replay the link");
    }

    /** The decision waits, and is made again from what is there then, once the bridge works in that direction. */
    public static BlockReason held(Direction direction, String projectKey) {
        return new BlockReason(
                HELD + direction.label(),
                "the bridge does not work in the direction " + direction.label() + " for project " + projectKey
                        + " now: GET projects/" + projectKey + "/switches says since when, and why");
    }

    /** The direction that the decision waits for; empty if it is blocked. */
    public Optional<Direction> heldDirection() {
        return code.startsWith(HELD) ? Optional.of(Direction.of(code.substring(HELD.length()))) : Optional.empty();
    }

    /**
     * Whether a reason on Faraday's side, or a switch, is gone although neither status has moved; then the block is
     * removed.
     *
     * @param open the directions that the bridge works in now
     */
    public boolean curedWithout(@Nullable BlockReason now, Predicate<Direction> open) {
        boolean ofFaraday =
                code.equals(WORKSPACE_READ_ONLY) || code.equals(WORKSPACE_INACTIVE) || code.equals(NOT_PERMITTED);
        return (ofFaraday && (now == null || !now.code().equals(code)))
                || heldDirection().filter(open).isPresent();
    }
}
