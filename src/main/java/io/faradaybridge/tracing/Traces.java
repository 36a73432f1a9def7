package io.faradaybridge.tracing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Begins spans in the trace of their correlation id. The span that a thread is at is in the context of the log (MDC). */
final class Traces implements AutoCloseable {

    static final String TRACE = "trace_id";
    static final String SPAN = "span_id";
    static final String CORRELATION = "bridge.correlation_id";
    private static final int ORIGINS = 10_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(15);
    private static final int STOP_SECONDS = 2;

    private final TraceIds ids = new TraceIds();
    private final SdkTracerProvider provider;
    private final Tracer tracer;
    /** The span of the request or message that an event began with, on this replica, by its correlation id. */
    private final Cache<String, SpanContext> origins = Caffeine.newBuilder()
            .maximumSize(ORIGINS)
            .expireAfterWrite(REMEMBERED)
            .build();

    Traces(SpanExporter sender, double share, String version) {
        this.provider = SdkTracerProvider.builder()
                .setIdGenerator(ids)
                .setSampler(new TraceShare(share))
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.builder()
                                .put("service.name", "faraday-jira-bridge")
                                .put("service.version", version)
                                .build())))
                .addSpanProcessor(BatchSpanProcessor.builder(sender)
                        .setScheduleDelay(Duration.ofSeconds(1))
                        .build())
                .build();
        this.tracer = provider.get("faraday-jira-bridge");
    }

    /** A span that was begun and what the log named before it; it is not sent before it ends. */
    record Begun(
            Span span,
            @Nullable String traceBefore,
            @Nullable String spanBefore) {

        /** The thread goes on with what it was at before. */
        void leave() {
            if (span.getSpanContext().getSpanId().equals(MDC.get(SPAN))) {
                put(TRACE, traceBefore);
                put(SPAN, spanBefore);
            }
        }

        private static void put(String key, @Nullable String value) {
            if (value == null) {
                MDC.remove(key);
            } else {
                MDC.put(key, value);
            }
        }
    }

    /**
     * What an event begins with; later work on this replica is below it.
     *
     * @param sender the span that the sender names; if it is of another trace, it is linked to
     */
    Begun origin(String name, SpanKind kind, String correlationId, @Nullable SpanContext sender) {
        SpanBuilder span = span(name, kind, correlationId);
        String traceId = TraceIds.of(correlationId);
        if (sender != null && sender.getTraceId().equals(traceId)) {
            span.setParent(below(sender));
        } else if (sender != null) {
            span.addLink(sender);
        }
        Begun begun = begin(span, traceId);
        origins.put(correlationId, begun.span().getSpanContext());
        return begun;
    }

    /** Below the span that this thread is at, or else below the origin of its event, where this replica knows it. */
    Begun work(String name, SpanKind kind, String correlationId) {
        SpanBuilder span = span(name, kind, correlationId);
        String traceId = TraceIds.of(correlationId);
        SpanContext parent = here(traceId);
        if (parent == null) {
            parent = origins.getIfPresent(correlationId);
        }
        if (parent != null) {
            span.setParent(below(parent));
        }
        return begin(span, traceId);
    }

    private SpanBuilder span(String name, SpanKind kind, String correlationId) {
        return tracer.spanBuilder(name).setNoParent().setSpanKind(kind).setAttribute(CORRELATION, correlationId);
    }

    private Begun begin(SpanBuilder builder, String traceId) {
        Span span = ids.within(traceId, builder::startSpan);
        Begun begun = new Begun(span, MDC.get(TRACE), MDC.get(SPAN));
        MDC.put(TRACE, span.getSpanContext().getTraceId());
        MDC.put(SPAN, span.getSpanContext().getSpanId());
        return begun;
    }

    private static Context below(SpanContext parent) {
        return Context.root().with(Span.wrap(parent));
    }

    private static @Nullable SpanContext here(String traceId) {
        return traceId.equals(MDC.get(TRACE)) ? context(traceId, MDC.get(SPAN)) : null;
    }

    static SpanContext context(String traceId, String spanId) {
        return SpanContext.createFromRemoteParent(traceId, spanId, TraceFlags.getSampled(), TraceState.getDefault());
    }

    /** What was not sent in this time is lost: a stop does not wait for a collector. */
    @Override
    public void close() {
        provider.shutdown().join(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
