package io.faradaybridge.export.follow;

import io.faradaybridge.export.follow.FollowedRows.Part;
import io.faradaybridge.tables.TurnSize;
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
    private final TurnSize size;
    private long after;

    /** @param nanos a clock */
    FollowSearch(FollowedRows rows, LongSupplier nanos) {
        this.rows = rows;
        this.size = new TurnSize(nanos, LEAST_AT_ONCE, MOST_AT_ONCE);
    }

    /**
     * Links that are due. If there are more than {@code most}, the next turn begins after the last of them.
     *
     * @param versions the fingerprints of the configurations, by project
     */
    Set<Long> next(Map<String, String> versions, int most) {
        Set<Long> due = new LinkedHashSet<>(rows.named(most));
        int next = size.next(A_SECOND);
        Part part = rows.after(after, next, versions);
        after = part.seen() < next ? 0 : part.last();
        for (long link : part.due()) {
            if (due.size() >= most) {
                after = link - 1;
                break;
            }
            due.add(link);
        }
        return due;
    }
}
