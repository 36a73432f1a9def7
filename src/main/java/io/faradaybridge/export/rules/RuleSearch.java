package io.faradaybridge.export.rules;

import io.faradaybridge.export.rules.RuleMatching.Part;
import io.faradaybridge.export.rules.RuleTerms.Terms;
import io.faradaybridge.tables.TurnSize;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Where the rules look in each turn. Faraday does not announce what changes, and its table has no index for it: new
 * vulnerabilities are found by their ids; all others in the order of their ids, a part at each turn, and then again from
 * the beginning: a million in less than two minutes, larger tables in more time and at the same cost. Where the optional
 * index is, it shows candidates at once. Nothing here must survive: what was found and not reserved is found again.
 */
final class RuleSearch {

    private static final int A_SECOND = 9_000;
    private static final int LEAST_AT_ONCE = 500;
    private static final int MOST_AT_ONCE = 25_000;

    /** A statement for more rows would look so costly to PostgreSQL that it compiles it at each turn. */
    private static final int STATEMENT = 4_000;

    /** After a start these are looked at first, since they may have come while no replica was running. */
    private static final int NEWEST_AT_START = 10_000;

    /** Ids become visible in the order of commits: those of the last minute are read again, up to so many. */
    private static final int LATE = 2_000;

    private static final long LATE_NANOS = Duration.ofMinutes(1).toNanos();

    private static final int BY_INDEX = 4_000;

    private final RuleMatching matching;
    private final LongSupplier nanos;
    private final TurnSize size;
    private final Deque<Seen> highest = new ArrayDeque<>();
    private int newest = -1;
    private int after;

    private record Seen(long atNanos, int id) {}

    /** @param nanos a clock */
    RuleSearch(RuleMatching matching, LongSupplier nanos) {
        this.matching = matching;
        this.nanos = nanos;
        this.size = new TurnSize(nanos, LEAST_AT_ONCE, MOST_AT_ONCE);
    }

    /**
     * The next turn.
     *
     * @param named are looked at in any case
     * @return the projects by vulnerability
     */
    Map<Integer, String> next(Terms terms, Collection<Integer> named) {
        Set<Integer> likely = new TreeSet<>(named);
        likely.addAll(newOnes(terms));
        likely.addAll(others(terms));
        if (matching.hasIndex()) {
            likely.addAll(matching.byIndex(terms, BY_INDEX));
        }
        return matching.among(terms, likely);
    }

    private List<Integer> newOnes(Terms terms) {
        if (newest < 0) {
            newest = Math.max(0, matching.highestId() - NEWEST_AT_START);
        }
        List<Integer> likely = new ArrayList<>();
        int from = late();
        Part part;
        int left = MOST_AT_ONCE;
        do {
            part = matching.after(terms, from, STATEMENT);
            likely.addAll(part.likely());
            from = Math.max(from, part.last());
            left -= STATEMENT;
        } while (part.seen() == STATEMENT && left > 0);
        newest = Math.max(newest, from);
        highest.addLast(new Seen(nanos.getAsLong(), newest));
        return likely;
    }

    /** The id after which rows may have become visible since the turn before. */
    private int late() {
        long now = nanos.getAsLong();
        while (highest.size() > 1 && now - highest.peekFirst().atNanos() > LATE_NANOS) {
            highest.removeFirst();
        }
        int aMinuteAgo = highest.isEmpty() ? newest : highest.peekFirst().id();
        return Math.max(aMinuteAgo, newest - LATE);
    }

    private List<Integer> others(Terms terms) {
        List<Integer> likely = new ArrayList<>();
        int some;
        for (int left = size.next(A_SECOND); left > 0; left -= some) {
            some = Math.min(left, STATEMENT);
            Part part = matching.after(terms, after, some);
            likely.addAll(part.likely());
            after = part.last();
            if (part.seen() < some) {
                after = 0;
                return likely;
            }
        }
        return likely;
    }
}
