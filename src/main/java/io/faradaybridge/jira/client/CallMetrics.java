package io.faradaybridge.jira.client;

import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraOperation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Calls of Jira as metrics: how many ended how, and how long Jira took. */
@Component
class CallMetrics {

    private static final String SUCCESS = "success";
    private static final String LIMITED = "limited";
    private static final int TOO_MANY_REQUESTS = 429;
    /** Up to the deadline of a creation. */
    private static final Duration[] BUCKETS = Stream.of(100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry metrics;

    /** Each counter begins at zero, so that the first failure is an increase. */
    CallMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
        for (JiraOperation operation : JiraOperation.values()) {
            Stream.concat(
                            Stream.of(SUCCESS, LIMITED),
                            Stream.of(JiraFailure.Kind.values()).map(CallMetrics::name))
                    .forEach(result -> counter(operation, result));
        }
    }

    /** A call ended, as its caller sees it. */
    void ended(JiraOperation operation, @Nullable JiraFailure failure) {
        counter(operation, result(failure)).increment();
    }

    /** Jira has answered one HTTP request, or the request was given up. */
    void answered(JiraOperation operation, @Nullable JiraFailure failure, long nanos) {
        Timer.builder("bridge.jira.calls")
                .description("How long Jira took for a request, by operation and result")
                .tags(tags(operation, result(failure)))
                .serviceLevelObjectives(BUCKETS)
                .register(metrics)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Its name ends with the suffix that Prometheus wants, because the timer has the name without it. */
    private Counter counter(JiraOperation operation, String result) {
        return Counter.builder("bridge.jira.calls.total")
                .description("Calls of Jira by operation and result")
                .tags(tags(operation, result))
                .register(metrics);
    }

    private static Tags tags(JiraOperation operation, String result) {
        return Tags.of("operation", name(operation), "result", result);
    }

    private static String result(@Nullable JiraFailure failure) {
        if (failure == null) {
            return SUCCESS;
        }
        return failure.status() == TOO_MANY_REQUESTS ? LIMITED : name(failure.kind());
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
