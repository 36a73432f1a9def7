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

/** How many events wait, for an operator's alerts; NaN while the database is away. */
@Component
class EventBacklog implements MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(EventBacklog.class);
    /** So that a scrape never counts a backlog of weeks row by row. */
    private static final int COUNTED = 100_000;

    private final ActivityRows rows;
    private final LoadingCache<String, Double> counted =
            Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(10)).build(any -> count());

    EventBacklog(ActivityRows rows) {
        this.rows = rows;
    }

    @Override
    public void bindTo(MeterRegistry metrics) {
        Gauge.builder("bridge.events.waiting", this, self -> self.counted.get(""))
                .description("Events that the broker has not taken yet, at most " + COUNTED)
                .register(metrics);
    }

    private double count() {
        try {
            return rows.countUnsent(COUNTED);
        } catch (DataAccessException | TransactionException away) {
            log.debug("Not counted: the database does not answer", away);
            return Double.NaN;
        }
    }
}
