package io.faradaybridge.broker;

import java.time.Duration;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** The connections of the bridge itself: pooled, and opened again after the broker was away. */
final class BrokerConnections {

    /** After this time without an answer the call fails, and the message goes back to its queue. */
    private static final Duration CALL = Duration.ofSeconds(20);

    private BrokerConnections() {}

    static JmsPoolConnectionFactory to(BrokerSettings settings, @Nullable EmbeddedBroker embedded) {
        ActiveMQConnectionFactory artemis = embedded == null ? external(settings) : embedded(embedded);
        // no Java object is ever deserialised from a message
        artemis.setDeserializationDenyList("*");
        // no flow control by credits: with it, a send to a full queue could wait for ever
        artemis.setProducerWindowSize(-1);
        artemis.setCallTimeout(CALL.toMillis());
        artemis.setCallFailoverTimeout(CALL.toMillis());
        JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(artemis);
        pool.setBlockIfSessionPoolIsFullTimeout(CALL.toMillis());
        return pool;
    }

    private static ActiveMQConnectionFactory embedded(EmbeddedBroker broker) {
        return new ActiveMQConnectionFactory(
                        false,
                        new TransportConfiguration(
                                InVMConnectorFactory.class.getName(),
                                Map.of(TransportConstants.SERVER_ID_PROP_NAME, broker.inVmId())))
                .setUser(broker.bridgeUser())
                .setPassword(broker.bridgePassword());
    }

    private static ActiveMQConnectionFactory external(BrokerSettings settings) {
        ActiveMQConnectionFactory artemis =
                new ActiveMQConnectionFactory(settings.url(), settings.username(), settings.password());
        artemis.setIncomingInterceptorList(SuspectBodies.class.getName());
        return artemis;
    }
}
