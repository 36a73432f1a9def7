package io.faradaybridge.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TracesOffTest {

    @Test
    void by_default_there_is_nothing_that_could_send_a_span() {
        BridgeWorld world = BridgeWorld.shared();
        Link.exported(world, "SEC");

        assertThat(Stream.of(Traces.class, RouteSpans.class, PublishSpans.class, RequestSpans.class))
                .allSatisfy(part ->
                        assertThat(world.context().getBeanNamesForType(part)).isEmpty());
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("Batch"));
    }
}
