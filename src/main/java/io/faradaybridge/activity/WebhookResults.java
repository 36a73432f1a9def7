package io.faradaybridge.activity;

import io.faradaybridge.web.CorrelationId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Counts webhooks by their result, because Jira reports a refusal only in the rule's own audit log. The results are
 * shown as a metric, in the status report and, for each reason, as one row of activity an hour.
 */
@Component
public class WebhookResults {

    private static final Logger log = LoggerFactory.getLogger(WebhookResults.class);
    private static final long HOUR_NANOS = Duration.ofHours(1).toNanos();

    private final Activity activity;
    private final Map<WebhookResult, Counter> counters = new EnumMap<>(WebhookResult.class);
    private final Map<WebhookResult, Long> reportedAt = new ConcurrentHashMap<>();
    private final Instant since = Instant.now();
    private volatile @Nullable Instant lastAt;

    WebhookResults(Activity activity, MeterRegistry metrics) {
        this.activity = activity;
        for (WebhookResult result : WebhookResult.values()) {
            counters.put(
                    result,
                    Counter.builder("bridge.webhooks")
                            .description("Webhooks of Jira by what became of them at the border")
                            .tag("result", result.label())
                            .register(metrics));
        }
    }

    /**
     * The results in this process.
     *
     * @param since when it started
     * @param others webhooks that were refused or ignored, by reason; reasons that did not occur are left out
     * @param lastAt when the last one was accepted; null if there was none
     */
    public record Report(
            Instant since,
            long accepted,
            Map<String, Long> others,
            @Nullable Instant lastAt) {}

    public Report report() {
        Map<String, Long> others = new TreeMap<>();
        counters.forEach((result, counter) -> {
            if (result != WebhookResult.ACCEPTED && counter.count() > 0) {
                others.put(result.label(), (long) counter.count());
            }
        });
        return new Report(since, (long) counter(WebhookResult.ACCEPTED).count(), others, lastAt);
    }

    /** Counts a webhook that was accepted, or ignored with a row of its own in the activity. */
    public void count(WebhookResult result) {
        if (result == WebhookResult.ACCEPTED) {
            lastAt = Instant.now();
        }
        counter(result).increment();
    }

    /** @param reason what was wrong and what to do; it must not contain anything that the sender wrote */
    public void refused(WebhookResult result, String reason) {
        counter(result).increment();
        long now = System.nanoTime();
        Long before = reportedAt.get(result);
        if (before != null && now - before < HOUR_NANOS) {
            return;
        }
        reportedAt.put(result, now);
        try {
            activity.recordHourly(
                    Outcome.REFUSED,
                    CorrelationId.current(),
                    "webhooks are refused, " + result.label() + ": ",
                    reason + " (GET status counts them)");
        } catch (DataAccessException | TransactionException e) {
            log.warn("Refused webhooks ({}) could not be recorded in the activity: {}", reason, e.getMessage());
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
