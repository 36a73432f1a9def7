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
 * Warns, at most once a minute for each queue, of messages that a restart of the broker would have lost. The embedded
 * broker keeps every message; an external one keeps only persistent messages, and hardly any client sends them so by
 * itself.
 */
final class VolatileMessages {

    private static final Logger log = LoggerFactory.getLogger(VolatileMessages.class);
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Map<String, Queue> queues = new ConcurrentHashMap<>();

    private static final class Queue {
        private final AtomicLong reported = new AtomicLong(System.nanoTime() - MINUTE);
        private final AtomicLong unreported = new AtomicLong();
    }

    void check(Exchange exchange) {
        Integer mode = exchange.getMessage().getHeader("JMSDeliveryMode", Integer.class);
        if (mode == null || mode != DeliveryMode.NON_PERSISTENT) {
            return;
        }
        String name = exchange.getFromEndpoint() instanceof JmsEndpoint endpoint ? endpoint.getDestinationName() : "?";
        Queue queue = queues.computeIfAbsent(name, unused -> new Queue());
        long unreported = queue.unreported.incrementAndGet();
        long reported = queue.reported.get();
        long now = System.nanoTime();
        if (now - reported >= MINUTE && queue.reported.compareAndSet(reported, now)) {
            queue.unreported.addAndGet(-unreported);
            log.warn(
                    "{} messages of queue '{}' were not persistent: a restart of the broker would have lost them. Let"
                            + " their sender set header persistent:true (STOMP), durable (AMQP) or delivery mode"
                            + " PERSISTENT (Core)",
                    unreported,
                    name);
        }
    }
}
