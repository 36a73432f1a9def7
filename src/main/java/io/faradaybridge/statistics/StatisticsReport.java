package io.faradaybridge.statistics;

import io.faradaybridge.activity.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened within a time, part by part.
 *
 * @param from the beginning of the first part, in UTC
 * @param to the end of the last part, which is not over yet
 * @param partSeconds the length of a part
 * @param parts all of them, the oldest first
 * @param causes what failed most often, the most frequent first
 */
record StatisticsReport(
        StatisticsRange range, Instant from, Instant to, long partSeconds, List<Part> parts, List<Cause> causes) {

    /**
     * @param toFaraday changes of Jira that were written to Faraday
     * @param toJira changes of Faraday that were made in Jira
     * @param exported issues that were created and linked
     * @param blocked changes that were blocked
     * @param refused changes and exports that were refused
     * @param postponed attempts that failed and were repeated; repetitions of the same failure count once
     * @param dead messages that became dead letters
     * @param jira null if no replica of the bridge ran
     */
    record Part(
            Instant at,
            long toFaraday,
            long toJira,
            long exported,
            long blocked,
            long refused,
            long postponed,
            long dead,
            @Nullable Jira jira) {}

    /**
     * Seen by all replicas.
     *
     * @param calls calls of Jira
     * @param meanMs how long an answer took; null if there was no call
     * @param longestMs the slowest one; null if there was no call
     * @param limited calls that Jira answered with 429
     * @param oldestDueSeconds for how long the oldest due link or export had been due; 0 if none was
     */
    record Jira(long calls, @Nullable Long meanMs, @Nullable Long longestMs, long limited, long oldestDueSeconds) {}

    /**
     * Failures with the same outcome and the same words, numbers apart.
     *
     * @param example the words of the newest one
     */
    record Cause(Outcome outcome, long count, String example, Instant lastAt) {}
}
