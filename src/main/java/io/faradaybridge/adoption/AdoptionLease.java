package io.faradaybridge.adoption;

import io.faradaybridge.lease.Leases;
import io.faradaybridge.tables.Columns;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lets one replica adopt at a time, and keeps in {@code runtime_state} how its pass ended. The lease saves calls of Jira; the
 * rows themselves prevent a second link.
 */
@Component
class AdoptionLease implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(AdoptionLease.class);

    private static final String ADOPTION = "adoption";
    /** Usually longer than a batch takes. It is renewed with each batch. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final Leases leases;
    private final JdbcClient jdbc;

    AdoptionLease(Leases leases, JdbcClient jdbc) {
        this.leases = leases;
        this.jdbc = jdbc;
    }

    /**
     * How the last pass ended, on any replica.
     *
     * @param completed null if no pass was completed yet
     * @param problem what interrupted the pass; null if nothing did
     */
    record Last(
            boolean running,
            @Nullable Instant completed,
            @Nullable String problem) {}

    /** Takes or renews the lease. @return false if another replica adopts */
    boolean take() {
        return leases.take(ADOPTION, LEASE);
    }

    /** Ends the pass. @param problem what interrupted it; null if it is complete */
    void release(@Nullable String problem) {
        if (!leases.release(ADOPTION)) {
            return;
        }
        jdbc.sql("""
            INSERT INTO faraday_bridge.runtime_state AS s (name, value)
            VALUES ('adoption', jsonb_build_object('problem', :problem::text)
                                || CASE WHEN :problem::text IS NULL
                                        THEN jsonb_build_object('completed', clock_timestamp()) ELSE '{}' END)
            ON CONFLICT (name) DO UPDATE
               SET value = s.value - 'by' - 'until' || excluded.value, updated_at = now()""").param("problem", problem).update();
    }

    /** The process stops during a pass: the lease is released, so that another replica goes on at once. */
    @Override
    public void destroy() {
        try {
            leases.release(ADOPTION);
        } catch (DataAccessException away) {
            log.debug("The lease of adoption ends by itself", away);
        }
    }

    Last last() {
        boolean running = leases.find(ADOPTION).filter(Leases.Lease::held).isPresent();
        return jdbc.sql("""
            SELECT (value ->> 'completed')::timestamptz AS completed, value ->> 'problem' AS problem
              FROM faraday_bridge.runtime_state WHERE name = 'adoption'""")
                .query((row, number) ->
                        new Last(running, Columns.instantOrNull(row, "completed"), row.getString("problem")))
                .optional()
                .orElseGet(() -> new Last(running, null, null));
    }
}
