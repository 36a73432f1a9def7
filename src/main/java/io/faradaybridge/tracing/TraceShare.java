package io.faradaybridge.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Takes a share of the traces by their id alone, so that all replicas take the same ones, whole. It looks at the last 56
 * bits, which W3C and a UUID leave to chance; the SDK's own looks at two bits that are equal in each UUID.
 */
record TraceShare(double share) implements Sampler {

    private static final double ALL = 1L << 56;
    private static final int BEFORE = 18;

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        return Long.parseLong(traceId.substring(BEFORE), 16) < share * ALL
                ? SamplingResult.recordAndSample()
                : SamplingResult.drop();
    }

    @Override
    public String getDescription() {
        return "TraceShare{" + share + "}";
    }
}
