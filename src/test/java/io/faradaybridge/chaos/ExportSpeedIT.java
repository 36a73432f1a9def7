package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Five hundred exports to a Jira that takes as long as recorded ones: chunk after chunk, and side by side as the bridge is
 * shipped. The latencies are Jira's, so that the figure hardly depends on the machine.
 */
@Tag("long")
@EnabledIfSystemProperty(named = "chaos.vulnerabilities", matches = "\\d+")
class ExportSpeedIT {

    private static final int EXPORTS = 500;
    private static final Duration CREATION = Duration.ofMillis(2_500);
    private static final Duration READING = Duration.ofMillis(300);

    private record Figures(double seconds, int calls) {}

    @Test
    void five_hundred_exports_side_by_side() {
        Figures one = measure(1);
        Figures four = measure(4);

        System.out.printf("%d exports, one creating call at a time: %s, four: %s%n", EXPORTS, one, four);
        assertThat(four.seconds()).isLessThanOrEqualTo(12);
        assertThat(four.calls()).isLessThanOrEqualTo(15);
    }

    private static Figures measure(int parallel) {
        try (BridgeWorld world = BridgeWorld.asleep(SandboxJira.Options.dataCenter())
                .with("bridge.export.parallel", parallel)
                .start()) {
            List<Integer> vulnerabilities = world.vulnerabilities(EXPORTS);
            world.jira().faults().sometimes(1, "POST", "/issue/bulk$", Fault.latency(CREATION));
            world.jira().faults().sometimes(1, "GET", ".*", Fault.latency(READING));
            world.jira().clearRequests();
            long started = System.nanoTime();

            long batch = world.export(vulnerabilities, "SEC").path("id").asLong();
            await().atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> world.batch(batch).path("finished").asBoolean());

            double seconds = (System.nanoTime() - started) / 1e9;
            int calls = world.jira().requests().size();
            assertThat(world.jira().issues()).hasSize(EXPORTS);
            return new Figures(seconds, calls);
        }
    }
}
