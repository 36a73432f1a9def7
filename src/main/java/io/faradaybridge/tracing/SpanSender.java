package io.faradaybridge.tracing;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends spans and says, once in a while, that the collector does not take them. They are lost then; no work waits. */
final class SpanSender implements SpanExporter {

    private static final Logger log = LoggerFactory.getLogger(SpanSender.class);
    private static final Duration SAID_AGAIN_AFTER = Duration.ofMinutes(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Pattern HEADER = Pattern.compile("(?<name>[A-Za-z0-9-]+): *(?<value>[!-~]([ -~]*[!-~])?)");

    private final String endpoint;
    private final SpanExporter otlp;
    private final AtomicLong saidAt = new AtomicLong(System.nanoTime() - SAID_AGAIN_AFTER.toNanos());

    /**
     * @param credentials a header with its name, such as {@code Authorization: Bearer abc}; or empty
     * @throws IllegalArgumentException if it is no header
     */
    SpanSender(String endpoint, String credentials) {
        this.endpoint = endpoint;
        OtlpHttpSpanExporterBuilder sender = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint)
                .setTimeout(TIMEOUT)
                .setConnectTimeout(TIMEOUT);
        Matcher header = HEADER.matcher(credentials.strip());
        if (header.matches()) {
            sender.addHeader(header.group("name"), header.group("value"));
        } else if (!credentials.isBlank()) {
            throw new IllegalArgumentException(
                    "bridge.tracing.credentials must be one header with its name, such as Authorization: Bearer abc");
        }
        this.otlp = sender.build();
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
                    "Traces are lost, because {} does not take them ({}); check bridge.tracing.endpoint,"
                            + " bridge.tracing.credentials and the collector. Nothing else is affected",
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
