package io.faradaybridge;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Warns at start if the bridge's pool may need more connections than PostgreSQL has left. They would fail later, one by
 * one, under load.
 */
@Component
class ConnectionLimit {

    private static final Logger log = LoggerFactory.getLogger(ConnectionLimit.class);

    private final JdbcClient jdbc;
    private final int poolSize;

    ConnectionLimit(JdbcClient jdbc, @Value("${bridge.database.pool-size}") int poolSize) {
        this.jdbc = jdbc;
        this.poolSize = poolSize;
    }

    void warn() {
        try {
            warning().ifPresent(log::warn);
        } catch (DataAccessException e) {
            log.debug("The limit of PostgreSQL's connections could not be read", e);
        }
    }

    /** Connections of all other sessions are counted, those of this pool are not. */
    Optional<String> warning() {
        return jdbc.sql("""
            SELECT current_setting('max_connections')::integer AS most,
                   current_setting('superuser_reserved_connections')::integer AS reserved,
                   (SELECT r.rolconnlimit FROM pg_roles r WHERE r.rolname = current_user) AS of_role,
                   (SELECT count(*) FROM pg_stat_activity a
                     WHERE a.datname IS NOT NULL AND a.application_name <> current_setting('application_name')) AS others\
            """)
                .query((row, n) -> {
                    int left = row.getInt("most") - row.getInt("reserved") - row.getInt("others");
                    int ofRole = row.getInt("of_role");
                    if (ofRole >= 0 && ofRole < poolSize) {
                        return Optional.of("bridge.database.pool-size is " + poolSize + ", but the role may have "
                                + ofRole + " connections at once");
                    }
                    return poolSize <= left
                            ? Optional.<String>empty()
                            : Optional.of("bridge.database.pool-size is " + poolSize + ", but PostgreSQL has "
                                    + Math.max(0, left)
                                    + " connections left for it (max_connections " + row.getInt("most") + ", "
                                    + row.getInt("reserved") + " of them reserved, " + row.getInt("others")
                                    + " in use by others); lower the one or raise the other. Every replica has"
                                    + " a pool of its own");
                })
                .single();
    }
}
