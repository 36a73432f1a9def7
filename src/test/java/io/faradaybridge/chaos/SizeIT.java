package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The bridge beside a Faraday with a million vulnerabilities in one workspace, a tenth of them linked: what it costs while nothing
 * happens, how long a change takes each way, what a webhook waits for while the workspace is counted. Beside it stands one with
 * ten thousand, and both are asked in turn, since machines differ, are shared and grow warm.
 */
@Tag("long")
@EnabledIfSystemProperty(named = "chaos.vulnerabilities", matches = "\\d+")
class SizeIT {

    private static final int FEW = 10_000;
    private static final int MANY = Integer.getInteger("chaos.vulnerabilities", 1_000_000);
    private static final int CHANGES = 30;
    private static final int WARM_UP = 10;
    private static final int WEBHOOKS = 300;

    @Test
    void a_million_vulnerabilities_cost_what_ten_thousand_do() {
        try (Size few = Size.of(FEW);
                Size many = Size.of(MANY)) {
            List<Long> toJiraOfFew = new ArrayList<>();
            List<Long> toJiraOfMany = new ArrayList<>();
            List<Long> toFaradayOfFew = new ArrayList<>();
            List<Long> toFaradayOfMany = new ArrayList<>();
            for (int i = 0; i < CHANGES + WARM_UP; i++) {
                toJiraOfFew.add(few.change(2 * i, true));
                toJiraOfMany.add(many.change(2 * i, true));
                toFaradayOfFew.add(few.change(2 * i + 1, false));
                toFaradayOfMany.add(many.change(2 * i + 1, false));
            }
            long toJira = median(toJiraOfMany);
            long toFaraday = median(toFaradayOfMany);
            long webhookOfFew = few.webhookDuringCounts();
            long webhook = many.webhookDuringCounts();
            System.out.printf("%d and %d vulnerabilities, in milliseconds%n", FEW, MANY);
            System.out.printf("Faraday to Jira: %d and %d%n", median(toJiraOfFew), toJira);
            System.out.printf("Jira to Faraday: %d and %d%n", median(toFaradayOfFew), toFaraday);
            System.out.printf("99 of 100 webhooks during a count: %d and %d%n", webhookOfFew, webhook);
            System.out.printf("pages: %s and %s%n", few.pages(), many.pages());
            System.out.printf("counts: %d and %d%n", few.counts(), many.counts());
            few.world().stop();
            AtRest rest = many.atRest();
            System.out.println(rest);

            assertThat(toJira).as("Faraday to Jira").isLessThanOrEqualTo(Math.round(1.1 * median(toJiraOfFew)));
            assertThat(toFaraday).as("Jira to Faraday").isLessThanOrEqualTo(Math.round(1.1 * median(toFaradayOfFew)));
            assertThat(webhook).as("99 of 100 webhooks during a count").isLessThan(200);
            assertThat(rest.detector()).as("the detector works").isPositive();
            assertThat(rest.comparison())
                    .as("hundredths of a core for the comparison at rest")
                    .isLessThan(2);
        }
    }

    private static long median(List<Long> changes) {
        return percentile(changes.subList(WARM_UP, changes.size()), 50);
    }

    /** A bridge beside a Faraday of that size. */
    private record Size(FaradayDatabase server, BridgeWorld world, List<Link> links) implements AutoCloseable {

        static Size of(int vulnerabilities) {
            FaradayDatabase server = FaradayDatabase.start();
            BridgeWorld world =
                    BridgeWorld.asleep(server, SandboxJira.Options.dataCenter()).with("bridge.detector.interval", "2s");
            SampleVulnerabilities.insertMany(world.database().dataSource(), vulnerabilities, vulnerabilities / 10);
            world.start();
            return new Size(server, world, exported(world, 2 * (CHANGES + WARM_UP)));
        }

        long change(int link, boolean inFaraday) {
            return SizeIT.change(world, links.get(link), inFaraday);
        }

        long webhookDuringCounts() {
            return webhooksDuringCounts(world, links.subList(0, CHANGES));
        }

        Map<String, Long> pages() {
            return SizeIT.pages(world);
        }

        long counts() {
            return SizeIT.counts(world);
        }

        AtRest atRest() {
            return AtRest.of(world);
        }

        @Override
        public void close() {
            world.close();
            server.close();
        }
    }

    /** Some of the many that have no issue yet. */
    private static List<Link> exported(BridgeWorld world, int count) {
        List<Integer> ids = world.rows()
                .sql(
                        "SELECT id FROM vulnerability WHERE id >= ? AND status = 'open' AND confirmed AND issuetracker = ''"
                                + " ORDER BY id LIMIT ?")
                .param(SampleVulnerabilities.FIRST_OF_MANY)
                .param(count)
                .query(Integer.class)
                .list();
        long batch = world.export(ids, "SEC").path("id").asLong();
        await().atMost(Duration.ofMinutes(3))
                .until(() -> world.batch(batch).path("finished").asBoolean());
        return ids.stream().map(id -> new Link(world, id, world.issueKey(id))).toList();
    }

    /** Somebody closes a side and says so. @return milliseconds until the other has followed */
    private static long change(BridgeWorld world, Link link, boolean inFaraday) {
        long started = System.nanoTime();
        if (inFaraday) {
            world.setStatus(link.vulnerability(), "closed");
            world.bean(ProducerTemplate.class)
                    .sendBody("jms:queue:vuln-status", "{\"vulnerability_id\": " + link.vulnerability() + "}");
        } else {
            world.jira().movePerson(link.issueKey(), "Done");
            webhook(world, link, "Done");
        }
        await().pollInterval(Duration.ofMillis(2))
                .pollDelay(Duration.ZERO)
                .atMost(Duration.ofMinutes(2))
                .until(() ->
                        inFaraday ? link.jira().equals("Done") : link.faraday().equals("closed"));
        return millisSince(started);
    }

    /** The workspace is counted all the time meanwhile. */
    private static long webhooksDuringCounts(BridgeWorld world, List<Link> links) {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> counting = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                world.rows()
                        .sql("UPDATE faraday_bridge.dirty_workspace SET marks = marks + 1, count_after = now()")
                        .update();
                pause(Duration.ofMillis(200));
            }
        });
        List<Long> took = new ArrayList<>();
        for (int i = 0; i < WEBHOOKS; i++) {
            long started = System.nanoTime();
            webhook(world, links.get(i % links.size()), "In Progress");
            took.add(millisSince(started));
            pause(Duration.ofMillis(20));
        }
        over.set(true);
        counting.join();
        return percentile(took, 99);
    }

    private static void webhook(BridgeWorld world, Link link, String status) {
        var answer = world.post(
                "/_api/v3/integrations/jira/update-issues",
                "{\"title\": \"" + link.issueKey() + "\", \"status\": \"" + status + "\"}",
                Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN));
        assertThat(answer.statusCode()).isEqualTo(202);
    }

    private static Map<String, Long> pages(BridgeWorld world) {
        Map<String, Long> took = new java.util.LinkedHashMap<>();
        for (String page : List.of(
                "status", "vulnerabilities?page_size=50", "vulnerabilities?linked=true&page_size=50", "adoption")) {
            for (String which : List.of(page + " (first)", page)) {
                long started = System.nanoTime();
                assertThat(world.get("/_api/v3/integrations/jira/" + page, BridgeWorld.basic("faraday", "faraday"))
                                .statusCode())
                        .isEqualTo(200);
                took.put(which, millisSince(started));
            }
        }
        return took;
    }

    /** Until the workspace needs no count any more. @return how many marks there were */
    private static long counts(BridgeWorld world) {
        await().atMost(Duration.ofMinutes(20))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    world.rows()
                            .sql("UPDATE faraday_bridge.dirty_workspace SET count_after = now()"
                                    + " WHERE marks <> counted_marks AND count_after > now() + interval '125 seconds'")
                            .update();
                    return world.rows()
                                    .sql("SELECT count(*) FROM faraday_bridge.dirty_workspace WHERE marks <>"
                                            + " counted_marks")
                                    .query(Integer.class)
                                    .single()
                            == 0;
                });
        return world.rows()
                .sql("SELECT sum(marks) FROM faraday_bridge.dirty_workspace")
                .query(Long.class)
                .single();
    }

    private static long percentile(List<Long> values, int percent) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    private static void pause(Duration duration) {
        await().pollDelay(duration).atMost(duration.plusMinutes(1)).until(() -> true);
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
