package io.faradaybridge.tracing;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends spans and says, once in a while, that the collector does not take them. They are lost then; no work waits. */
final class SpanSender implements SpanExporter {

    private static final Logger log = LoggerFactory.getLogger(SpanSender.class);
    private static final Duration SAID_AGAIN_AFTER = Duration.ofMinutes(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final String endpoint;
    private final SpanExporter otlp;
    private final AtomicLong saidAt = new AtomicLong(System.nanoTime() - SAID_AGAIN_AFTER.toNanos());

    SpanSender(String endpoint) {
        this.endpoint = endpoint;
        this.otlp = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint)
                .setTimeout(TIMEOUT)
                .setConnectTimeout(TIMEOUT)
                .build();
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode sent = otlp.export(spans);
        sent.whenComplete(() -> {
            if (!sent.isSuccess()) {
                lost(sent.getFailureThrowable());
            }
        });
        return sent;
    }

    private void lost(@Nullable Throwable failure) {
        long now = System.nanoTime();
        long before = saidAt.get();
        if (now - before >= SAID_AGAIN_AFTER.toNanos() && saidAt.compareAndSet(before, now)) {
            log.warn(
                    "Traces are lost, because {} does not take them ({}); check bridge.tracing.endpoint and the collector."
                            + " Nothing else is affected",
                    endpoint,
                    reason(failure));
        }
    }

    /** The innermost, since the others only wrap it; an answer that refuses has none. */
    private static String reason(@Nullable Throwable failure) {
        Throwable cause = failure == null ? null : failure.getCause();
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause == null ? "it refuses them" : cause.toString();
    }

    @Override
    public CompletableResultCode flush() {
        return otlp.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return otlp.shutdown();
    }
}
