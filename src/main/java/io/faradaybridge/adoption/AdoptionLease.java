package io.faradaybridge.adoption;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Lets one replica adopt at a time, by a lease in {@code runtime_state} that expires. It saves calls of Jira; the rows
 * themselves prevent a second link.
 */
@Repository
class AdoptionLease implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(AdoptionLease.class);

    /** Usually longer than a batch takes. It is renewed with each batch. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final String replica = UUID.randomUUID().toString();
    private final JdbcClient jdbc;

    AdoptionLease(JdbcClient jdbc) {
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
        return jdbc.sql("""
                                INSERT INTO faraday_bridge.runtime_state AS s (name, value)
                                VALUES ('adoption', jsonb_build_object('by', :replica::text,
                                                                       'until', clock_timestamp() + :lease * interval '1 second'))
                                ON CONFLICT (name) DO UPDATE SET value = s.value || excluded.value, updated_at = now()
                                 WHERE (s.value ->> 'until')::timestamptz < clock_timestamp() OR s.value ->> 'by' = :replica""")
                        .param("replica", replica)
                        .param("lease", LEASE.toSeconds())
                        .update()
                == 1;
    }

    /** Ends the pass. @param problem what interrupted it; null if it is complete */
    void release(@Nullable String problem) {
        jdbc.sql("""
                        UPDATE faraday_bridge.runtime_state
                           SET value = value || jsonb_build_object('until', clock_timestamp(), 'problem', :problem::text)
                               || CASE WHEN :problem::text IS NULL
                                       THEN jsonb_build_object('completed', clock_timestamp()) ELSE '{}' END,
                               updated_at = now()
                         WHERE name = 'adoption' AND value ->> 'by' = :replica""").param("problem", problem).param("replica", replica).update();
    }

    /** The process stops during a pass: the lease is released, so that another replica goes on at once. */
    @Override
    public void destroy() {
        try {
            jdbc.sql("UPDATE faraday_bridge.runtime_state SET value = value"
                            + " || jsonb_build_object('until', clock_timestamp())"
                            + " WHERE name = 'adoption' AND value ->> 'by' = :replica")
                    .param("replica", replica)
                    .update();
        } catch (DataAccessException away) {
            log.debug("The lease of adoption ends by itself", away);
        }
    }

    Last last() {
        return jdbc.sql("""
                        SELECT (value ->> 'until')::timestamptz > clock_timestamp() AS running,
                               (value ->> 'completed')::timestamptz AS completed, value ->> 'problem' AS problem
                          FROM faraday_bridge.runtime_state WHERE name = 'adoption'""")
                .query((rs, n) -> {
                    OffsetDateTime completed = rs.getObject("completed", OffsetDateTime.class);
                    return new Last(
                            rs.getBoolean("running"),
                            completed == null ? null : completed.toInstant(),
                            rs.getString("problem"));
                })
                .optional()
                .orElseGet(() -> new Last(false, null, null));
    }
}
