package io.faradaybridge.activity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events to show. A value of null is no restriction.
 *
 * @param before the smallest id of the previous page; only rows with smaller ids are shown
 * @param limit at most 500
 */
public record ActivityQuery(
        @Nullable Integer vulnerabilityId,
        @Nullable String issueKey,
        @Nullable Outcome outcome,
        @Nullable Instant since,
        @Nullable Long before,
        int limit) {

    public static final int MAX_LIMIT = 500;

    public ActivityQuery {
        limit = Math.max(1, Math.min(limit, MAX_LIMIT));
    }

    /** The newest events of all kinds. */
    public static ActivityQuery newest(int limit) {
        return new ActivityQuery(null, null, null, null, null, limit);
    }
}
