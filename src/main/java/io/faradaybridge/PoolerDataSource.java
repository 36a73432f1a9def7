package io.faradaybridge;

import io.faradaybridge.tables.TimedWork;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections that also work through PgBouncer with transaction pooling. There each transaction may run in another
 * session of PostgreSQL, where a prepared statement is missing or the name belongs to another one. So the bridge
 * prepares no statements behind a pooler. It recognises a pooler by the session's number, which differs from the number
 * that PostgreSQL gives.
 */
final class PoolerDataSource extends DelegatingDataSource {

    private static final Logger log = LoggerFactory.getLogger(PoolerDataSource.class);

    private volatile @Nullable Boolean pooler;

    PoolerDataSource(DataSource direct) {
        super(direct);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        try {
            TimedWork.uses(connection);
            PGConnection driver = connection.unwrap(PGConnection.class);
            if (behindPooler(connection, driver)) {
                driver.setPrepareThreshold(0);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private boolean behindPooler(Connection connection, PGConnection driver) throws SQLException {
        Boolean known = pooler;
        if (known == null) {
            try (Statement statement = connection.createStatement();
                    ResultSet session = statement.executeQuery("SELECT pg_backend_pid()")) {
                session.next();
                known = session.getInt(1) != driver.getBackendPID();
            }
            pooler = known;
            if (known) {
                log.info("The bridge reaches PostgreSQL through a pooler such as PgBouncer and prepares no statements"
                        + " there");
            }
        }
        return known;
    }

    @Configuration(proxyBeanMethods = false)
    static class Wrapping {

        @Bean
        static BeanPostProcessor poolerDataSource() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource direct && !(bean instanceof PoolerDataSource)
                            ? new PoolerDataSource(direct)
                            : bean;
                }
            };
        }
    }
}
