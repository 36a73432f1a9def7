package io.faradaybridge.broker;

import java.time.Duration;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** Connections of the bridge itself: pooled, and made anew when the broker was away. */
final class BrokerConnections {

    /** A broker that does not answer is an error by then, and the message goes back to where it came from. */
    private static final Duration CALL = Duration.ofSeconds(20);

    private BrokerConnections() {}

    static JmsPoolConnectionFactory to(BrokerSettings settings, @Nullable EmbeddedBroker inside) {
        ActiveMQConnectionFactory artemis = inside == null ? outside(settings) : inside(inside);
        // no class may ever be read from a message, whoever asks for it
        artemis.setDeserializationDenyList("*");
        // a full queue answers, or takes the message; with credits to wait for, a send would wait for ever
        artemis.setProducerWindowSize(-1);
        artemis.setCallTimeout(CALL.toMillis());
        artemis.setCallFailoverTimeout(CALL.toMillis());
        JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(artemis);
        pool.setBlockIfSessionPoolIsFullTimeout(CALL.toMillis());
        return pool;
    }

    private static ActiveMQConnectionFactory inside(EmbeddedBroker broker) {
        return new ActiveMQConnectionFactory(
                        false,
                        new TransportConfiguration(
                                InVMConnectorFactory.class.getName(),
                                Map.of(TransportConstants.SERVER_ID_PROP_NAME, broker.inVmId())))
                .setUser(broker.bridgeUser())
                .setPassword(broker.bridgePassword());
    }

    private static ActiveMQConnectionFactory outside(BrokerSettings settings) {
        ActiveMQConnectionFactory artemis =
                new ActiveMQConnectionFactory(settings.url(), settings.username(), settings.password());
        artemis.setIncomingInterceptorList(SuspectBodies.class.getName());
        return artemis;
    }
}
