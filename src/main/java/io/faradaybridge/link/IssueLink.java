package io.faradaybridge.link;

import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.jira.IssueSnapshot;
import io.faradaybridge.jira.JiraStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code faraday_bridge.issue_link}: the work item. Columns and rules: the schema's migration.
 *
 * @param issueId Jira's immutable id; the key changes when an issue is moved
 * @param hints what Jira's side told us so far, and {@code hintsSeen} how much of it a look has covered (L3)
 * @param echoHints hints equal to the intention's target, counted apart (L4)
 * @param hintUserId Faraday's user whose token the newest webhook carried, or null (the sweep)
 * @param hintCorrelation the correlation id of the newest hint, or null
 * @param intention a transition that may be under way (L8), or null
 * @param block the mark of a decision that could not be carried out (L5), or null
 * @param unseenDrive a drive that Jira answered with success and nobody has seen done yet (L15), or null
 * @param unmoved how often in a row Jira answered so and moved nothing (L15)
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
     * L15: a 204 is a promise, not a sight.
     *
     * @param replaced the pair before the drive, which counts again where Jira moved nothing
     * @param over what Jira's status was taken to be
     * @param at when the call began, by Jira's clock
     */
    public record UnseenDrive(StatusPair replaced, JiraStatus over, Instant at) {

        /** The search index shows the issue where it was driven to, in a row that is younger than the drive. */
        boolean confirmedBy(IssueSnapshot indexed, JiraStatus target) {
            return indexed.status().sameAs(target) && !indexed.updated().isBefore(at);
        }
    }

    /** L5: what a blocked link is compared with, instead of its pair. */
    public record Block(BlockReason reason, FaradayStatus faraday, JiraStatus jira, String mappingVersion) {

        boolean stillStands(FaradayStatus faradayNow, JiraStatus jiraNow, String versionNow) {
            return faraday == faradayNow && jira.sameAs(jiraNow) && mappingVersion.equals(versionNow);
        }
    }

    /** Faraday shows the issue's key. */
    public boolean namedBy(VulnerabilityState vulnerability) {
        return vulnerability.issuetracker().strip().equalsIgnoreCase(issueKey);
    }

    /** As a look sees it that has covered so many hints (L3). */
    IssueLink hinted(long covered, long coveredEchoes) {
        return new IssueLink(
                id,
                vulnerabilityId,
                workspaceId,
                projectKey,
                issueType,
                issueId,
                issueKey,
                agreed,
                covered,
                hintsSeen,
                coveredEchoes,
                hintUserId,
                hintCorrelation,
                intention,
                block,
                attempts,
                unseenDrive,
                unmoved);
    }

    /** L12, L15: the agreed status of Jira may be taken for the present one. */
    boolean jiraMayBeAssumed() {
        return hints == hintsSeen && intention == null && block == null && unseenDrive == null;
    }

    /** For messages to people. */
    public String subject() {
        return "issue " + issueKey + " of vulnerability " + vulnerabilityId;
    }
}
