package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The bridge beside a Faraday with a million vulnerabilities in one workspace, a tenth of them linked: what it costs while nothing
 * happens, how long a change takes each way, what a webhook waits for while the workspace is counted. Against the same with ten
 * thousand, on the same machine one after the other, since machines differ and are shared.
 */
@EnabledIfSystemProperty(named = "chaos.vulnerabilities", matches = "\\d+")
class SizeIT {

    private static final int FEW = 10_000;
    private static final int MANY = Integer.getInteger("chaos.vulnerabilities", 1_000_000);
    private static final int CHANGES = 30;
    private static final Duration AT_REST = Duration.ofSeconds(Integer.getInteger("chaos.rest-seconds", 60));
    private static final int WEBHOOKS = 300;

    /** Shares of a core in hundredths; milliseconds. */
    private record Figures(
            double bridgeAtRest,
            double databaseAtRest,
            long toJira,
            long toFaraday,
            long webhook,
            long counts,
            Map<String, Long> pages) {}

    @Test
    void a_million_vulnerabilities_cost_what_ten_thousand_do() {
        Figures few = measure(FEW);
        System.out.println(FEW + " vulnerabilities: " + few);
        Figures many = measure(MANY);
        System.out.println(MANY + " vulnerabilities: " + many);

        System.out.printf(
                "times as long: %.2f to Jira, %.2f to Faraday%n",
                many.toJira() / (double) few.toJira(), many.toFaraday() / (double) few.toFaraday());
        assertThat(many.bridgeAtRest() + many.databaseAtRest())
                .as("hundredths of a core at rest")
                .isLessThan(2);
        assertThat(many.toJira()).as("Faraday to Jira").isLessThanOrEqualTo(Math.round(1.1 * few.toJira()));
        assertThat(many.toFaraday()).as("Jira to Faraday").isLessThanOrEqualTo(Math.round(1.1 * few.toFaraday()));
        assertThat(many.webhook()).as("99 of 100 webhooks during a count").isLessThan(200);
    }

    private static Figures measure(int vulnerabilities) {
        FaradayDatabase server = FaradayDatabase.start();
        BridgeWorld world =
                BridgeWorld.asleep(server, SandboxJira.Options.dataCenter()).with("bridge.detector.interval", "2s");
        try {
            SampleVulnerabilities.insertMany(
                    world.database().withBridge().dataSource(), vulnerabilities, vulnerabilities / 10);
            world.start();
            List<Link> links = exported(world, 2 * CHANGES + 2);
            List<Link> toJira = links.subList(0, CHANGES);
            List<Link> toFaraday = links.subList(CHANGES, 2 * CHANGES);
            change(world, links.get(2 * CHANGES), true);
            change(world, links.get(2 * CHANGES + 1), false);
            long[] forJira =
                    toJira.stream().mapToLong(link -> change(world, link, true)).toArray();
            long[] forFaraday = toFaraday.stream()
                    .mapToLong(link -> change(world, link, false))
                    .toArray();
            long webhook = webhooksDuringCounts(world, toFaraday);
            Map<String, Long> pages = pages(world);
            return atRest(
                    world,
                    new Figures(
                            0, 0, percentile(forJira, 50), percentile(forFaraday, 50), webhook, counts(world), pages));
        } finally {
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
        long[] took = new long[WEBHOOKS];
        for (int i = 0; i < WEBHOOKS; i++) {
            long started = System.nanoTime();
            webhook(world, links.get(i % links.size()), "In Progress");
            took[i] = millisSince(started);
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

    /** This process is the bridge and a Jira that nobody asks much. */
    private static Figures atRest(BridgeWorld world, Figures figures) {
        long bridge = processNanos();
        double database = databaseSeconds(world);
        long started = System.nanoTime();
        pause(AT_REST);
        double seconds = (System.nanoTime() - started) / 1e9;
        return new Figures(
                (processNanos() - bridge) / 1e7 / seconds,
                (databaseSeconds(world) - database) * 100 / seconds,
                figures.toJira(),
                figures.toFaraday(),
                figures.webhook(),
                figures.counts(),
                figures.pages());
    }

    private static long processNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Of the processor, by those processes of PostgreSQL that work for the bridge. */
    private static double databaseSeconds(BridgeWorld world) {
        List<Integer> processes = world.rows()
                .sql("SELECT pid FROM pg_stat_activity WHERE application_name = 'faraday-jira-bridge'")
                .query(Integer.class)
                .list();
        double ticks = 0;
        for (int process : processes) {
            try {
                String text = Files.readString(Path.of("/proc/" + process + "/stat"));
                String[] after = text.substring(text.lastIndexOf(')') + 2).split(" ");
                ticks += Long.parseLong(after[11]) + Long.parseLong(after[12]);
            } catch (IOException e) {
                throw new UncheckedIOException("the processor's time of PostgreSQL's processes is read from /proc", e);
            }
        }
        return ticks / 100;
    }

    private static long percentile(long[] values, int percent) {
        List<Long> sorted = new ArrayList<>();
        for (long value : values) {
            sorted.add(value);
        }
        sorted.sort(null);
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    private static void pause(Duration duration) {
        await().pollDelay(duration).atMost(duration.plusMinutes(1)).until(() -> true);
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
