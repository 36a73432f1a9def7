package io.faradaybridge.tables;

/**
 * The lease of a row that stands beside a link, with the columns {@code link_id}, {@code lease_token}, {@code lease_until},
 * {@code retry_at} and {@code attempts}. A worker holds it while it makes calls for that row. Statements name the table
 * {@code f}.
 */
public final class RowLease {

    private RowLease() {}

    /** Adds the clauses of a lease. They have the parameters {@code lease} in seconds, {@code id} and {@code token}. */
    public static SqlClauses in(SqlClauses clauses) {
        return clauses.with("unleased", """
                        ((f.lease_until IS NULL OR f.lease_until < clock_timestamp())
                        AND (f.retry_at IS NULL OR f.retry_at <= clock_timestamp()))""")
                .with("held", "f.link_id = :id AND f.lease_token = :token")
                .with("leased-until", "lease_until = clock_timestamp() + :lease * interval '1 second'")
                .with("unlease", "lease_token = NULL, lease_until = NULL")
                // ends the lease; the row is due again after a pause, and the attempt may count
                .with("put-off", """
                        {unlease}, attempts = f.attempts + :counts,
                        retry_at = clock_timestamp() + :millis * interval '1 millisecond'""");
    }
}
