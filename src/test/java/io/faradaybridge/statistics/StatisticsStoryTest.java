package io.faradaybridge.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A person reads in figures how much the bridge did, what failed most, and how quick Jira was. */
class StatisticsStoryTest {

    private static final String STATISTICS = "/_api/v3/integrations/jira/activity/statistics";

    private static BridgeWorld world;

    @BeforeAll
    static void enter() {
        world = BridgeWorld.of(SandboxJira.Options.dataCenter());
    }

    @AfterAll
    static void leave() {
        world.close();
    }

    private static JsonNode statistics(String range, String user) {
        return BridgeWorld.json(world.get(STATISTICS + "?range=" + range, BridgeWorld.basic(user, user))
                .body());
    }

    private static long sum(JsonNode report, String figure) {
        long sum = 0;
        for (JsonNode part : report.path("parts")) {
            sum += part.path(figure).asLong();
        }
        return sum;
    }

    private static List<JsonNode> seen(JsonNode report) {
        List<JsonNode> seen = new ArrayList<>();
        report.path("parts").forEach(part -> {
            if (!part.path("jira").isNull()) {
                seen.add(part.path("jira"));
            }
        });
        return seen;
    }

    private static void happened(String outcome, String ago, int times, String detail) {
        world.rows().sql("""
            INSERT INTO faraday_bridge.activity (at, outcome, correlation_id, detail, vulnerability_id, workspace_id)
            SELECT now() - ?::interval, ?, 'c-' || n, replace(?, 'N', n::text), 2, 1 FROM generate_series(1, ?) n""").params(ago, outcome, detail, times).update();
    }

    @Test
    void changes_and_failures_are_counted_in_the_part_of_time_in_which_they_were() {
        happened("APPLIED", "20 days", 3, "moved");
        happened("DRIVEN", "20 days", 2, "moved");
        happened("EXPORTED", "10 days", 5, "created");
        happened("REFUSED", "10 days", 1, "too long ago for the day");
        happened("APPLIED", "40 days", 100, "before the month");

        JsonNode month = statistics("month", "faraday");

        assertThat(month.path("parts")).hasSize(30);
        assertThat(month.path("part_seconds").asLong()).isEqualTo(86400);
        assertThat(month.path("parts").get(9).path("to_faraday").asLong()).isEqualTo(3);
        assertThat(month.path("parts").get(9).path("to_jira").asLong()).isEqualTo(2);
        assertThat(month.path("parts").get(19).path("exported").asLong()).isEqualTo(5);
        assertThat(sum(month, "to_faraday")).isEqualTo(3);
        assertThat(month.path("parts").get(29).path("at").asText())
                .isLessThan(month.path("to").asText());
        assertThat(sum(statistics("day", "faraday"), "to_faraday")).isZero();
        assertThat(statistics("day", "faraday").path("parts")).hasSize(48);
        assertThat(statistics("hour", "faraday").path("parts")).hasSize(60);
    }

    @Test
    void equal_causes_are_one_with_a_number_and_an_example() {
        happened("BLOCKED", "3 days", 7, "Faraday's 'closed': no transition of SEC-N leads to 'Done'");
        happened("BLOCKED", "3 days", 2, "Faraday's 'open': no transition of SEC-N leads to 'To Do'");

        JsonNode causes = statistics("month", "faraday").path("causes");

        assertThat(causes.get(0).path("outcome").asText()).isEqualTo("blocked");
        assertThat(causes.get(0).path("count").asLong()).isEqualTo(7);
        assertThat(causes.get(0).path("example").asText())
                .matches("Faraday's 'closed': no transition of SEC-\\d leads .*");
        assertThat(causes.get(1).path("count").asLong()).isEqualTo(2);
    }

    @Test
    void a_reader_counts_what_belongs_to_workspaces_that_the_account_may_enter() {
        world.rows().sql("""
            INSERT INTO faraday_bridge.activity (at, outcome, correlation_id, detail, vulnerability_id, workspace_id)
            VALUES (now() - interval '5 days', 'DEAD', 'c', 'of a hidden workspace', 9999, 9999)""").update();

        assertThat(sum(statistics("month", "faraday"), "dead")).isEqualTo(1);
        assertThat(sum(statistics("month", "pentester"), "dead")).isZero();
        assertThat(statistics("month", "pentester").path("causes").toString()).doesNotContain("hidden workspace");
    }

    private static long limited() {
        return seen(statistics("hour", "faraday")).stream()
                .mapToLong(part -> part.path("limited").asLong())
                .sum();
    }

    @Test
    void how_long_jira_took_and_how_often_it_limited_the_bridge_is_saved() {
        long limited = limited();
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().faults().next(1, "*", "^/rest/", Fault.tooManyRequests(Duration.ofSeconds(1)));
        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");
        link.awaitQuiet();
        MinuteSamples samples = world.bean(MinuteSamples.class);
        samples.save();
        samples.save();
        samples.purge();

        JsonNode hour = statistics("hour", "pentester");

        assertThat(seen(hour)).isNotEmpty();
        assertThat(seen(hour).stream()
                        .mapToLong(part -> part.path("calls").asLong())
                        .sum())
                .isGreaterThan(2);
        assertThat(limited() - limited).isEqualTo(1);
        assertThat(seen(hour))
                .anySatisfy(part -> assertThat(part.path("longest_ms").asLong())
                        .isGreaterThanOrEqualTo(part.path("mean_ms").asLong()));
    }

    @Test
    void for_how_long_work_has_been_due_is_seen_over_all_replicas_and_kept_for_a_month() throws Exception {
        CamelContext camel = world.bean(CamelContext.class);
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        camel.getRouteController().stopRoute("detector");
        try {
            world.rows()
                    .sql("UPDATE faraday_bridge.issue_link SET retry_at = now() - interval '10 minutes'"
                            + " WHERE vulnerability_id = ?")
                    .param(link.vulnerability())
                    .update();
            world.rows().sql("""
                INSERT INTO faraday_bridge.minute_sample (minute, replica, calls, total_ms, longest_ms, limited, due_ms)
                VALUES (date_trunc('minute', now()) - interval '30 minutes', 'one', 3, 300, 200, 1, NULL),
                       (date_trunc('minute', now()) - interval '30 minutes', 'other', 1, 700, 700, 0, 5000),
                       (now() - interval '32 days', 'other', 1, 700, 700, 0, 5000)""").update();

            world.bean(MinuteSamples.class).save();
            world.bean(MinuteSamples.class).purge();
        } finally {
            camel.getRouteController().startRoute("detector");
        }

        JsonNode parts = statistics("hour", "faraday").path("parts");
        assertThat(parts.get(29).path("jira").toString())
                .isEqualTo("{\"calls\":4,\"mean_ms\":250,\"longest_ms\":700,\"limited\":1,\"oldest_due_seconds\":5}");
        assertThat(seen(statistics("hour", "faraday")))
                .extracting(part -> part.path("oldest_due_seconds").asLong())
                .anyMatch(seconds -> seconds >= 600 && seconds < 900);
        assertThat(world.rows()
                        .sql(
                                "SELECT count(*) FROM faraday_bridge.minute_sample WHERE minute < now() - interval '31 days'")
                        .query(Integer.class)
                        .single())
                .isZero();
        await().until(link::isQuiet);
    }

    @Test
    void another_range_is_refused_with_those_that_there_are() {
        assertThat(world.get(STATISTICS + "?range=year", BridgeWorld.basic("faraday", "faraday"))
                        .body())
                .contains("{\"range\":[\"must be one of [hour, day, month]");
    }

    /** A row in eight seconds for two months; one in twenty is a failure. */
    @Test
    @Tag("long")
    void a_month_with_hundreds_of_thousands_of_rows_is_counted_quickly() {
        try (BridgeWorld large = BridgeWorld.of(SandboxJira.Options.dataCenter())) {
            large.rows().sql("""
                INSERT INTO faraday_bridge.activity (at, outcome, correlation_id, detail, vulnerability_id, workspace_id)
                SELECT now() - n * interval '8 seconds',
                       CASE WHEN n % 20 > 0 THEN (ARRAY['APPLIED', 'DRIVEN', 'EXPORTED', 'SETTLED', 'IGNORED'])[1 + n % 5]
                            ELSE (ARRAY['BLOCKED', 'REFUSED', 'POSTPONED'])[1 + n / 20 % 3] END,
                       gen_random_uuid()::text, 'Faraday''s ''closed'': issue SEC-' || n || ' could not be moved, cause '
                       || chr(65 + n % 26) || ': ' || repeat('words of Jira ', 10), n % 50000, 1 + n % 3
                  FROM generate_series(1, 600000) n""").update();
            large.rows().sql("VACUUM ANALYZE faraday_bridge.activity").update();
            for (String call : List.of("hour faraday", "day faraday", "month faraday", "month pentester")) {
                String[] of = call.split(" ");
                Instant began = Instant.now();
                HttpResponse<String> answer =
                        large.get(STATISTICS + "?range=" + of[0], BridgeWorld.basic(of[1], of[1]));
                Duration took = Duration.between(began, Instant.now());
                System.out.println("figures of a " + call + ": " + took.toMillis() + " ms");
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(took).as("figures of a " + call).isLessThan(Duration.ofSeconds(10));
            }
        }
    }
}
