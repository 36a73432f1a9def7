package io.faradaybridge.link;

import io.faradaybridge.tables.Columns;
import io.faradaybridge.tables.TurnSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares links with Faraday's rows, in the order of their ids, a part at each turn, and then again from the
 * beginning. Faraday does not announce its changes, and its tables have no reliable column for them. Ten thousand links
 * are compared every two seconds, a hundred thousand every minute, with one or two hundredths of a core. Each replica
 * compares by itself; the first that finds a link leases it.
 */
final class FaradayComparison {

    /** Up to so many links are compared more often. */
    static final int FEW = 10_000;

    private static final int A_SECOND_OF_FEW = 6_000;
    private static final int A_SECOND = 1_750;
    private static final int LEAST_AT_ONCE = 100;
    /** For a larger part PostgreSQL would estimate such costs that it compiles the statement again at each turn. */
    private static final int MOST_AT_ONCE = 4_000;

    private static final String PART = DueLinks.SQL.in("""
        SELECT max(c.id) AS last, count(*) AS seen, array_agg(c.id ORDER BY c.id) FILTER (WHERE c.drifted) AS drifted
          FROM (SELECT l.id, p.version IS NOT NULL AND {free} AND {drifted} AS drifted
                  FROM (SELECT * FROM faraday_bridge.issue_link l WHERE {active} AND l.id > :after
                         ORDER BY l.id LIMIT :part) l
                  LEFT JOIN {projects} LEFT JOIN {faraday}) c""");

    private final JdbcClient jdbc;
    private final TurnSize size;
    private long after;
    private long seenThisRound;
    private long seenLastRound;

    /** @param nanos a clock */
    FaradayComparison(JdbcClient jdbc, LongSupplier nanos) {
        this.jdbc = jdbc;
        this.size = new TurnSize(nanos, LEAST_AT_ONCE, FEW + 1);
    }

    private record Part(long last, long seen, List<Long> drifted) {}

    /**
     * The links of the next part that differ from Faraday. If there are more than {@code most}, the next part begins
     * after the last of them.
     */
    synchronized List<Long> drifted(Map<String, String> versions, int most) {
        if (most <= 0) {
            return List.of();
        }
        List<Long> drifted = new ArrayList<>();
        int some;
        for (int left = size.next(seenLastRound <= FEW ? A_SECOND_OF_FEW : A_SECOND); left > 0; left -= some) {
            some = Math.min(left, MOST_AT_ONCE);
            Part part = compare(versions, some);
            if (drifted.size() + part.drifted().size() > most) {
                part.drifted().subList(0, most - drifted.size()).forEach(link -> {
                    drifted.add(link);
                    after = link;
                });
                return drifted;
            }
            drifted.addAll(part.drifted());
            after = part.last();
            seenThisRound += part.seen();
            if (part.seen() < some) {
                after = 0;
                seenLastRound = seenThisRound;
                seenThisRound = 0;
                return drifted;
            }
        }
        return drifted;
    }

    private Part compare(Map<String, String> versions, int most) {
        return jdbc.sql(PART)
                .param("keys", String.join(",", versions.keySet()))
                .param("versions", String.join(",", versions.values()))
                .param("after", after)
                .param("part", most)
                .query((row, n) ->
                        new Part(row.getLong("last"), row.getLong("seen"), Columns.list(row, "drifted", Long[].class)))
                .single();
    }
}
