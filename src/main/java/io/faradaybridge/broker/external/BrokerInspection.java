package io.faradaybridge.broker.external;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.activemq.artemis.api.core.ActiveMQExceptionType.GENERIC_EXCEPTION;

import io.faradaybridge.broker.BrokerSettings;
import io.faradaybridge.broker.EventSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSession.AddressQuery;
import org.apache.activemq.artemis.api.core.client.ClientSession.QueueQuery;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.transaction.impl.XidImpl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at an external broker with the bridge's own account. It leaves nothing there: no queue is created, and a right is
 * tried by a consumer that takes nothing, or by a message whose transaction is rolled back.
 */
record BrokerInspection(BrokerSettings settings, EventSettings events) {

    private static final Logger log = LoggerFactory.getLogger(BrokerInspection.class);

    /**
     * @return what is missing; null if the broker gives no answer
     * @throws ActiveMQSecurityException the broker does not accept the account
     */
    @Nullable
    List<Lack> lacks() throws ActiveMQSecurityException {
        try (ServerLocator locator = ActiveMQClient.createServerLocator(settings.url());
                ClientSessionFactory factory = locator.setInitialConnectAttempts(1)
                        .setReconnectAttempts(0)
                        // no flow control by credits: with it, a trial at a full address would wait for ever
                        .setProducerWindowSize(-1)
                        .createSessionFactory();
                ClientSession session =
                        factory.createSession(settings.username(), settings.password(), false, true, true, false, 0);
                ClientSession sending =
                        factory.createSession(settings.username(), settings.password(), true, false, false, false, 0)) {
            List<Lack> lacks = new ArrayList<>();
            for (Need need : Need.of(events)) {
                Lack lack = lack(need, session, sending);
                if (!lack.isNothing()) {
                    lacks.add(lack);
                }
            }
            return lacks;
        } catch (ActiveMQSecurityException refused) {
            throw refused;
        } catch (Exception away) { // ActiveMQException, and the exceptions of an invalid URL
            log.debug("The external broker will be checked again later", away);
            return null;
        }
    }

    private static Lack lack(Need need, ClientSession session, ClientSession sending) throws ActiveMQException {
        SimpleString name = SimpleString.of(need.address());
        AddressQuery address = session.addressQuery(name);
        String place =
                need.isQueue() ? queue(need.address(), session.queueQuery(name)) : topic(need.address(), address);
        if (!address.isExists()) {
            // trying could create it, or it cannot be consumed from
            boolean unknown = address.isAutoCreateAddresses() || maySend(name, sending);
            return new Lack(need, place, unknown ? List.of() : need.rights());
        }
        List<String> rights = new ArrayList<>();
        if (need.rights().contains(Need.SEND) && !maySend(name, sending)) {
            rights.add(Need.SEND);
        }
        if (need.rights().contains(Need.CONSUME) && session.queueQuery(name).isExists() && !mayConsume(name, session)) {
            rights.add(Need.CONSUME);
        }
        return new Lack(need, place, rights);
    }

    /** The session is not started, and the consumer asks for nothing: no message is delivered to it. */
    private static boolean mayConsume(SimpleString queue, ClientSession session) throws ActiveMQException {
        try {
            session.createConsumer(queue, null, 0, -1, false).close();
            return true;
        } catch (ActiveMQSecurityException denied) {
            return false;
        }
    }

    /** Prepared and rolled back: a broker tells of a refused message in a local transaction only when it is committed. */
    private static boolean maySend(SimpleString address, ClientSession session) throws ActiveMQException {
        Xid transaction = new XidImpl(
                "faraday-jira-bridge".getBytes(UTF_8),
                1,
                UUID.randomUUID().toString().getBytes(UTF_8));
        try (ClientProducer producer = session.createProducer(address)) {
            session.start(transaction, XAResource.TMNOFLAGS);
            producer.send(session.createMessage(true));
            session.end(transaction, XAResource.TMSUCCESS);
            session.prepare(transaction);
            session.rollback(transaction);
            return true;
        } catch (XAException failed) {
            if (failed.getCause() instanceof ActiveMQSecurityException) {
                return false;
            }
            throw new ActiveMQException("Whether the account may send could not be tried", failed, GENERIC_EXCEPTION);
        }
    }

    private static @Nullable String queue(String name, QueueQuery queue) {
        if (!queue.isExists()) {
            return "there is no queue '" + name + "'";
        }
        if (queue.isAutoCreated()) {
            return "queue '" + name + "' exists only while the bridge consumes";
        }
        if (queue.getRoutingType() != RoutingType.ANYCAST) {
            return "queue '" + name + "' is not anycast";
        }
        return queue.isDurable() ? null : "queue '" + name + "' is not durable, a restart deletes it";
    }

    private static @Nullable String topic(String name, AddressQuery address) {
        if (!address.isExists()) {
            return "there is no topic '" + name + "'";
        }
        return address.isSupportsMulticast() ? null : "topic '" + name + "' is not multicast";
    }
}
