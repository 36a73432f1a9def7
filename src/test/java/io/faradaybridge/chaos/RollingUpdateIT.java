package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.jira.SandboxJira;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Replicas of the previous release are replaced by this one, one after the other, while work comes from all sides. */
@Tag("long")
class RollingUpdateIT {

    private static final int LINKS = 30;

    private final ChaosWorld world = new ChaosWorld(SandboxJira.Options.dataCenter());
    private final CountDownLatch updated = new CountDownLatch(1);

    @AfterEach
    void stop() {
        world.close();
    }

    /** Until the update is over, someone changes a status in Faraday or in Jira, or exports, all the time. */
    private CompletableFuture<List<Integer>> work(List<Integer> links) {
        return CompletableFuture.supplyAsync(() -> {
            List<Integer> exported = new ArrayList<>();
            int turn = 0;
            try {
                while (!updated.await(200, TimeUnit.MILLISECONDS)) {
                    int vulnerability = links.get(turn % links.size());
                    boolean closes = turn / links.size() % 2 == 0;
                    if (turn % 5 == 4) {
                        List<Integer> more = world.vulnerabilities(1);
                        world.export(more);
                        exported.addAll(more);
                    } else if (turn % 2 == 0) {
                        world.setStatus(vulnerability, closes ? "closed" : "re-opened");
                    } else {
                        world.jira.movePerson(world.key(vulnerability), closes ? "Done" : "In Progress");
                    }
                    turn++;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            System.out.println("a rolling update during " + turn + " changes and exports");
            return exported;
        });
    }

    @Test
    void no_event_is_lost_and_nothing_is_made_twice() throws Exception {
        Path previous = PreviousRelease.jar();
        BridgeProcess oldOne = world.bridge(previous, "old-one").start();
        oldOne.awaitReady();
        BridgeProcess oldTwo = world.bridge(previous, "old-two").start();
        oldTwo.awaitReady();
        String migratedTo = schemaVersion();
        world.jira.automation(world.webhook(oldTwo), world.token());
        List<Integer> all = new ArrayList<>(world.vulnerabilities(LINKS));
        world.export(all);
        world.awaitLinked(all, Duration.ofMinutes(5));
        CompletableFuture<List<Integer>> work = work(List.copyOf(all));

        BridgeProcess newOne = world.bridge("new-one").start().awaitReady();
        assertThat(oldOne.terminate()).as("old-one ended by itself").isTrue();
        world.jira.automation(world.webhook(newOne), world.token()); // as a Service does, when a pod is about to end
        BridgeProcess newTwo = world.bridge("new-two").start().awaitReady();
        assertThat(oldTwo.terminate()).as("old-two ended by itself").isTrue();
        await().pollDelay(Duration.ofSeconds(5)).atMost(Duration.ofMinutes(1)).until(() -> true);
        updated.countDown();
        all.addAll(work.get(5, TimeUnit.MINUTES));

        world.awaitLinked(all, Duration.ofMinutes(5));
        world.awaitEqual(all, Duration.ofMinutes(5));
        assertThat(world.issuesBeyondOne(all)).isEqualTo("0 too many, 0 missing");
        assertThat(world.count("faraday_bridge.dead_letter")).isZero();
        assertThat(world.count("faraday_bridge.issue_link WHERE blocked_at IS NOT NULL"))
                .isZero();
        assertThat(schemaVersion()).as("the new release has migrated").isNotEqualTo(migratedTo);
        newOne.awaitReady();
        newTwo.awaitReady();
    }

    /** A Service, an ingress and Jira learn only after a while that a pod is to end. */
    @Test
    void a_process_that_is_to_stop_answers_webhooks_and_calls_for_the_delay_and_ends_soon_after() throws Exception {
        BridgeProcess bridge =
                world.with("bridge.stop.delay", "4s").bridge("delayed").start().awaitReady();
        String webhook =
                "POST /_api/v3/integrations/jira/update-issues HTTP/1.1\r\nHost: localhost\r\nConnection: close"
                        + "\r\nX-Jira-Token: " + world.token() + "\r\nContent-Length: 64\r\n\r\n"
                        + "{\"title\": \"SEC-1\", \"desc\": \"\", \"priority\": \"\", \"status\": \"Done\"}";

        long begin = System.nanoTime();
        CompletableFuture<Boolean> stop = CompletableFuture.supplyAsync(bridge::terminate);
        List<Integer> answers = new ArrayList<>();
        while (System.nanoTime() - begin < TimeUnit.MILLISECONDS.toNanos(3500)) {
            answers.add(RawHttp.send(bridge.port(), webhook.getBytes(StandardCharsets.UTF_8)));
            bridge.call("GET", "/status", "", 200);
        }

        assertThat(answers).hasSizeGreaterThan(10).containsOnly(202);
        assertThat(bridge.health("localhost")).contains("OUT_OF_SERVICE");
        assertThat(stop.get(1, TimeUnit.MINUTES)).as("it ended by itself").isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void a_process_without_a_delay_ends_at_once() throws Exception {
        BridgeProcess bridge = world.bridge("prompt").start().awaitReady();

        long begin = System.nanoTime();
        assertThat(bridge.terminate()).isTrue();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
    }

    private String schemaVersion() {
        return world.text("SELECT max(version::int)::text FROM faraday_bridge.flyway_schema_history");
    }
}
