package io.faradaybridge.broker;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.jms.JmsEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumers of the queues, all routes that start at {@code jms:}. While a whole side is away they are paused: the
 * messages stay on the broker instead of burning their delivery attempts, and go on by themselves when the side is back.
 */
public final class Consumers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Consumers.class);

    private final CamelContext camel;
    private final Map<String, BooleanSupplier> pauses = new LinkedHashMap<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "paused-consumers");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledFuture<?> checks;

    /** @param checkEvery how often a paused side is asked whether it is back */
    Consumers(CamelContext camel, Duration checkEvery) {
        this.camel = camel;
        checks = watch.scheduleWithFixedDelay(
                this::check, checkEvery.toMillis(), checkEvery.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Pauses until {@code over} says true, or until {@link #resume}. Returns at once: a message that is being worked on
     * finishes. May be called from a consumer's own thread, and again for the same reason.
     *
     * @param reason why, for people; the pauses of different reasons add up
     * @param over asked from time to time; false or an exception: still paused
     */
    public synchronized void pause(String reason, BooleanSupplier over) {
        if (pauses.put(reason, over) == null) {
            log.warn("Messages wait on the broker: {}", reason);
        }
        apply();
    }

    /** Ends a pause; nothing happens if there is none for this reason. */
    public synchronized void resume(String reason) {
        if (pauses.remove(reason) != null) {
            log.info("No longer a reason to wait: {}", reason);
            apply();
        }
    }

    /** Why messages wait now; empty when they are consumed. */
    public synchronized List<String> reasons() {
        return List.copyOf(pauses.keySet());
    }

    @Override
    public void close() {
        checks.cancel(true);
        watch.shutdownNow();
    }

    private void check() {
        try {
            paused().forEach((reason, over) -> {
                if (isOver(over)) {
                    resume(reason);
                }
            });
        } catch (RuntimeException e) {
            // thrown on, it would end the checks, and with them every hope of a resumption
            log.warn("The paused consumers could not be checked", e);
        }
    }

    private synchronized Map<String, BooleanSupplier> paused() {
        if (!pauses.isEmpty()) {
            apply(); // routes that started meanwhile
        }
        return Map.copyOf(pauses);
    }

    private static boolean isOver(BooleanSupplier over) {
        try {
            return over.getAsBoolean();
        } catch (RuntimeException e) {
            log.debug("still paused", e);
            return false;
        }
    }

    /** Suspends the consumer itself, not the route: that would wait for the very exchange that asks for the pause. */
    private void apply() {
        for (Route route : camel.getRoutes()) {
            if (!(route.getEndpoint() instanceof JmsEndpoint)) {
                continue;
            }
            if (pauses.isEmpty()) {
                ServiceHelper.resumeService(route.getConsumer());
            } else {
                ServiceHelper.suspendService(route.getConsumer());
            }
        }
    }
}
