package io.faradaybridge.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TracesOffTest {

    @Test
    void by_default_there_is_nothing_that_could_send_a_span() {
        BridgeWorld world = BridgeWorld.shared();
        Link.exported(world, "SEC");

        assertThat(Stream.of(
                        Traces.class,
                        RouteSpans.class,
                        PublishSpans.class,
                        RequestSpans.class,
                        SdkTracerProvider.class,
                        SpanProcessor.class,
                        LogRecordProcessor.class)) // Spring Boot's has a thread
                .allSatisfy(part ->
                        assertThat(world.context().getBeanNamesForType(part)).isEmpty());
    }
}
