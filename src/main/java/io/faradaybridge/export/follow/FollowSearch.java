package io.faradaybridge.export.follow;

import io.faradaybridge.export.follow.FollowedRows.Part;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Where this replica looks for changed vulnerabilities: at those that messages named, and at a part of all links at each turn, in
 * the order of their ids, and then again from the beginning.
 */
final class FollowSearch {

    /** Half of what the detector compares, since a change of a text is less urgent than one of a status. */
    private static final int A_SECOND = 2_000;

    private static final int LEAST_AT_ONCE = 100;
    private static final int MOST_AT_ONCE = 4_000;

    private final FollowedRows rows;
    private final LongSupplier nanos;
    private long after;
    private long lastTurn;

    /** @param nanos a clock */
    FollowSearch(FollowedRows rows, LongSupplier nanos) {
        this.rows = rows;
        this.nanos = nanos;
        this.lastTurn = nanos.getAsLong() - Duration.ofMinutes(1).toNanos();
    }

    /**
     * Links that are due. If there are more than {@code most}, the next turn begins after the last of them.
     *
     * @param versions the fingerprints of the configurations, by project
     */
    Set<Long> next(Map<String, String> versions, int most) {
        Set<Long> due = new LinkedHashSet<>(rows.named(most));
        int size = size();
        Part part = rows.after(after, size, versions);
        after = part.seen() < size ? 0 : part.last();
        for (long link : part.due()) {
            if (due.size() >= most) {
                after = link - 1;
                break;
            }
            due.add(link);
        }
        return due;
    }

    /** The size follows from the time since the last turn, so that the detector's interval does not matter. */
    private int size() {
        long now = nanos.getAsLong();
        double seconds = (now - lastTurn) / 1e9;
        lastTurn = now;
        return (int) Math.max(LEAST_AT_ONCE, Math.min(MOST_AT_ONCE, seconds * A_SECOND));
    }
}
