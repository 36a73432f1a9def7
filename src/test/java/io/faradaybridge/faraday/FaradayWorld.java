package io.faradaybridge.faraday;

import io.faradaybridge.sandbox.FaradayDatabase;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The package's beans, wired as the service wires them, on a database of their own. */
final class FaradayWorld implements AutoCloseable {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    private FaradayWorld(FaradayDatabase.Instance database) {
        context.registerBean(DataSource.class, database::dataSource);
        context.register(Beans.class);
        context.refresh();
    }

    static FaradayWorld sample() {
        return new FaradayWorld(FaradayDatabase.shared().newSampleDatabase());
    }

    /** With the bridge's own schema too. */
    static FaradayWorld sampleWithBridge() {
        return new FaradayWorld(FaradayDatabase.shared().newSampleBridgeDatabase());
    }

    /** The sample database changed by the statements before anything reads it, such as to what an older Faraday had. */
    static FaradayWorld sampleWith(String statements) {
        FaradayDatabase.Instance database = FaradayDatabase.shared().newSampleDatabase();
        JdbcClient.create(database.dataSource()).sql(statements).update();
        return new FaradayWorld(database);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    JdbcClient sql() {
        return bean(JdbcClient.class);
    }

    DataSource dataSource() {
        return bean(DataSource.class);
    }

    void inTransaction(Runnable work) {
        bean(TransactionTemplate.class).executeWithoutResult(status -> work.run());
    }

    <T> T inTransaction(Supplier<T> work) {
        return bean(TransactionTemplate.class).execute(status -> work.get());
    }

    void changeStatus(int vulnerabilityId, FaradayStatus to, @Nullable Integer userId) {
        Vulnerabilities vulnerabilities = bean(Vulnerabilities.class);
        inTransaction(() -> vulnerabilities.changeStatus(
                vulnerabilities.lock(vulnerabilityId).orElseThrow(), to, userId));
    }

    int number(String query) {
        return sql().sql(query).query(Integer.class).single();
    }

    @Override
    public void close() {
        context.close();
    }

    @Import({
        FaradaySchema.class,
        Vulnerabilities.class,
        StatusChangeTraces.class,
        WorkspaceCounters.class,
        DirtyWorkspaces.class,
        FaradayUsers.class,
        ChangeRights.class,
        UserTokens.class,
        IntegrationConfiguration.class
    })
    static class Beans {

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        TransactionTemplate transactionTemplate(PlatformTransactionManager transactionManager) {
            return new TransactionTemplate(transactionManager);
        }

        @Bean
        WritePermit writePermit() {
            return () -> true;
        }

        @Bean
        JdbcClient jdbcClient(DataSource dataSource) {
            return JdbcClient.create(dataSource);
        }
    }
}
