package io.faradaybridge.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSession.QueueQuery;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Checks whether an external broker has the queues. By default Artemis creates a queue for a consumer and deletes it
 * after the last one; a message that is sent while there is no queue is acknowledged and lost. Only the operator of the
 * broker can make the queues permanent.
 */
final class ExternalQueues implements SmartLifecycle, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(ExternalQueues.class);
    private static final long EVERY_SECONDS = 60;
    private static final long UNTIL_IT_ANSWERS_SECONDS = 5;

    static final String CURE = """
        In broker.xml, under <core>, so that they are there before anybody sends:
          <addresses>
            <address name="vuln-status"><anycast><queue name="vuln-status"/></anycast></address>
            <address name="vuln-export"><anycast><queue name="vuln-export"/></anycast></address>
            <address name="dead-letter"><anycast><queue name="dead-letter"/></anycast></address>
          </addresses>\
        """;

    private final BrokerSettings settings;
    private volatile @Nullable List<String> problems;
    private @Nullable ScheduledExecutorService checks;

    ExternalQueues(BrokerSettings settings) {
        this.settings = settings;
    }

    @Override
    public synchronized void start() {
        if (checks != null) {
            return;
        }
        ScheduledExecutorService thread =
                Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("external-queues", true));
        thread.execute(() -> check(thread));
        checks = thread;
    }

    private void check(ScheduledExecutorService thread) {
        List<String> found = problems();
        if (found != null && !found.equals(problems)) {
            problems = found;
            if (!found.isEmpty()) {
                log.warn("Messages to the external broker may be lost: {}. {}", String.join("; ", found), CURE);
            } else {
                log.info("The external broker has the queues of the bridge");
            }
        }
        if (!thread.isShutdown()) {
            var unused = thread.schedule(
                    () -> check(thread), problems == null ? UNTIL_IT_ANSWERS_SECONDS : EVERY_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** @return what is wrong with each queue; null if the broker gives no answer: it is away or refuses the account */
    @Nullable
    List<String> problems() {
        try (ServerLocator locator = ActiveMQClient.createServerLocator(settings.url());
                ClientSessionFactory factory = locator.setInitialConnectAttempts(1)
                        .setReconnectAttempts(0)
                        .createSessionFactory();
                ClientSession session =
                        factory.createSession(settings.username(), settings.password(), false, true, true, false, 0)) {
            List<String> found = new ArrayList<>();
            for (String queue : Queues.ALL) {
                String problem = problem(queue, session.queueQuery(SimpleString.of(queue)));
                if (problem != null) {
                    found.add(problem);
                }
            }
            return found;
        } catch (Exception away) { // ActiveMQException, and the exceptions of an invalid URL
            log.debug("The queues of the external broker will be checked again later", away);
            return null;
        }
    }

    private static @Nullable String problem(String name, QueueQuery queue) {
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

    /** Never DOWN: messages still arrive, so this is a warning for the operator and no reason to restart the bridge. */
    @Override
    public Health health() {
        List<String> found = problems;
        if (found == null) {
            return Health.unknown()
                    .withDetail("queues", "not checked yet: see whether the broker answers")
                    .build();
        }
        return found.isEmpty()
                ? Health.up().build()
                : Health.unknown()
                        .withDetail("queues", found)
                        .withDetail("cure", CURE)
                        .build();
    }

    @Override
    public synchronized void stop() {
        if (checks != null) {
            checks.shutdownNow();
            checks = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return checks != null;
    }
}
