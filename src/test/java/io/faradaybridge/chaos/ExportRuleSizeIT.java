package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * An export rule beside a Faraday with many vulnerabilities, a million with {@code -Pfaults,chaos}: how soon it finds what is
 * new, what a message names, and what was confirmed silently, with the optional index and without, and what it costs meanwhile.
 */
@Tag("long")
@EnabledIfSystemProperty(named = "chaos.vulnerabilities", matches = "\\d+")
class ExportRuleSizeIT {

    private static final int ALL = Integer.getInteger("chaos.vulnerabilities", 1_000_000);
    private static final Duration AT_ONCE = Duration.ofSeconds(5);
    private static final Duration IN_A_ROUND = Duration.ofMinutes(2);

    private BridgeWorld world;

    @Test
    void a_rule_finds_everything_soon_and_costs_little() throws IOException {
        try (FaradayDatabase server = FaradayDatabase.start();
                BridgeWorld large = BridgeWorld.asleep(server, SandboxJira.Options.dataCenter())
                        .with("bridge.detector.interval", "2s")) {
            world = large;
            SampleVulnerabilities.insertMany(world.database().dataSource(), ALL, ALL / 100);
            world.rows()
                    .sql("SELECT setval(pg_get_serial_sequence('vulnerability', 'id'), max(id)) FROM vulnerability")
                    .query()
                    .listOfRows();
            List<Integer> silent = unconfirmedAmongThem();
            world.start();
            String rule = "'severities': ['critical', 'high'], 'only_created_after': '" + Instant.now() + "'";
            AtRest without = AtRest.of(world);
            Administrator.of(world).put("projects/SEC/export-rule", "{'enabled': true, 'confirm': 0, " + rule + "}");
            awaitFound(fresh("critical"), Duration.ofMinutes(1)); // whatever is compiled first
            AtRest with = AtRest.of(world);

            Duration fresh = awaitFound(fresh("high"), AT_ONCE);
            int named = silent.get(0);
            confirm(named);
            world.bean(ProducerTemplate.class)
                    .sendBody("jms:queue:vuln-status", "{\"vulnerability_id\": " + named + "}");
            Duration announced = awaitFound(named, AT_ONCE);
            silent.subList(1, 4).forEach(this::confirm);
            Duration silently = Duration.ZERO;
            for (int vulnerability : silent.subList(1, 4)) {
                silently = silently.plus(awaitFound(vulnerability, IN_A_ROUND.minus(silently)));
            }
            world.rows()
                    .sql(Files.readString(Path.of("docs/export-rule-index.sql")))
                    .update();
            confirm(silent.get(4));
            Duration indexed = awaitFound(silent.get(4), AT_ONCE);
            AtRest withIndex = AtRest.of(world);

            System.out.printf(
                    "%d vulnerabilities: a new one is found in %d ms, an announced one in %d, silent ones in %d, by index in"
                            + " %d%nhundredths of a core without a rule %s, with it %s, with the index %s%n",
                    ALL,
                    fresh.toMillis(),
                    announced.toMillis(),
                    silently.toMillis(),
                    indexed.toMillis(),
                    without,
                    with,
                    withIndex);
            assertThat(with.sum() - without.sum()).as("of a rule").isLessThan(2);
            assertThat(withIndex.sum() - without.sum())
                    .as("of a rule with the index")
                    .isLessThan(2);
        }
    }

    /** Spread over the table, between the linked ones; the rule matches them as soon as they are confirmed. */
    private List<Integer> unconfirmedAmongThem() {
        List<Integer> ids = IntStream.range(0, 5)
                .map(n -> SampleVulnerabilities.FIRST_OF_MANY + ALL / 600 * 100 * (n + 1) + 50)
                .boxed()
                .toList();
        ids.forEach(id -> world.rows()
                .sql(
                        "UPDATE vulnerability SET confirmed = false, status = 'open', severity = 'critical', issuetracker = '',"
                                + " create_date = now() AT TIME ZONE 'utc' + interval '1 day' WHERE id = ?")
                .param(id)
                .update());
        return ids;
    }

    /** One more like one of the many; the counters of the workspace are left as they are, since counting them takes minutes. */
    private int fresh(String severity) {
        return world.rows()
                .sql("""
                        INSERT INTO vulnerability
                        SELECT (jsonb_populate_record(NULL::vulnerability, to_jsonb(v) || jsonb_build_object(
                               'id', nextval(pg_get_serial_sequence('vulnerability', 'id')), 'name', 'New and ' || :severity,
                               'severity', :severity, 'status', 'open', 'confirmed', true, 'issuetracker', '',
                               'create_date', now() AT TIME ZONE 'utc'))).*
                          FROM vulnerability v WHERE v.id = :like RETURNING id""")
                .param("severity", severity)
                .param("like", SampleVulnerabilities.FIRST_OF_MANY + 1)
                .query(Integer.class)
                .single();
    }

    private void confirm(int vulnerability) {
        world.rows()
                .sql("UPDATE vulnerability SET confirmed = true WHERE id = ?")
                .param(vulnerability)
                .update();
    }

    private Duration awaitFound(int vulnerability, Duration atMost) {
        long started = System.nanoTime();
        await("vulnerability " + vulnerability)
                .pollInterval(Duration.ofMillis(50))
                .atMost(atMost)
                .until(() -> world.rows()
                        .sql("SELECT count(*) > 0 FROM faraday_bridge.export_item WHERE vulnerability_id = ?")
                        .param(vulnerability)
                        .query(Boolean.class)
                        .single());
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
