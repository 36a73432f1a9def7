package io.faradaybridge.setup;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.faradaybridge.jira.client.JiraAvailability;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The figures of {@code GET status} as metrics, for an operator's alerts. They are counted once for all gauges of a
 * scrape, and not again within {@link #KEPT}. A figure is NaN while the database is away.
 */
@Component
class StatusMetrics implements MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(StatusMetrics.class);
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final Integration integration;
    private final JiraAvailability availability;
    private final LoadingCache<String, Optional<SetupStatus.Counts>> counted =
            Caffeine.newBuilder().expireAfterWrite(KEPT).build(any -> count());

    StatusMetrics(Integration integration, JiraAvailability availability) {
        this.integration = integration;
        this.availability = availability;
    }

    @Override
    public void bindTo(MeterRegistry metrics) {
        Gauge.builder("bridge.jira.up", availability, jira -> jira.report().since() == null ? 1 : 0)
                .description("1 while Jira can be used, as far as this process knows; 0 during an outage")
                .register(metrics);
        links("due", SetupStatus.Counts::due, metrics);
        links("blocked", SetupStatus.Counts::blocked, metrics);
        links("held", SetupStatus.Counts::held, metrics);
        links("waiting", SetupStatus.Counts::waiting, metrics);
        links("in_step", SetupStatus.Counts::inStep, metrics);
        links("differs", SetupStatus.Counts::differs, metrics);
        links("not_mapped", SetupStatus.Counts::notMapped, metrics);
        links(
                "unconfigured",
                counts -> counts.unconfigured().values().stream()
                        .mapToLong(Long::longValue)
                        .sum(),
                metrics);
        links("any", SetupStatus.Counts::links, metrics);
        items("queued", SetupStatus.Counts::queuedItems, metrics);
        items("unknown", SetupStatus.Counts::unknownItems, metrics);
        gauge("bridge.dead.letters", SetupStatus.Counts::deadLetters)
                .description("Dead letters that are neither replayed nor discarded")
                .register(metrics);
        Gauge.builder("bridge.database.up", this, self -> self.counted.get("").isPresent() ? 1 : 0)
                .description("1 while the database answers; 0 while it does not, and the other figures are NaN")
                .register(metrics);
        gauge("bridge.due.age", StatusMetrics::age)
                .description("For how long the oldest due link or export item has been due; 0: none is due")
                .baseUnit("seconds")
                .register(metrics);
    }

    private void links(String state, ToDoubleFunction<SetupStatus.Counts> count, MeterRegistry metrics) {
        gauge("bridge.links", count)
                .description(
                        "Active links by state: due now, blocked, held by a switch, waiting for their next attempt; idle ones in step,"
                                + " differing or not mapped; of a project that is not configured; any")
                .tag("state", state)
                .register(metrics);
    }

    private void items(String state, ToDoubleFunction<SetupStatus.Counts> count, MeterRegistry metrics) {
        gauge("bridge.export.items", count)
                .description("Export items that are not finished (queued), or that a user must resolve (unknown)")
                .tag("state", state)
                .register(metrics);
    }

    private Gauge.Builder<StatusMetrics> gauge(String name, ToDoubleFunction<SetupStatus.Counts> count) {
        return Gauge.builder(
                name,
                this,
                self -> self.counted.get("").map(count::applyAsDouble).orElse(Double.NaN));
    }

    private Optional<SetupStatus.Counts> count() {
        try {
            return Optional.of(integration.status().counts());
        } catch (DataAccessException | TransactionException away) {
            log.debug("Not counted: the database does not answer", away);
            return Optional.empty();
        }
    }

    private static double age(SetupStatus.Counts counts) {
        Instant oldest = counts.oldestDue();
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, Instant.now()).toMillis() / 1000.0);
    }
}
