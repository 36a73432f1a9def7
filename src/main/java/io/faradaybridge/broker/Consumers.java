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
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumers of the queues: all routes that start at {@code jms:}. While the database or Jira is away they are
 * paused. The messages then stay on the broker and lose no delivery attempts; the consumers go on by themselves
 * afterwards.
 */
public final class Consumers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Consumers.class);

    private final CamelContext camel;
    private final Map<String, BooleanSupplier> pauses = new LinkedHashMap<>();
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("paused-consumers", true));
    private final ScheduledFuture<?> checks;

    /** @param checkEvery how often the reason of a pause is checked */
    Consumers(CamelContext camel, Duration checkEvery) {
        this.camel = camel;
        checks = watch.scheduleWithFixedDelay(
                this::check, checkEvery.toMillis(), checkEvery.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Pauses until {@code over} returns true, or until {@link #resume}. Returns at once; messages that are being worked
     * on are finished. May be called from a consumer's own thread, and again for the same reason.
     *
     * @param reason why, for the log and the health report; the consumers go on when no reason is left
     * @param over is called from time to time; false or an exception means that the pause lasts
     * @return whether there was no pause for this reason yet
     */
    public synchronized boolean pause(String reason, BooleanSupplier over) {
        boolean first = pauses.put(reason, over) == null;
        if (first) {
            log.warn("Messages wait on the broker, the consumers are paused: {}", reason);
        }
        apply();
        return first;
    }

    /** Ends a pause; nothing happens if there is none for this reason. */
    public synchronized void resume(String reason) {
        if (pauses.remove(reason) != null) {
            log.info("Messages no longer wait for this reason: {}", reason);
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
            // if this were thrown, the checks would end and the consumers would stay paused
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

    /**
     * Suspends the consumer, not the route: to suspend the route would wait for the exchange that asks for the pause.
     */
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
