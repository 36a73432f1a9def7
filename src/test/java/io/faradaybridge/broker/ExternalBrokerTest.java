package io.faradaybridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Status;

/** A broker of the operator's own, as it comes: it makes queues as it goes, and keeps what is marked. */
class ExternalBrokerTest {

    private ActiveMQServer broker;
    private BrokerSettings settings;

    @AfterEach
    void stop() throws Exception {
        broker.stop();
    }

    @Test
    void missing_queues_are_reported_with_the_lines_that_create_them() throws Exception {
        start();
        ExternalQueues queues = new ExternalQueues(settings);
        try (Connection connection = connect()) {
            // what the bridge's own consumer does: the queue is there for as long as it is
            Session session = connection.createSession();
            session.createConsumer(session.createQueue(Queues.VULN_STATUS));

            assertThat(queues.problems())
                    .containsExactly(
                            "queue 'vuln-status' exists only while the bridge consumes",
                            "there is no queue 'vuln-export'",
                            "there is no queue 'dead-letter'");
        }
        queues.start();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> queues.health().getDetails().containsKey("cure"));
            assertThat(queues.health().getStatus()).isEqualTo(Status.UNKNOWN);
            assertThat(queues.health().getDetails().get("cure").toString())
                    .contains(
                            "<address name=\"vuln-status\"><anycast><queue name=\"vuln-status\"/></anycast></address>");
        } finally {
            queues.stop();
        }
    }

    @Test
    void queues_that_the_broker_is_configured_with_are_fine() throws Exception {
        start(Queues.VULN_STATUS, Queues.VULN_EXPORT, Queues.DEAD_LETTER);
        assertThat(new ExternalQueues(settings).problems()).isEmpty();
    }

    @Test
    void a_broker_that_is_away_says_nothing_about_its_queues() throws Exception {
        start();
        broker.stop();
        ExternalQueues queues = new ExternalQueues(settings);
        assertThat(queues.problems()).isNull();
        assertThat(queues.health().getStatus()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void messages_that_a_restart_would_lose_are_logged_once_a_minute() throws Exception {
        start(Queues.VULN_STATUS);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(VolatileMessages.class);
        log.start();
        logger.addAppender(log);
        List<String> received = new CopyOnWriteArrayList<>();
        JmsPoolConnectionFactory connections = BrokerConnections.to(settings, null);
        try (DefaultCamelContext camel = new DefaultCamelContext();
                Connection connection = connect()) {
            camel.addComponent("jms", new BrokerBeans().jms(connections, settings));
            camel.getRegistry().bind("queueMessages", new QueueMessages());
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("jms:queue:vuln-status")
                            .bean("queueMessages", "read")
                            .process(exchange -> received.add(exchange.getMessage()
                                    .getBody(QueueMessage.class)
                                    .text()));
                }
            });
            camel.start();
            Session session = connection.createSession();
            MessageProducer producer = session.createProducer(session.createQueue(Queues.VULN_STATUS));
            producer.send(session.createTextMessage("{\"n\": 0}"));
            producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
            for (int n = 1; n <= 5; n++) {
                producer.send(session.createTextMessage("{\"n\": " + n + "}"));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> received.size() == 6);
        } finally {
            connections.stop();
            logger.detachAppender(log);
        }
        assertThat(log.list).singleElement().satisfies(warned -> assertThat(warned.getFormattedMessage())
                .contains("queue 'vuln-status'", "persistent:true"));
    }

    private void start(String... queues) throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setPersistenceEnabled(false).setSecurityEnabled(false);
        configuration.addAcceptorConfiguration(new TransportConfiguration(
                NettyAcceptorFactory.class.getName(), Map.of("host", "127.0.0.1", "port", 0), "all"));
        for (String queue : queues) {
            configuration.addAddressConfiguration(new CoreAddressConfiguration()
                    .setName(queue)
                    .addRoutingType(RoutingType.ANYCAST)
                    .addQueueConfig(QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST)));
        }
        broker = new ActiveMQServerImpl(configuration);
        broker.start();
        int port = ((NettyAcceptor) broker.getRemotingService().getAcceptor("all")).getActualPort();
        settings = new BrokerSettings(
                "tcp://127.0.0.1:" + port,
                "bridge",
                "bridge",
                Path.of("unused"),
                "127.0.0.1",
                "127.0.0.1",
                new BrokerSettings.Ports(-1, -1, -1),
                1,
                1,
                Duration.ofMillis(200),
                new BrokerSettings.Redelivery(Duration.ofMillis(100), Duration.ofMillis(400), 3));
    }

    private Connection connect() throws Exception {
        Connection connection = new ActiveMQConnectionFactory(settings.url()).createConnection();
        connection.start();
        return connection;
    }
}
