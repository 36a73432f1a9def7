package io.faradaybridge;

import io.faradaybridge.activity.ActivityEndpoint;
import io.faradaybridge.activity.ActivityListeners;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.seda.BlockingQueueFactory;
import org.apache.camel.component.seda.SedaComponent;
import org.apache.camel.component.seda.SedaConsumer;
import org.apache.camel.component.seda.SedaEndpoint;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Camel's {@code seda:} with consumers that count their live threads, because an error can end a thread without a log
 * line.
 */
final class WatchedSeda extends SedaComponent {

    private final ActivityListeners listeners;

    WatchedSeda(ActivityListeners listeners) {
        this.listeners = listeners;
    }

    @Override
    protected SedaEndpoint createEndpoint(
            String uri, Component component, BlockingQueueFactory<Exchange> queues, int concurrentConsumers) {
        return getQueueKey(uri).equals("seda://" + ActivityEndpoint.NAME)
                ? new ActivityEndpoint(uri, component, concurrentConsumers, listeners)
                : new Flow(uri, component, queues, concurrentConsumers);
    }

    @Override
    protected SedaEndpoint createEndpoint(
            String uri, Component component, BlockingQueue<Exchange> queue, int concurrentConsumers) {
        return new Flow(uri, component, queue, concurrentConsumers);
    }

    private static final class Flow extends SedaEndpoint {

        Flow(String uri, Component component, BlockingQueueFactory<Exchange> queues, int concurrentConsumers) {
            super(uri, component, queues, concurrentConsumers);
        }

        Flow(String uri, Component component, BlockingQueue<Exchange> queue, int concurrentConsumers) {
            super(uri, component, queue, concurrentConsumers);
        }

        @Override
        protected SedaConsumer createNewConsumer(Processor processor) {
            return new Watched(this, processor);
        }
    }

    static final class Watched extends SedaConsumer {

        private final AtomicInteger threads = new AtomicInteger();

        Watched(SedaEndpoint endpoint, Processor processor) {
            super(endpoint, processor);
        }

        @Override
        public void run() {
            threads.incrementAndGet();
            try {
                super.run();
            } finally {
                threads.decrementAndGet();
            }
        }

        int threads() {
            return threads.get();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Flows {

        @Bean("seda-component")
        SedaComponent seda(ActivityListeners listeners) {
            return new WatchedSeda(listeners);
        }
    }
}
