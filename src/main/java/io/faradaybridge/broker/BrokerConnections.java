package io.faradaybridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.ExceptionListener;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.messaginghub.pooled.jms.pool.PooledConnectionKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/** The connections of the bridge itself: pooled, and opened again after the broker was away. */
final class BrokerConnections {

    /** After this time without an answer the call fails, and the message goes back to its queue. */
    private static final Duration CALL = Duration.ofSeconds(20);

    private static final Logger log = LoggerFactory.getLogger(BrokerConnections.class);

    private BrokerConnections() {}

    static JmsPoolConnectionFactory to(BrokerSettings settings, @Nullable EmbeddedBroker embedded) {
        ActiveMQConnectionFactory artemis = embedded == null ? external(settings) : embedded(embedded);
        // no Java object is ever deserialised from a message
        artemis.setDeserializationDenyList("*");
        // no flow control by credits: with it, a send to a full queue could wait for ever
        artemis.setProducerWindowSize(-1);
        artemis.setCallTimeout(CALL.toMillis());
        artemis.setCallFailoverTimeout(CALL.toMillis());
        JmsPoolConnectionFactory pool = new Reporting(settings);
        pool.setConnectionFactory(artemis);
        pool.setBlockIfSessionPoolIsFullTimeout(CALL.toMillis());
        return pool;
    }

    /**
     * Says once what is wrong with the broker and once that it is well again. Who consumes tries every few seconds, and
     * knows neither address nor cause.
     */
    private static final class Reporting extends JmsPoolConnectionFactory implements ExceptionListener {

        private final String place;
        /** What was said since the last connection, without numbers. */
        private final Set<String> told = ConcurrentHashMap.newKeySet();

        Reporting(BrokerSettings settings) {
            place = settings.place();
        }

        @Override
        protected Connection createProviderConnection(PooledConnectionKey key) throws JMSException {
            try {
                Connection connection = super.createProviderConnection(key);
                if (!told.isEmpty()) {
                    told.clear();
                    log.info("Connected again to {}", place);
                }
                return connection;
            } catch (JMSException failure) {
                onException(failure);
                throw failure;
            }
        }

        /** What fails once a consumer has its connection comes here too, such as a right that it does not have. */
        @Override
        public void onException(JMSException failure) {
            if (failure instanceof IllegalStateException) {
                return; // a session of a connection that is gone; why is said by the next connection
            }
            String cause = String.valueOf(
                    NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
            // the port of this side is another one each time
            if (told.add(cause.replaceAll("\\d+", ""))) {
                log.warn("Consuming from {} fails and is tried again by itself: {}", place, cause);
            }
        }
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
