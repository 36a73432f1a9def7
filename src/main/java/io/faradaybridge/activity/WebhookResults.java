package io.faradaybridge.activity;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Webhooks by what became of them, since Jira's rule only tells its own audit log that it was refused: a metric, the status,
 * and for each reason one row of the activity an hour.
 */
@Component
public class WebhookResults {

    private static final Logger log = LoggerFactory.getLogger(WebhookResults.class);
    private static final long HOUR_NANOS = Duration.ofHours(1).toNanos();

    private final Activity activity;
    private final Map<WebhookResult, Counter> counters = new EnumMap<>(WebhookResult.class);
    private final Map<WebhookResult, Long> told = new ConcurrentHashMap<>();
    private final Instant since = Instant.now();

    WebhookResults(Activity activity, MeterRegistry metrics) {
        this.activity = activity;
        for (WebhookResult result : WebhookResult.values()) {
            counters.put(
                    result,
                    Counter.builder("bridge.webhooks")
                            .description("Webhooks of Jira by what became of them at the border")
                            .tag("result", result.word())
                            .register(metrics));
        }
    }

    /**
     * As this process saw them.
     *
     * @param since when it started
     * @param others those that led to nothing, by reason; reasons that nobody met are left out
     */
    public record Report(Instant since, long accepted, Map<String, Long> others) {}

    public Report report() {
        Map<String, Long> others = new TreeMap<>();
        counters.forEach((result, counter) -> {
            if (result != WebhookResult.ACCEPTED && counter.count() > 0) {
                others.put(result.word(), (long) counter.count());
            }
        });
        return new Report(since, (long) counter(WebhookResult.ACCEPTED).count(), others);
    }

    /** Accepted, or ignored with a row of its own in the activity. */
    public void count(WebhookResult result) {
        counter(result).increment();
    }

    /** @param words what was wrong and what to do, of ours alone: nothing that its sender wrote */
    public void refused(WebhookResult result, String words) {
        counter(result).increment();
        long now = System.nanoTime();
        Long before = told.get(result);
        if (before != null && now - before < HOUR_NANOS) {
            return;
        }
        told.put(result, now);
        try {
            activity.recordHourly(
                    Outcome.REFUSED,
                    UUID.randomUUID().toString(),
                    "webhooks are refused, " + result.word() + ": ",
                    words + " (GET status counts them)");
        } catch (DataAccessException | TransactionException e) {
            log.warn("That webhooks are refused ({}) could not be told in the activity: {}", words, e.getMessage());
        }
    }

    private Counter counter(WebhookResult result) {
        Counter counter = counters.get(result);
        if (counter == null) {
            throw new IllegalStateException("Every result has a counter, " + result + " too");
        }
        return counter;
    }
}
