package io.faradaybridge.tracing;

import io.faradaybridge.broker.QueueHeaders;
import io.opentelemetry.api.trace.SpanContext;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** The header {@code traceparent} of W3C Trace Context. */
final class TraceParent {

    private TraceParent() {}

    /** Null if there is none, or none that can be read. */
    static @Nullable SpanContext read(@Nullable String header) {
        Matcher parts = QueueHeaders.TRACE.matcher(header == null ? "" : header);
        return parts.matches() ? Traces.context(parts.group(1), parts.group(2)) : null;
    }

    static String write(SpanContext span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                + span.getTraceFlags().asHex();
    }
}
