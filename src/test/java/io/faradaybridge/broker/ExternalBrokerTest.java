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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.slf4j.LoggerFactory;

/** A broker of the operator's own, as it comes: it makes queues as it goes, and keeps what is marked. */
class ExternalBrokerTest {

    private ActiveMQServer broker;
    private BrokerSettings settings;

    @AfterEach
    void stop() throws Exception {
        broker.stop();
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
                Connection connection = ExternalBroker.connect(settings)) {
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
        ExternalBroker started = ExternalBroker.start(queues);
        broker = started.server();
        settings = started.settings();
    }
}
