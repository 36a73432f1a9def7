package io.faradaybridge.link;

import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.answers.StatusChange;
import io.faradaybridge.link.decision.BlockReason;
import io.faradaybridge.link.decision.StatusPair;
import io.faradaybridge.link.decision.Transit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code faraday_bridge.issue_link}: the work item. The migrations of the schema describe its columns.
 *
 * @param issueId Jira's immutable id; the key changes when an issue is moved
 * @param hints the number of hints of Jira's side; {@code hintsSeen} is how many of them a look has covered (L3)
 * @param echoHints the number of hints with the intention's target, counted separately (L4)
 * @param hintUserId the owner of the newest webhook's token; null if the hint is of the sweep
 * @param hintCorrelation the correlation id of the newest hint, or null
 * @param intention a transition that may be under way (L8), or null
 * @param block why a decision could not be carried out (L5), or null
 * @param unseenDrive a drive that Jira answered with success and that no look has confirmed yet (L15), or null
 * @param unmoved how often in a row Jira answered success without a move (L15)
 * @param hintedAt when the oldest unseen hint of either side came, or null
 */
public record IssueLink(
        long id,
        int vulnerabilityId,
        int workspaceId,
        String projectKey,
        String issueType,
        String issueId,
        String issueKey,
        StatusPair agreed,
        long hints,
        long hintsSeen,
        long echoHints,
        @Nullable Integer hintUserId,
        @Nullable String hintCorrelation,
        @Nullable Intention intention,
        @Nullable Block block,
        int attempts,
        @Nullable UnseenDrive unseenDrive,
        int unmoved,
        @Nullable Instant hintedAt) {

    /**
     * L8: saved before the call.
     *
     * @param since by the database's clock
     * @param transit set if it is a hop that is not the last of its way (L14)
     */
    public record Intention(
            FaradayStatus from,
            JiraStatus to,
            Instant since,
            @Nullable Transit transit) {

        /** A drive of a single transition, or the last hop of a way. */
        public Intention(FaradayStatus from, JiraStatus to, Instant since) {
            this(from, to, since, null);
        }

        /** L7: the pair once the transition was made. */
        StatusPair pair() {
            return new StatusPair(from, to, transit);
        }
    }

    /**
     * L15: a 204 does not prove that the issue has moved.
     *
     * @param replaced the pair before the drive, which is valid again if Jira moved nothing
     * @param over the status of Jira that the newest drive started from
     * @param at when the call began, by Jira's clock; of several hops the first one
     * @param way the keys of the statuses that were driven to, in order; several if hops followed each other unseen (L14)
     */
    public record UnseenDrive(StatusPair replaced, JiraStatus over, Instant at, List<String> way) {

        public UnseenDrive {
            way = List.copyOf(way);
        }

        /**
         * The pair that is valid if the issue did not get to the target of the drives: that of the last hop which Jira's
         * history shows, or else the kept one.
         *
         * @param agreed the pair that the drives left
         * @param last the newest of our own moves along the way
         */
        StatusPair valid(StatusPair agreed, Optional<StatusChange> last) {
            int hops = last.map(move -> way.indexOf(move.to().key())).orElse(-1);
            if (hops < 0) {
                return replaced;
            }
            String target = agreed.transit() == null
                    ? agreed.jira().key()
                    : agreed.transit().target();
            Transit before =
                    replaced.transit() == null || !replaced.transit().target().equals(target)
                            ? new Transit(target, List.of())
                            : replaced.transit();
            return new StatusPair(
                    replaced.faraday(),
                    last.orElseThrow().to(),
                    before.leaving(List.of(replaced.jira().key())).leaving(way.subList(0, hops)));
        }

        /** Whether the search index shows the issue in its new status, in a row that is younger than the drive. */
        boolean confirmedBy(IssueSnapshot indexed, JiraStatus target) {
            return indexed.status().sameAs(target) && !indexed.updated().isBefore(at);
        }
    }

    /** L5: a blocked link is compared with this instead of its pair. */
    public record Block(BlockReason reason, FaradayStatus faraday, JiraStatus jira, String mappingVersion) {

        boolean stillStands(FaradayStatus faradayNow, JiraStatus jiraNow, String versionNow) {
            return faraday == faradayNow && jira.sameAs(jiraNow) && mappingVersion.equals(versionNow);
        }
    }

    /** Whether Faraday shows the issue's key. */
    public boolean namedBy(VulnerabilityState vulnerability) {
        return vulnerability.issuetracker().strip().equalsIgnoreCase(issueKey);
    }

    /**
     * L12, L15: whether the agreed status of Jira may be assumed to be the present one.
     *
     * @param onward right after the success of our own hop, for the next one (L14): the kept pair stays the one before
     *     the first of them, and a look finds out from the history how many were made
     */
    boolean jiraMayBeAssumed(boolean onward) {
        return hints == hintsSeen && intention == null && block == null && (unseenDrive == null || onward);
    }

    /** The link's name in messages. */
    String subject() {
        return "issue " + issueKey + " of vulnerability " + vulnerabilityId;
    }
}
