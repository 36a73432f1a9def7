package io.faradaybridge.broker.external;

import io.faradaybridge.broker.BrokerSettings;
import io.faradaybridge.broker.EventSettings;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Checks at start and once a minute whether an external broker has what the bridge needs, and says which lines to add. By
 * default Artemis creates a queue for a consumer and deletes it after the last one; a message that is sent while there is
 * no queue is acknowledged and lost. Only the operator of the broker can make the queues permanent.
 */
final class ExternalQueues implements SmartLifecycle, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(ExternalQueues.class);
    private static final long EVERY_SECONDS = 60;
    private static final long UNTIL_IT_ANSWERS_SECONDS = 5;

    private final BrokerInspection inspection;
    private final String account;
    private volatile @Nullable List<Lack> lacks;
    private volatile boolean refused;
    private @Nullable ScheduledExecutorService checks;

    ExternalQueues(BrokerSettings settings, EventSettings events) {
        inspection = new BrokerInspection(settings, events);
        account = settings.username();
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
        List<Lack> found = look();
        if (found != null && !found.equals(lacks)) {
            lacks = found;
            if (!found.isEmpty()) {
                log.warn(
                        "The external broker is not set up for the bridge, messages may be lost: {}.\n{}",
                        String.join("; ", sentences(found)),
                        BrokerXml.lines(found, account));
            } else {
                log.info("The external broker has the addresses of the bridge, and its account the rights");
            }
        }
        if (!thread.isShutdown()) {
            var unused = thread.schedule(
                    () -> check(thread), lacks == null ? UNTIL_IT_ANSWERS_SECONDS : EVERY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private @Nullable List<Lack> look() {
        try {
            List<Lack> found = inspection.lacks();
            refused = refused && found == null;
            return found;
        } catch (ActiveMQSecurityException e) {
            if (!refused) {
                log.warn("{}", refusal());
            }
            refused = true;
            return null;
        }
    }

    private String refusal() {
        return "The external broker does not accept the account '" + account
                + "': check bridge.broker.username and bridge.broker.password, and the broker's users";
    }

    /** Never DOWN: messages still arrive, so this is a warning for the operator and no reason to restart the bridge. */
    @Override
    public Health health() {
        List<Lack> found = lacks;
        if (found == null) {
            return Health.unknown()
                    .withDetail("queues", refused ? refusal() : "not checked yet: see whether the broker answers")
                    .build();
        }
        return found.isEmpty()
                ? Health.up().build()
                : Health.unknown()
                        .withDetail("queues", sentences(found))
                        .withDetail("cure", BrokerXml.lines(found, account))
                        .build();
    }

    private List<String> sentences(List<Lack> found) {
        return found.stream().flatMap(lack -> lack.sentences(account).stream()).toList();
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
