package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What a second replica gives where Jira is what one waits for: the same changes with one and with two, in turn. The
 * latency is Jira's, so that the figure hardly depends on the machine.
 */
@Tag("long")
@EnabledIfSystemProperty(named = "chaos.vulnerabilities", matches = "\\d+")
class ReplicaSpeedIT {

    private static final int LINKS = 300;
    private static final int ROUNDS = 3;
    private static final Duration JIRA = Duration.ofMillis(300);

    private final ChaosWorld world = new ChaosWorld(SandboxJira.Options.dataCenter());

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void two_replicas_bring_more_changes_to_jira_than_one() {
        BridgeProcess one = world.bridge("one").start().awaitReady();
        List<Integer> links = world.vulnerabilities(LINKS);
        world.export(links);
        world.awaitLinked(links, Duration.ofMinutes(5));
        world.jira.faults().sometimes(1, "*", "^/rest/", Fault.latency(JIRA));
        BridgeProcess two = world.bridge("two");
        List<Double> alone = new ArrayList<>();
        List<Double> together = new ArrayList<>();
        secondsOf(links, "closed"); // warms it
        for (int round = 0; round < ROUNDS; round++) {
            alone.add(secondsOf(links, "re-opened"));
            two.start().awaitReady();
            together.add(secondsOf(links, "closed"));
            two.terminate();
        }

        double ratio = median(alone) / median(together);
        System.out.printf(
                "%d changes, Jira answers after %d ms: one replica %s s, two %s s, %.2f times as many a second%n",
                LINKS, JIRA.toMillis(), alone, together, ratio);
        assertThat(ratio).isGreaterThanOrEqualTo(1.7);
        one.awaitReady();
    }

    private double secondsOf(List<Integer> links, String status) {
        long started = System.nanoTime();
        links.forEach(vulnerability -> world.setStatus(vulnerability, status));
        world.awaitEqual(links, Duration.ofMinutes(5));
        return Math.round((System.nanoTime() - started) / 1e8) / 10.0;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
