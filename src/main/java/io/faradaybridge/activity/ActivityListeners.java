package io.faradaybridge.activity;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The routes that listen to the activity. Each has its own queue, so that a slow one delays no other. */
@Component
public class ActivityListeners {

    private final List<ActivityListener> listeners = new CopyOnWriteArrayList<>();
    private final MeterRegistry metrics;

    public ActivityListeners(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void add(ActivityListener listener) {
        listeners.add(listener);
    }

    void remove(ActivityListener listener) {
        listeners.remove(listener);
    }

    Counter discarded(String listener) {
        return Counter.builder("bridge.activity.discarded")
                .description("Events that a listener did not get, because its queue was full")
                .tag("listener", listener)
                .register(metrics);
    }

    /**
     * Publishes the entries after the commit, or at once if there is no transaction. Entries that are rolled back are
     * never published.
     */
    void publish(List<ActivityEntry> written) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            offer(written);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                offer(written);
            }
        });
    }

    private void offer(List<ActivityEntry> written) {
        listeners.forEach(listener -> written.forEach(listener::offer));
    }
}
