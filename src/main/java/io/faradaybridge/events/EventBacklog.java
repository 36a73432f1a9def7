package io.faradaybridge.events;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.faradaybridge.activity.ActivityRows;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** How many events wait and for how long, for an operator's alerts; NaN while the database is away. */
@Component
class EventBacklog implements MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(EventBacklog.class);
    /** So that a scrape never counts a backlog of weeks row by row. */
    private static final int COUNTED = 100_000;

    private final ActivityRows rows;
    private final LoadingCache<String, Backlog> counted =
            Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(10)).build(any -> count());

    EventBacklog(ActivityRows rows) {
        this.rows = rows;
    }

    private record Backlog(double events, double oldestSeconds) {}

    @Override
    public void bindTo(MeterRegistry metrics) {
        Gauge.builder("bridge.events.waiting", this, self -> self.counted
                        .get("")
                        .events())
                .description("Events that the broker has not taken yet, at most " + COUNTED)
                .register(metrics);
        Gauge.builder("bridge.events.age", this, self -> self.counted.get("").oldestSeconds())
                .description("For how long the oldest event has waited; 0: none waits, or events are off")
                .baseUnit("seconds")
                .register(metrics);
    }

    private Backlog count() {
        try {
            return new Backlog(rows.countUnsent(COUNTED), rows.unsentSeconds());
        } catch (DataAccessException | TransactionException away) {
            log.debug("Not counted: the database does not answer", away);
            return new Backlog(Double.NaN, Double.NaN);
        }
    }
}
