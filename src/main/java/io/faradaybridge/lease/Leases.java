package io.faradaybridge.lease;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table {@code lease}: the holder of work that only one replica may do at a time. A lease lasts until it is
 * released or its time is over, by the database's clock (L2).
 */
@Component
public class Leases {

    /** This process, for work whose holder is a process. */
    private final String replica = UUID.randomUUID().toString();

    private final JdbcClient jdbc;

    public Leases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param place where the holder runs, as it described itself
     * @param left not positive if its time is over and nobody has taken or released it since
     */
    public record Lease(String holder, String place, Duration left) {

        public boolean held() {
            return left.toMillis() > 0;
        }
    }

    /** Like the method below, for this process. */
    public boolean take(String work, Duration time) {
        return take(work, replica, "", time);
    }

    /** Takes a free lease or renews the holder's own. @return false if another holds it */
    public boolean take(String work, String holder, String place, Duration time) {
        return jdbc.sql("""
            INSERT INTO faraday_bridge.lease AS l (work, holder, place, held_until)
            VALUES (:work, :holder, :place, clock_timestamp() + :millis * interval '1 millisecond')
            ON CONFLICT (work) DO UPDATE
               SET holder = excluded.holder, place = excluded.place, held_until = excluded.held_until
             WHERE l.holder = excluded.holder OR l.held_until < clock_timestamp()""")
                        .param("work", work)
                        .param("holder", holder)
                        .param("place", place)
                        .param("millis", time.toMillis())
                        .update()
                == 1;
    }

    /** @return false if this process had lost it */
    public boolean release(String work) {
        return release(work, replica);
    }

    /** @return false if the holder had lost it */
    public boolean release(String work, String holder) {
        return jdbc.sql("DELETE FROM faraday_bridge.lease WHERE work = :work AND holder = :holder")
                        .param("work", work)
                        .param("holder", holder)
                        .update()
                == 1;
    }

    /** The holder; empty if nobody has taken the lease or it was released. */
    public Optional<Lease> find(String work) {
        return jdbc.sql("""
            SELECT holder, place, 1000 * extract(epoch FROM held_until - clock_timestamp()) AS millis
              FROM faraday_bridge.lease WHERE work = :work""")
                .param("work", work)
                .query((row, number) -> new Lease(
                        row.getString("holder"), row.getString("place"), Duration.ofMillis(row.getLong("millis"))))
                .optional();
    }
}
