package io.faradaybridge.activity;

import io.micrometer.core.instrument.Counter;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to one route, one after the other, on its own threads. The code that records an event never waits for
 * it.
 */
final class ActivityListener extends DefaultConsumer {

    private static final Logger log = LoggerFactory.getLogger(ActivityListener.class);
    private static final long POLL_MILLIS = 250;

    /** When the route stops, the event that is being handed over may take this many milliseconds more. */
    private static final long STOP_MILLIS = 5_000;

    private final ActivityListeners listeners;
    private final BlockingQueue<ActivityEntry> waiting;
    private final int threads;
    private final AtomicBoolean full = new AtomicBoolean();
    private @Nullable Counter discarded;
    private @Nullable ExecutorService executor;

    ActivityListener(ActivityEndpoint endpoint, Processor route, ActivityListeners listeners) {
        super(endpoint, route);
        this.listeners = listeners;
        this.waiting = new LinkedBlockingQueue<>(endpoint.getSize());
        this.threads = endpoint.getConcurrentConsumers();
    }

    /**
     * Never waits. If the queue is full, the event is discarded and counted; the log says so once, until the queue is
     * empty again.
     */
    void offer(ActivityEntry entry) {
        if (waiting.offer(entry)) {
            return;
        }
        if (discarded != null) {
            discarded.increment();
        }
        if (full.compareAndSet(false, true)) {
            log.warn(
                    "Listener {} is too slow: {} events wait for it, and it does not get new ones (counted as"
                            + " bridge.activity.discarded; GET activity shows all)",
                    getRouteId(),
                    waiting.size());
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        discarded = listeners.discarded(getRouteId());
        ExecutorService own = getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newFixedThreadPool(this, "activity-" + getRouteId(), threads);
        executor = own;
        listeners.add(this);
        // only after all routes have started, because this route may send to them
        getEndpoint().getCamelContext().addStartupListener((camel, alreadyStarted) -> {
            for (int thread = 0; thread < threads && !own.isShutdown(); thread++) {
                own.execute(this::work);
            }
        });
    }

    @Override
    protected void doStop() throws Exception {
        listeners.remove(this);
        if (executor != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(executor, STOP_MILLIS);
            executor = null;
        }
        super.doStop();
    }

    private void work() {
        while (isRunAllowed()) {
            try {
                ActivityEntry entry = waiting.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (entry != null) {
                    hand(entry);
                } else if (full.compareAndSet(true, false)) {
                    log.info("Listener {} gets new events again", getRouteId());
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /**
     * After any failure this listener loses this event. The message of the failure is not logged, because it may hold a
     * secret address.
     */
    private void hand(ActivityEntry entry) {
        Exchange exchange = createExchange(false);
        try {
            exchange.getMessage().setBody(entry);
            exchange.getMessage().setHeader(Exchange.BREADCRUMB_ID, entry.correlationId());
            getProcessor().process(exchange);
        } catch (Exception | Error e) {
            exchange.setException(e);
        }
        Throwable failure = exchange.getException();
        if (failure != null) {
            log.warn(
                    "Listener {} failed on event {} ({}) and does not get it again: {}",
                    getRouteId(),
                    entry.id(),
                    entry.outcome(),
                    failure.getClass().getName());
        }
        releaseExchange(exchange, false);
    }
}
