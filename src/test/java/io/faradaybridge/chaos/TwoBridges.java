package io.faradaybridge.chaos;

import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.jira.SandboxJira;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Two bridges in a world of their own, that are killed at random while its Automation loses, doubles and reorders. */
final class TwoBridges implements AutoCloseable {

    static final Duration QUIET = Duration.ofSeconds(Sizes.SEARCH_LAG_SECONDS + 3);

    final Random random = new Random(Sizes.SEED);
    final ChaosWorld world = new ChaosWorld(SandboxJira.Options.dataCenter()
            .seed(Sizes.SEED)
            .searchLag(Duration.ofMillis(500), Duration.ofSeconds(Sizes.SEARCH_LAG_SECONDS)));
    private final AtomicInteger killed = new AtomicInteger();
    final List<BridgeProcess> bridges = List.of(world.bridge("one"), world.bridge("two"));

    void start() {
        System.out.println("chaos.seed = " + Sizes.SEED);
        bridges.forEach(BridgeProcess::start);
        bridges.forEach(BridgeProcess::awaitReady);
    }

    void unreliableAutomation() {
        world.jira
                .automation(world.webhook(bridges.get(0)), world.token())
                .delay(Duration.ZERO, Duration.ofSeconds(1))
                .reorders(true)
                .duplicates(0.2)
                .loses(0.3);
    }

    /**
     * Kills one of them again and again, in a thread of its own.
     *
     * @param up the longest time in milliseconds that it works before; {@code down} likewise, until it is started again
     */
    CompletableFuture<Void> killing(int times, int up, int down) {
        return CompletableFuture.runAsync(() -> {
            for (int kill = 0; kill < times; kill++) {
                BridgeProcess victim = bridges.get(random.nextInt(bridges.size()));
                victim.awaitReady();
                pause(random.nextInt(up));
                victim.kill();
                killed.incrementAndGet();
                pause(random.nextInt(down));
                victim.start();
            }
        });
    }

    /** Spreads work over all kills: its next part begins after this share of them. */
    void awaitKilled(int share, int whole) {
        await("kills").atMost(Duration.ofMinutes(20)).until(() -> killed.get() >= Sizes.KILLS * share / whole);
    }

    static void pause(int millis) {
        await().pollDelay(Duration.ofMillis(millis))
                .atMost(Duration.ofMinutes(20))
                .until(() -> true);
    }

    /** Faults end, and everybody is back. */
    void calmDown() {
        bridges.forEach(BridgeProcess::awaitReady);
        world.jira.faults().clear();
    }

    @Override
    public void close() {
        world.close();
    }
}
