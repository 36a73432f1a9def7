package io.faradaybridge.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SpanSenderTest {

    @Test
    void a_collector_that_refuses_is_named_with_what_to_check(CapturedOutput log) {
        try (Collector collector = new Collector()) {
            String elsewhere = collector.endpoint().replace("/v1/traces", "/elsewhere");
            send(new SpanSender(elsewhere, ""), "work");

            await().atMost(Duration.ofSeconds(60)).until(() -> log.getAll().contains("Traces are lost"));
            assertThat(log.getAll()).contains(elsewhere, "it refuses them", "check bridge.tracing.endpoint");
        }
    }

    @Test
    void what_was_begun_before_the_stop_is_sent() {
        try (Collector collector = new Collector()) {
            send(new SpanSender(collector.endpoint(), ""), "work");

            assertThat(collector.spans()).extracting(Collector.Seen::name).containsExactly("work");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization: Basic dTpw", "x-team:dTpw"})
    void a_collector_that_asks_for_a_header_gets_it(String header, CapturedOutput log) {
        try (Collector collector = new Collector()) {
            collector.askFor(
                    header.substring(0, header.indexOf(':')),
                    header.substring(header.indexOf(':') + 1).strip());
            send(new SpanSender(collector.endpoint(), "Authorization: Basic b3RoZXI="), "of another");
            send(new SpanSender(collector.endpoint(), header), "of ours");

            assertThat(collector.spans()).extracting(Collector.Seen::name).containsExactly("of ours");
            assertThat(log.getAll()).contains("bridge.tracing.credentials").doesNotContain("dTpw", "b3RoZXI");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer dTpw", "Authorization:", "x team: dTpw", "x-team: dTpw\nother: 1"})
    void what_is_no_header_is_refused_and_not_shown(String credentials) {
        assertThatThrownBy(() -> new SpanSender("http://localhost:4318/v1/traces", credentials))
                .hasMessageStartingWith("bridge.tracing.credentials must be one header with its name")
                .hasMessageNotContaining("dTpw");
    }

    private static void send(SpanSender sender, String name) {
        try (Traces traces = new Traces(sender, 1, "test")) {
            Traces.Begun begun = traces.work(name, SpanKind.INTERNAL, "scan-42");
            begun.leave();
            begun.span().end();
        }
    }
}
