package io.faradaybridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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

/** A broker of the operator's own, as it comes, with these queues; and the settings of a bridge that uses it. */
public record ExternalBroker(ActiveMQServer server, BrokerSettings settings) {

    public static ExternalBroker start(String... queues) throws Exception {
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
        ActiveMQServer server = new ActiveMQServerImpl(configuration);
        server.start();
        int port = ((NettyAcceptor) server.getRemotingService().getAcceptor("all")).getActualPort();
        return new ExternalBroker(server, settings(port));
    }

    public static BrokerSettings settings(int port) {
        return settings("tcp://127.0.0.1:" + port, "bridge");
    }

    public static BrokerSettings settings(String url, String password) {
        return new BrokerSettings(
                url,
                "bridge",
                password,
                Path.of("unused"),
                "127.0.0.1",
                "127.0.0.1",
                new BrokerSettings.Ports(-1, -1, -1),
                1,
                1,
                Duration.ofMillis(200),
                new BrokerSettings.Redelivery(Duration.ofMillis(100), Duration.ofMillis(400), 3));
    }

    public static Connection connect(BrokerSettings settings) throws JMSException {
        Connection connection = new ActiveMQConnectionFactory(settings.url()).createConnection();
        connection.start();
        return connection;
    }
}
