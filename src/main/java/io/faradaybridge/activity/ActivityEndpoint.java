package io.faradaybridge.activity;

import java.util.concurrent.LinkedBlockingQueue;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.seda.SedaEndpoint;

/**
 * {@code seda:activity}, where operators' routes listen to what happens. Camel's own {@code multipleConsumers} would make
 * all listeners wait for the slowest; here each has its own queue ({@code size}, 1000) and threads
 * ({@code concurrentConsumers}, 1).
 */
public final class ActivityEndpoint extends SedaEndpoint {

    public static final String NAME = "activity";

    private static final int WAITING = 1000;

    private final ActivityListeners listeners;

    public ActivityEndpoint(String uri, Component component, int concurrentConsumers, ActivityListeners listeners) {
        super(uri, component, new LinkedBlockingQueue<>(WAITING), concurrentConsumers);
        this.listeners = listeners;
    }

    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }

    @Override
    public Consumer createConsumer(Processor route) throws Exception {
        Consumer listener = new ActivityListener(this, route, listeners);
        configureConsumer(listener);
        return listener;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException(
                "seda:activity can only be used in from:, because only the bridge publishes to it;"
                        + " send to an endpoint of another name");
    }
}
