package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two bridges work while they are killed, Jira loses answers, is busy, fails and goes away, its workflow moves nothing, its
 * webhooks are lost, its project is renamed, and broker and database are restarted. Afterwards every vulnerability is compared
 * with every issue.
 */
@Tag("long")
class RandomFaultsIT {

    private static final List<String> FARADAY = List.of("closed", "re-opened", "open");
    private static final List<String> JIRA = List.of("Done", "In Progress", "To Do");

    private final TwoBridges two = new TwoBridges();
    private final ChaosWorld world = two.world;
    private final List<BridgeProcess> bridges = two.bridges;

    @AfterEach
    void stop() {
        two.close();
    }

    private void unkindJira() {
        world.jira.faults().sometimes(0.15, "POST", ".*/transitions", Fault.nothingDone());
        world.jira.faults().sometimes(0.05, "POST", ".*", Fault.lostAfter());
        world.jira.faults().sometimes(0.05, "*", ".*", Fault.lostBefore());
        world.jira.faults().sometimes(0.10, "*", ".*", Fault.tooManyRequests(Duration.ofSeconds(1)));
        world.jira.faults().sometimes(0.05, "*", ".*", Fault.errorBefore(503));
        two.unreliableAutomation();
    }

    @Test
    void nothing_is_lost_doubled_or_stuck() {
        two.start();
        List<Integer> all = world.vulnerabilities(Sizes.EXPORTS);
        unkindJira();

        CompletableFuture<Void> killing = two.killing(Sizes.KILLS / 2, 4000, 2000);
        for (int from = 0; from < all.size(); from += 10) {
            List<Integer> ten = all.subList(from, Math.min(from + 10, all.size()));
            world.export(ten);
            world.export(ten); // a producer that repeats itself
            TwoBridges.pause(two.random.nextInt(1500));
        }
        killing.join();
        two.calmDown();
        await("all exports linked")
                .atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    world.minutesPass(TwoBridges.QUIET);
                    return world.unlinked(all) == 0;
                });
        assertThat(world.issuesBeyondOne(all)).isEqualTo("0 too many, 0 missing");

        unkindJira();
        killing = two.killing(Sizes.KILLS - Sizes.KILLS / 2, 4000, 2000);
        for (int round = 0; round < Sizes.ROUNDS; round++) {
            if (round % 3 == 2) {
                world.jira.stop(); // people and programs go on meanwhile
            }
            for (int i = 0; i < all.size(); i++) {
                change(all.get(i), i % 2 == 0, round + i / 2);
            }
            mishap(round);
            if (round == 0) {
                world.jira.renameProject("SEC", "RTE"); // while changes are under way
            }
        }
        killing.join();
        two.calmDown();
        long restarted = System.nanoTime();
        await("both sides equal")
                .atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    world.minutesPass(TwoBridges.QUIET);
                    world.replayWhatWasNotMoved(bridges.get(0));
                    return all.stream().allMatch(world::equal);
                });
        await("the renamed project followed").atMost(Duration.ofMinutes(2)).until(() -> all.stream()
                .allMatch(id -> world.key(id).startsWith("RTE-")));
        assertThat(world.count("faraday_bridge.activity WHERE outcome = 'RENAMED'"))
                .as("recorded once, whoever noticed")
                .isOne();
        System.out.println(all.size() + " exports, " + Sizes.ROUNDS * all.size() / 2 + " changes each way, "
                + Sizes.KILLS
                + " kills: equal " + (System.nanoTime() - restarted) / 1_000_000_000 + " s after the last restart; "
                + world.count("faraday_bridge.activity") + " rows of activity");

        IntStream.range(0, all.size()).forEach(i -> lastWordOfPeopleStands(all.get(i), i));
        assertThat(world.issuesBeyondOne(all)).isEqualTo("0 too many, 0 missing");
        assertThat(world.count("faraday_bridge.dead_letter")).isZero();
        assertThat(world.count("faraday_bridge.export_item WHERE state IN ('reserved', 'sending', 'unknown')"))
                .isZero();
        assertThat(world.count("faraday_bridge.issue_link WHERE blocked_at IS NOT NULL"))
                .isZero();
        assertThat(world.count("faraday_bridge.activity"))
                .as("the activity records it without flooding")
                .isLessThan(6 * all.size() * (1 + Sizes.ROUNDS));
        assertThat(world.jira.rejectedSignatures()).isEmpty();
    }

    private void change(int vulnerability, boolean inFaraday, int step) {
        if (!inFaraday) {
            world.jira.movePerson(world.key(vulnerability), JIRA.get(step % 3), "alice", false);
            return;
        }
        world.setStatus(vulnerability, FARADAY.get(step % 3));
        if (two.random.nextBoolean()) {
            world.send("vuln-status", "{\"vulnerability_id\": " + vulnerability + "}");
        }
    }

    private void lastWordOfPeopleStands(int vulnerability, int i) {
        int step = Sizes.ROUNDS - 1 + i / 2;
        if (i % 2 == 0) {
            assertThat(world.status(vulnerability)).isEqualTo(FARADAY.get(step % 3));
            assertThat(world.issue(vulnerability).transitionsBy(SandboxConnection.SERVICE_ACCOUNT))
                    .isLessThanOrEqualTo(Sizes.ROUNDS);
        } else {
            assertThat(world.issue(vulnerability).statusName()).isEqualTo(JIRA.get(step % 3));
            assertThat(world.issue(vulnerability).transitionsBy(SandboxConnection.SERVICE_ACCOUNT))
                    .as("nothing ricochets")
                    .isZero();
        }
    }

    private void mishap(int round) {
        switch (round % 3) {
            case 0 -> {
                world.artemis.kill();
                TwoBridges.pause(1000);
                world.artemis.start();
            }
            case 1 -> {
                world.server.stop();
                TwoBridges.pause(1000);
                world.server.restart();
            }
            default -> {
                TwoBridges.pause(Sizes.JIRA_DOWN_SECONDS * 1000);
                world.jira.restart();
            }
        }
    }
}
