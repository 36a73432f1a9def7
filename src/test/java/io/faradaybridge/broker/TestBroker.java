package io.faradaybridge.broker;

import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** The real embedded broker on free ports, and a Camel beside it that is connected as the bridge is. */
public final class TestBroker implements AutoCloseable {

    public static final String USER = "faraday";
    public static final String PASSWORD = "sent-by-a-test";

    public static final EventSettings NO_EVENTS =
            new EventSettings(false, "jira-bridge-events", "/faraday-jira-bridge", "subscriber", null);

    public final BrokerSettings settings;
    public final EmbeddedBroker broker;
    public final JmsPoolConnectionFactory connections;
    public final CamelContext camel = new DefaultCamelContext();
    private final List<Consumers> closeables = new ArrayList<>();

    public TestBroker(Path folder) {
        this(settings(folder, PASSWORD));
    }

    public TestBroker(BrokerSettings settings) {
        this.settings = settings;
        broker = new EmbeddedBroker(settings, NO_EVENTS);
        connections = BrokerConnections.to(settings, broker);
        camel.setAllowUseOriginalMessage(true);
        camel.addComponent("jms", new BrokerBeans().jms(connections, settings));
        camel.getRegistry().bind("queueMessages", new QueueMessages());
        broker.start();
    }

    static BrokerSettings settings(Path folder, String password) {
        return settings(folder, password, 0);
    }

    static BrokerSettings settings(Path folder, String password, int stompPort) {
        return new BrokerSettings(
                null,
                USER,
                password,
                folder,
                "127.0.0.1",
                "127.0.0.1",
                new BrokerSettings.Ports(0, 0, stompPort),
                500,
                2,
                Duration.ofMillis(200),
                new BrokerSettings.Redelivery(Duration.ofMillis(100), Duration.ofMillis(400), 3));
    }

    public TestBroker with(RouteBuilder routes) throws Exception {
        camel.addRoutes(routes);
        camel.start();
        return this;
    }

    /** Consumers pause while this database is away. */
    public TestBroker watching(DataSource database) {
        Consumers consumers = new Consumers(camel, Duration.ofMillis(200));
        camel.getRegistry().bind("databaseOutage", new DatabaseOutage(database, consumers));
        closeables.add(consumers);
        return this;
    }

    public ConnectionFactory core(String password) {
        return new ActiveMQConnectionFactory("tcp://127.0.0.1:" + broker.port("core"), USER, password);
    }

    public ConnectionFactory amqp(String password) {
        return new JmsConnectionFactory(USER, password, "amqp://127.0.0.1:" + broker.port("amqp"));
    }

    public Stomp stomp(String password) throws Exception {
        return new Stomp(broker.port("stomp"), USER, password);
    }

    List<String> queues() {
        return Arrays.stream(broker.artemis().getActiveMQServerControl().getQueueNames())
                .toList();
    }

    @Override
    public void close() {
        closeables.forEach(Consumers::close);
        camel.stop();
        connections.stop();
        broker.stop();
    }
}
