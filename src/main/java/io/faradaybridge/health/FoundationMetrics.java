package io.faradaybridge.health;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.faradaybridge.broker.Queues;
import io.faradaybridge.health.HealthReport.Broker;
import io.faradaybridge.health.HealthReport.Queue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** What the bridge stands on, as metrics. Broker and sweeps are looked at once a scrape, at most every {@link #KEPT}. */
@Component
class FoundationMetrics implements MeterBinder {

    private static final Duration KEPT = Duration.ofSeconds(10);

    private final String version;
    private final LoadingCache<String, Broker> broker;
    private final LoadingCache<String, Double> sweep;

    /** @param version of the packaged jar, by its manifest */
    FoundationMetrics(
            BrokerProbe broker,
            Foundations foundations,
            @Value("${spring.application.version:development}") String version) {
        this.version = version;
        this.broker = Caffeine.newBuilder().expireAfterWrite(KEPT).build(any -> broker.look());
        this.sweep = Caffeine.newBuilder().expireAfterWrite(KEPT).build(any -> sweepAge(foundations));
    }

    @Override
    public void bindTo(MeterRegistry metrics) {
        Gauge.builder("bridge.build.info", () -> 1)
                .description("The version of this process")
                .tag("version", version)
                .register(metrics);
        Gauge.builder("bridge.broker.up", this, self -> self.broker.get("").reachable() ? 1 : 0)
                .description("1 while the broker answers")
                .register(metrics);
        for (String name : List.of(Queues.VULN_STATUS, Queues.VULN_EXPORT, Queues.DEAD_LETTER)) {
            queue("bridge.queue.messages", name, Queue::messages)
                    .description("Messages that wait in a queue of the broker; NaN: the broker does not answer")
                    .register(metrics);
            queue("bridge.queue.consumers", name, Queue::consumers)
                    .description("Consumers of a queue, of all replicas; NaN: the broker does not answer")
                    .register(metrics);
        }
        Gauge.builder("bridge.events.kept", this, self -> self.broker.get("").queues().stream()
                        .filter(queue -> !Queues.ALL.contains(queue.name()))
                        .mapToLong(Queue::messages)
                        .max()
                        .orElse(0))
                .description("Events that the broker keeps for the subscription that is behind most; health names it")
                .register(metrics);
        Gauge.builder("bridge.sweep.age", this, self -> self.sweep.get(""))
                .description("Since the project that was swept least recently was swept; NaN: none is")
                .baseUnit("seconds")
                .register(metrics);
    }

    private Gauge.Builder<FoundationMetrics> queue(String metric, String name, ToDoubleFunction<Queue> figure) {
        return Gauge.builder(metric, this, self -> self.broker.get("").queues().stream()
                        .filter(queue -> queue.name().equals(name))
                        .mapToDouble(figure)
                        .findFirst()
                        .orElse(Double.NaN))
                .tag("queue", name);
    }

    private static double sweepAge(Foundations foundations) {
        try {
            return foundations.sweeps().values().stream()
                    .mapToDouble(begun ->
                            Math.max(0, Duration.between(begun, Instant.now()).toMillis() / 1000.0))
                    .max()
                    .orElse(Double.NaN);
        } catch (DataAccessException | TransactionException away) {
            return Double.NaN;
        }
    }
}
