package io.faradaybridge.secrets;

import io.faradaybridge.tables.Transactions;
import java.util.Objects;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The command {@code rotate-secrets}: encrypts all stored secrets with {@code bridge.secrets.key}, reading them with
 * {@code bridge.secrets.previous-key}. It starts nothing but the database connection. The bridge may run meanwhile, with both
 * keys.
 */
public final class SecretRotation {

    public static final String COMMAND = "rotate-secrets";

    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        ValidationAutoConfiguration.class
    })
    @EnableConfigurationProperties(SecretSettings.class)
    @Import({SecretKeys.class, Secrets.class, Transactions.class})
    static final class Parts {}

    private SecretRotation() {}

    /**
     * Prints one line: what was done or what to check.
     *
     * @return the process's exit status
     */
    public static int run(String... arguments) {
        SpringApplicationBuilder application = new SpringApplicationBuilder(Parts.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties("spring.main.log-startup-info=false");
        try (ConfigurableApplicationContext context = application.run(arguments)) {
            Secrets.Rotation done = context.getBean(Secrets.class).rotate();
            System.out.println("Encrypted " + done.encrypted() + " stored secrets with bridge.secrets.key; "
                    + done.before() + " were encrypted with it already.");
            return 0;
        } catch (SecretUnreadable unreadable) {
            return refuse(unreadable.getMessage() + ". Nothing was changed.");
        } catch (DataAccessException | TransactionException e) {
            return refuse("The database does not answer, or has no schema faraday_bridge; check bridge.database.url,"
                    + " username and password. Nothing was changed.");
        } catch (BeanCreationException e) {
            return refuse(rootMessage(e));
        }
    }

    private static int refuse(String why) {
        System.err.println(why);
        return 1;
    }

    private static String rootMessage(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Objects.requireNonNullElse(cause.getMessage(), "The settings cannot be used.");
    }
}
