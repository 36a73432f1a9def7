package io.faradaybridge.link;

import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.answers.Myself;
import io.faradaybridge.jira.answers.StatusChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * L9, L15: finds out from the issue's history whether a transition that the bridge sent was made. This is why no person
 * may use the bridge's account.
 */
final class OwnTransition {

    /** Date headers and changelogs are exact only to the second, and clocks may change during a call. */
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(3);

    private OwnTransition() {}

    /**
     * @param jiraTime Jira's clock when it answered, or null; it is used to convert the intention's time from the
     *     database's clock
     * @param databaseTime the database's clock at the same moment (L2)
     */
    static boolean happened(
            IssueSnapshot issue,
            IssueLink.Intention intention,
            @Nullable Instant jiraTime,
            Instant databaseTime,
            Myself myself) {
        return since(issue, intention.to(), onJirasClock(intention.since(), jiraTime, databaseTime), myself)
                .isPresent();
    }

    /**
     * @param databaseTime a moment by the database's clock
     * @param jiraNow Jira's clock when it answered, or null, then both clocks are assumed to agree
     * @param databaseNow the database's clock at the same moment
     */
    static Instant onJirasClock(Instant databaseTime, @Nullable Instant jiraNow, Instant databaseNow) {
        return jiraNow == null ? databaseTime : databaseTime.plus(Duration.between(databaseNow, jiraNow));
    }

    /** L14: the bridge's newest move to one of the statuses that the unseen hops led to. */
    static Optional<StatusChange> newest(IssueSnapshot issue, IssueLink.UnseenDrive drive, Myself myself) {
        return issue.history().stream()
                .filter(change -> drive.way().contains(change.to().key())
                        && change.authorId().equals(myself.id()))
                .max(Comparator.comparing(StatusChange::at))
                .filter(change -> !change.at().isBefore(drive.at().minus(CLOCK_SLACK)));
    }

    /** The bridge's newest move to the status; empty if it is older than the call. @param sent by Jira's clock */
    static Optional<StatusChange> since(IssueSnapshot issue, JiraStatus target, Instant sent, Myself myself) {
        return issue.history().stream()
                .filter(change ->
                        change.to().sameAs(target) && change.authorId().equals(myself.id()))
                .max(Comparator.comparing(StatusChange::at))
                .filter(change -> !change.at().isBefore(sent.minus(CLOCK_SLACK)));
    }
}
