package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two bridges on one database and one broker share the work; no issue is driven by both. */
@Tag("long")
class ReplicasIT {

    private static ChaosWorld world;
    private static BridgeProcess one;
    private static BridgeProcess two;

    @BeforeAll
    static void start() {
        world = new ChaosWorld(SandboxJira.Options.dataCenter());
        one = world.bridge("one").start();
        two = world.bridge("two").start();
        one.awaitReady();
        two.awaitReady();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static List<Integer> exported(int count) {
        List<Integer> vulnerabilities = world.vulnerabilities(count);
        world.export(vulnerabilities);
        world.awaitLinked(vulnerabilities, Duration.ofMinutes(5));
        return vulnerabilities;
    }

    @Test
    void drifted_links_cost_one_transition_each() {
        List<Integer> drifted = exported(Sizes.DRIFTED);
        one.kill();
        two.kill();
        drifted.forEach(vulnerability -> world.setStatus(vulnerability, "closed"));

        one.start();
        two.start();

        world.awaitEqual(drifted, Duration.ofMinutes(10));
        one.awaitReady();
        two.awaitReady();
        int transitions = drifted.stream()
                .mapToInt(vulnerability -> world.issue(vulnerability).transitionsBy(SandboxConnection.SERVICE_ACCOUNT))
                .sum();
        System.out.println(drifted.size() + " drifted links, two processes: " + transitions + " transitions");
        assertThat(transitions).isEqualTo(drifted.size());
    }

    @Test
    void a_refused_link_rests_while_a_hundred_others_finish() {
        List<Integer> links = exported(101);
        int refused = links.get(0);
        String id = world.issue(refused).id();
        world.jira.faults().sometimes(1, "POST", ".*/issue/" + id + "/transitions", Fault.errorBefore(400));

        long linking = callsAbout(id);
        int hints = hints(id);
        links.forEach(vulnerability -> world.setStatus(vulnerability, "closed"));

        world.awaitEqual(links.subList(1, links.size()), Duration.ofMinutes(5));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> world.count(
                                "faraday_bridge.issue_link WHERE blocked_at IS NOT NULL AND issue_id = '" + id + "'")
                        == 1);
        long calls = callsAbout(id);
        await().pollDelay(Duration.ofSeconds(15))
                .atMost(Duration.ofMinutes(1))
                .until(() -> true); // thirty rounds of the detector, seven sweeps
        assertThat(callsAbout(id)).isEqualTo(calls);
        assertThat(calls - linking)
                .as(
                        "assumed and refused, then two looks and refused for good; a sweep's hint in between costs a round (L4)")
                .isBetween(1L, 4L + 3L * (hints(id) - hints));
        System.out.println("a refused link: " + (calls - linking) + " calls until it was blocked, none after that");
    }

    /** How often anyone said that Jira's side may have changed: here only the sweep does, every two seconds. */
    private static int hints(String issueId) {
        return Integer.parseInt(
                world.text("SELECT hints FROM faraday_bridge.issue_link WHERE issue_id = '" + issueId + "'"));
    }

    private static long callsAbout(String issueId) {
        return world.jira.requests().stream()
                .filter(call -> call.path().contains("/issue/" + issueId))
                .count();
    }
}
