package io.faradaybridge.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SpanSenderTest {

    @Test
    void a_collector_that_refuses_is_named_with_what_to_check(CapturedOutput log) {
        try (Collector collector = new Collector()) {
            String elsewhere = collector.endpoint().replace("/v1/traces", "/elsewhere");
            try (Traces traces = new Traces(new SpanSender(elsewhere), 1)) {
                Traces.Begun begun = traces.work("work", SpanKind.INTERNAL, "scan-42");
                begun.leave();
                begun.span().end();

                await().atMost(Duration.ofSeconds(60)).until(() -> log.getAll().contains("Traces are lost"));
            }
            assertThat(log.getAll()).contains(elsewhere, "it refuses them", "check bridge.tracing.endpoint");
        }
    }

    @Test
    void what_was_begun_before_the_stop_is_sent() {
        try (Collector collector = new Collector()) {
            try (Traces traces = new Traces(new SpanSender(collector.endpoint()), 1)) {
                Traces.Begun begun = traces.work("work", SpanKind.INTERNAL, "scan-42");
                begun.leave();
                begun.span().end();
            }
            assertThat(collector.spans()).extracting(Collector.Seen::name).containsExactly("work");
        }
    }
}
