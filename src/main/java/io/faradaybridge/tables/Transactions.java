package io.faradaybridge.tables;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions begin in code. Annotations for them would make every start look at every method of every bean. */
@Configuration(proxyBeanMethods = false)
public class Transactions {

    @Bean
    TransactionTemplate transactionTemplate(PlatformTransactionManager database) {
        return new TransactionTemplate(database);
    }
}
