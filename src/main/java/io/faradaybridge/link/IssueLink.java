package io.faradaybridge.link;

import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.link.decision.BlockReason;
import io.faradaybridge.link.decision.StatusPair;
import java.time.Instant;
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
        int unmoved) {

    /** L8: saved before the call. @param since by the database's clock */
    public record Intention(FaradayStatus from, JiraStatus to, Instant since) {}

    /**
     * L15: a 204 does not prove that the issue has moved.
     *
     * @param replaced the pair before the drive, which is valid again if Jira moved nothing
     * @param over the status of Jira that the drive started from
     * @param at when the call began, by Jira's clock
     */
    public record UnseenDrive(StatusPair replaced, JiraStatus over, Instant at) {

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

    /** L12, L15: whether the agreed status of Jira may be assumed to be the present one. */
    boolean jiraMayBeAssumed() {
        return hints == hintsSeen && intention == null && block == null && unseenDrive == null;
    }

    /** The link's name in messages. */
    String subject() {
        return "issue " + issueKey + " of vulnerability " + vulnerabilityId;
    }
}
