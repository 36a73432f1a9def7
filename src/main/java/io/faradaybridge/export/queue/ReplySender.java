package io.faradaybridge.export.queue;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession.QueueQuery;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.jspecify.annotations.Nullable;
import org.messaginghub.pooled.jms.JmsPoolSession;
import org.springframework.stereotype.Component;

/** Sends one reply, to a queue that exists: a broker that makes queues as it goes would keep the replies of the vanished. */
@Component
class ReplySender {

    private static final Duration KEPT = Duration.ofDays(1);

    private final ConnectionFactory connections;

    ReplySender(ConnectionFactory connections) {
        this.connections = connections;
    }

    /**
     * @return why it cannot be sent; empty if it was
     * @throws JMSException if the broker does not answer, which says nothing of the queue
     */
    Optional<String> send(ReplyAddress address, String body) throws JMSException {
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession()) {
            String missing = missing(session, address.queue());
            if (missing != null) {
                return Optional.of(missing);
            }
            TextMessage reply = session.createTextMessage(body);
            reply.setJMSCorrelationID(address.correlation());
            reply.setStringProperty("JMS_AMQP_ContentType", "application/json");
            try (MessageProducer producer = session.createProducer(session.createQueue(address.queue()))) {
                producer.send(reply, DeliveryMode.PERSISTENT, reply.getJMSPriority(), KEPT.toMillis());
            }
            return Optional.empty();
        } catch (JMSSecurityException refused) {
            return Optional.of("the broker does not let the bridge send to it");
        }
    }

    private static @Nullable String missing(Session session, String name) throws JMSException {
        ActiveMQSession artemis = (ActiveMQSession) ((JmsPoolSession) session).getInternalSession();
        try {
            QueueQuery queue = artemis.getCoreSession().queueQuery(SimpleString.of(name));
            if (!queue.isExists()) {
                return "it does not exist (any more)";
            }
            return queue.getRoutingType() == RoutingType.ANYCAST
                            && queue.getAddress().toString().equals(name)
                    ? null
                    : "it is a subscription and no queue";
        } catch (ActiveMQException away) {
            throw (JMSException) new JMSException("The broker does not answer").initCause(away);
        }
    }
}
