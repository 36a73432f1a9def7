package io.faradaybridge.health;

import io.faradaybridge.broker.BrokerSettings;
import io.faradaybridge.broker.Consumers;
import io.faradaybridge.broker.EventSettings;
import io.faradaybridge.broker.Queues;
import io.faradaybridge.health.HealthReport.Broker;
import io.faradaybridge.health.HealthReport.Queue;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.messaginghub.pooled.jms.JmsPoolSession;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Asks the broker for its queues, over the connections that the bridge has. A broker that is away lets a call wait for
 * long, so the question is asked in a thread of its own, one at a time.
 */
@Component
class BrokerProbe implements AutoCloseable {

    private static final long SECONDS = 3;

    private final ConnectionFactory connections;
    private final BrokerSettings settings;
    private final EventSettings events;
    private final Consumers consumers;
    private final ObjectProvider<HealthIndicator> outside;
    private final ThreadPoolExecutor asking = new ThreadPoolExecutor(
            0, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(1), new DefaultThreadFactory("broker-probe", true));

    BrokerProbe(
            ConnectionFactory connections,
            BrokerSettings settings,
            EventSettings events,
            Consumers consumers,
            @Qualifier("outsideQueues") ObjectProvider<HealthIndicator> outside) {
        this.connections = connections;
        this.settings = settings;
        this.events = events;
        this.consumers = consumers;
        this.outside = outside;
    }

    private record Answer(List<Queue> queues, String version, long millis) {}

    Broker look() {
        try {
            Future<Answer> asked = asking.submit(this::ask);
            Answer answer = asked.get(SECONDS, TimeUnit.SECONDS);
            return new Broker(
                    settings.embedded(),
                    true,
                    answer.millis(),
                    settings.embedded() ? answer.version() : null,
                    answer.queues(),
                    problems(),
                    consumers.reasons());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return away();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            return away();
        }
    }

    private Broker away() {
        return new Broker(settings.embedded(), false, null, null, List.of(), problems(), consumers.reasons());
    }

    private Answer ask() throws JMSException, ActiveMQException {
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession()) {
            long began = System.nanoTime();
            ClientSession core = ((ActiveMQSession) ((JmsPoolSession) session).getInternalSession()).getCoreSession();
            List<Queue> queues = new ArrayList<>();
            for (String name : List.of(Queues.VULN_STATUS, Queues.VULN_EXPORT, Queues.DEAD_LETTER)) {
                queues.add(queue(SimpleString.of(name), core));
            }
            if (events.enabled()) {
                // each subscription of the topic is a queue of its own, which keeps its events
                for (SimpleString subscription :
                        core.addressQuery(SimpleString.of(events.topic())).getQueueNames()) {
                    queues.add(queue(subscription, core));
                }
            }
            return new Answer(
                    queues,
                    connection.getMetaData().getProviderVersion(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        }
    }

    private static Queue queue(SimpleString name, ClientSession core) throws ActiveMQException {
        ClientSession.QueueQuery queue = core.queueQuery(name);
        return new Queue(name.toString(), queue.isExists(), queue.getMessageCount(), queue.getConsumerCount());
    }

    /** What the bridge checks of an external broker once a minute. */
    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        outside.ifAvailable(queues -> {
            if (queues.health().getDetails().get("queues") instanceof Collection<?> found) {
                found.forEach(problem -> problems.add(String.valueOf(problem)));
            }
        });
        return problems;
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }
}
