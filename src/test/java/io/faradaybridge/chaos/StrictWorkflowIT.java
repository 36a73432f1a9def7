package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * L14 under fire: closings that take three transitions each and a resolution at the end, while two bridges are killed and
 * Jira loses answers, is busy, and claims transitions that it does not make.
 */
@Tag("long")
class StrictWorkflowIT {

    private static final String PROJECT = "STR";

    private final TwoBridges two = new TwoBridges();
    private final ChaosWorld world = two.world;
    private final List<BridgeProcess> bridges = two.bridges;

    @AfterEach
    void stop() {
        two.close();
    }

    private void unkindJira() {
        world.jira.faults().sometimes(0.10, "POST", ".*/transitions", Fault.nothingDone());
        world.jira.faults().sometimes(0.05, "POST", ".*/transitions", Fault.lostAfter());
        world.jira.faults().sometimes(0.05, "*", ".*", Fault.lostBefore());
        world.jira.faults().sometimes(0.05, "*", ".*", Fault.tooManyRequests(Duration.ofSeconds(1)));
        two.unreliableAutomation();
    }

    private void awaitArrived(List<Integer> all, String status) {
        await("all issues in " + status)
                .atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    world.minutesPass(TwoBridges.QUIET);
                    world.replayWhatWasNotMoved(bridges.get(0));
                    return all.stream()
                            .allMatch(id -> world.issue(id).statusName().equals(status));
                });
        await("nothing of them is due").atMost(Duration.ofMinutes(5)).until(() -> {
            world.minutesPass(TwoBridges.QUIET);
            return world.count("faraday_bridge.issue_link WHERE ended_at IS NULL AND (in_transit IS NOT NULL"
                            + " OR driving_since IS NOT NULL OR lease_token IS NOT NULL OR hints <> hints_seen)")
                    == 0;
        });
    }

    @Test
    void each_closing_arrives_by_three_transitions_and_nothing_is_undone_or_made_twice() {
        world.addStrictProject(PROJECT);
        two.start();
        List<Integer> all = world.vulnerabilities(Math.max(100, Sizes.EXPORTS));
        world.export(all, PROJECT);
        world.awaitLinked(all, Duration.ofMinutes(5));
        unkindJira();

        CompletableFuture<Void> killing = two.killing(Sizes.KILLS, 3000, 1000);
        for (int i = 0; i < all.size(); i++) {
            two.awaitKilled(i, all.size());
            world.setStatus(all.get(i), "closed");
            TwoBridges.pause(two.random.nextInt(200));
        }
        killing.join();
        two.calmDown();
        awaitArrived(all, "Done");

        for (int vulnerability : all) {
            SandboxIssue issue = world.issue(vulnerability);
            assertThat(world.status(vulnerability)).isEqualTo("closed");
            assertThat(issue.transitionsBy(SandboxConnection.SERVICE_ACCOUNT))
                    .as("%s, no hop twice", issue.key())
                    .isEqualTo(3);
            assertThat(issue.fields().get("resolution").path("name").asText()).isEqualTo("Done");
        }
        assertThat(world.count("faraday_bridge.activity WHERE outcome IN ('APPLIED', 'CONFLICT', 'OVERTAKEN')"))
                .as("nobody has moved an issue")
                .isZero();
        assertThat(world.count("faraday_bridge.issue_link WHERE blocked_at IS NOT NULL"))
                .isZero();
        System.out.println(all.size() + " closings of three hops, " + Sizes.KILLS + " kills: all arrived");
    }
}
