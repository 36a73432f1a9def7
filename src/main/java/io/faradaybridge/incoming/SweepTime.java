package io.faradaybridge.incoming;

import io.faradaybridge.jira.answers.IssueSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a page of the sweep was read. It tells how old a finding is, by Jira's clock only, since the clocks of Jira and of
 * the database may differ.
 *
 * @param answered Jira's clock when it answered, or null if it did not say
 * @param overlap how much of the time before this sweep the next one covers again
 */
record SweepTime(@Nullable Instant answered, Duration overlap) {

    /**
     * How old the finding is, if the next sweep certainly finds it again; otherwise empty. Only half of the overlap
     * counts, because the calls of a sweep take time.
     */
    Optional<Duration> ageIfFoundAgain(IssueSnapshot issue) {
        return Optional.ofNullable(answered)
                .map(now -> Duration.between(issue.updated(), now))
                .filter(age -> age.compareTo(overlap.dividedBy(2)) < 0);
    }
}
