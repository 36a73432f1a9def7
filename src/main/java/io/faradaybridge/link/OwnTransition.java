package io.faradaybridge.link;

import io.faradaybridge.jira.IssueSnapshot;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.Myself;
import io.faradaybridge.jira.StatusChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * L9, L15: whether a transition that we sent was made, read from the issue's own history. That is why no person
 * may use the service's account.
 */
final class OwnTransition {

    /** Date headers and changelogs are exact to the second; clocks move while a call is under way. */
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(3);

    private OwnTransition() {}

    /**
     * @param jiraTime Jira's clock when it answered, or null; the intention's time is the database's, so the difference
     *     of both clocks is taken out as far as it is known
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
     * @param jiraNow Jira's clock when it answered, or null: then both are taken to agree
     * @param databaseNow the database's clock at the same moment
     */
    static Instant onJirasClock(Instant databaseTime, @Nullable Instant jiraNow, Instant databaseNow) {
        return jiraNow == null ? databaseTime : databaseTime.plus(Duration.between(databaseNow, jiraNow));
    }

    /** Our own newest move to the status; empty where it is older than the call. @param sent by Jira's clock */
    static Optional<StatusChange> since(IssueSnapshot issue, JiraStatus target, Instant sent, Myself myself) {
        return issue.history().stream()
                .filter(change ->
                        change.to().sameAs(target) && change.authorId().equals(myself.id()))
                .max(Comparator.comparing(StatusChange::at))
                .filter(change -> !change.at().isBefore(sent.minus(CLOCK_SLACK)));
    }
}
