package io.faradaybridge.broker;

import jakarta.jms.DeliveryMode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells, at most once a minute for each queue, of messages that a restart of the broker would have lost. The broker
 * inside keeps every message; one outside keeps those that are marked, which hardly any client does by itself.
 */
final class VolatileMessages {

    private static final Logger log = LoggerFactory.getLogger(VolatileMessages.class);
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Map<String, Queue> queues = new ConcurrentHashMap<>();

    private static final class Queue {
        private final AtomicLong told = new AtomicLong(System.nanoTime() - MINUTE);
        private final AtomicLong untold = new AtomicLong();
    }

    void look(Exchange exchange) {
        Integer mode = exchange.getMessage().getHeader("JMSDeliveryMode", Integer.class);
        if (mode == null || mode != DeliveryMode.NON_PERSISTENT) {
            return;
        }
        String name = exchange.getFromEndpoint() instanceof JmsEndpoint endpoint ? endpoint.getDestinationName() : "?";
        Queue queue = queues.computeIfAbsent(name, unused -> new Queue());
        long untold = queue.untold.incrementAndGet();
        long told = queue.told.get();
        long now = System.nanoTime();
        if (now - told >= MINUTE && queue.told.compareAndSet(told, now)) {
            queue.untold.addAndGet(-untold);
            log.warn(
                    "Of queue '{}', {} messages were not persistent: a restart of the broker loses such. Let their"
                            + " sender say header persistent:true (STOMP), durable (AMQP) or delivery mode PERSISTENT"
                            + " (Core)",
                    name,
                    untold);
        }
    }
}
