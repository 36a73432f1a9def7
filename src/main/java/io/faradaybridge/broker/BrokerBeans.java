package io.faradaybridge.broker;

import io.faradaybridge.lease.Leases;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.ExceptionListener;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.jms.JmsConfiguration;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The beans of the broker: embedded or external. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({BrokerSettings.class, EventSettings.class})
class BrokerBeans {

    private static final Duration LEASE = Duration.ofSeconds(20);

    // Stopped as a bean too: when the start fails, Spring destroys beans but forgets what it has started.
    @Bean(destroyMethod = "stop")
    @Conditional(NoBrokerUrl.class)
    EmbeddedBroker embeddedBroker(BrokerSettings settings, EventSettings events) {
        return new EmbeddedBroker(settings, events);
    }

    @Bean(destroyMethod = "stop")
    @Conditional(NoBrokerUrl.class)
    EmbeddedBrokerLease embeddedBrokerLease(
            BrokerSettings settings, Leases leases, ConfigurableApplicationContext bridge) {
        Runnable endProcess =
                () -> new Thread(() -> System.exit(SpringApplication.exit(bridge, () -> 1)), "lease-lost").start();
        return new EmbeddedBrokerLease(leases, settings.dataDir(), LEASE, endProcess);
    }

    @Bean(destroyMethod = "stop")
    JmsPoolConnectionFactory jmsConnections(BrokerSettings settings, ObjectProvider<EmbeddedBroker> inside) {
        return BrokerConnections.to(settings, inside.getIfAvailable());
    }

    @Bean
    ConnectionsEnd connectionsEnd(JmsPoolConnectionFactory connections) {
        return new ConnectionsEnd(connections);
    }

    /**
     * The component behind every {@code jms:} endpoint. A message is acknowledged by the commit of its local transaction,
     * when its route has ended; what the route sends to another queue goes out with the same commit.
     */
    @Bean("jms")
    JmsComponent jms(ConnectionFactory connections, BrokerSettings settings) {
        JmsConfiguration configuration = new JmsConfiguration(connections);
        if (connections instanceof ExceptionListener reporting) {
            configuration.setExceptionListener(reporting);
        }
        configuration.setTransacted(true);
        // a local transaction of the session, without a transaction manager of Spring: that one is the database's
        configuration.setLazyCreateTransactionManager(false);
        configuration.setCacheLevelName("CACHE_CONSUMER");
        configuration.setConcurrentConsumers(settings.concurrency());
        configuration.setRecoveryInterval(settings.reconnectDelay().toMillis());
        configuration.setMessageConverter(new QueueBodies());
        // a received message is worked on, also while stopping or pausing: giving it back would cost a delivery attempt
        configuration.setAcceptMessagesWhileStopping(true);
        configuration.setDisableReplyTo(true);
        // without the copy, a message that is passed on unchanged keeps the properties that the filter removed
        configuration.setAlwaysCopyMessage(true);
        JmsComponent component = new JmsComponent();
        component.setConfiguration(configuration);
        component.setHeaderFilterStrategy(new QueueHeaders());
        return component;
    }

    @Bean
    QueueMessages queueMessages() {
        return new QueueMessages();
    }

    @Bean
    Consumers consumers(CamelContext camel) {
        return new Consumers(camel, Duration.ofSeconds(1));
    }

    @Bean
    DatabaseOutage databaseOutage(DataSource database, Consumers consumers) {
        return new DatabaseOutage(database, consumers);
    }
}
