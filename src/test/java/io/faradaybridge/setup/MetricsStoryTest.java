package io.faradaybridge.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.Markdown;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What an operator's monitoring sees, and what the log says, of how the bridge does. */
@ExtendWith(OutputCaptureExtension.class)
class MetricsStoryTest {

    private static BridgeWorld world;

    @BeforeAll
    static void enter() {
        world = BridgeWorld.of(SandboxJira.Options.dataCenter());
    }

    @AfterAll
    static void leave() {
        world.close();
    }

    /** A line of the scrape; NaN where there is none. */
    private static double metric(String name) {
        Matcher line =
                Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(world.observe("metrics"));
        return line.find() ? Double.parseDouble(line.group(1)) : Double.NaN;
    }

    @Test
    void the_page_of_operations_explains_every_metric_and_no_other() {
        Pattern documented = Pattern.compile("`(bridge_\\w+)(?:\\{[^}]*})?`");
        Map<String, String> rows = Markdown.of("docs/operations.md").rows().stream()
                .filter(cells -> documented.matcher(cells.get(0)).matches())
                .collect(Collectors.toMap(
                        cells -> documented.matcher(cells.get(0)).replaceFirst("$1"), cells -> cells.get(1)));
        Pattern scraped = Pattern.compile("(?m)^(bridge_\\w+)(?:\\{state=\"(\\w+)\"})?");

        await().untilAsserted(
                        () -> { // calls of Jira are there once one was made
                            List<MatchResult> metrics = scraped.matcher(world.observe("metrics"))
                                    .results()
                                    .toList();
                            assertThat(metrics)
                                    .extracting(metric -> metric.group(1)
                                            .replaceFirst("_seconds_(bucket|count|sum|max)$", "_seconds"))
                                    .hasSameElementsAs(rows.keySet());
                            assertThat(metrics)
                                    .filteredOn(metric -> metric.group(2) != null)
                                    .isNotEmpty()
                                    .allSatisfy(metric -> assertThat(rows.get(metric.group(1)))
                                            .contains("`" + metric.group(2) + "`"));
                        });
    }

    @Test
    void a_flow_that_is_switched_off_is_not_broken() {
        assertThat(Administrator.of(world).get("routes").toString()).contains("\"stopped\"");
        assertThat(metric("bridge_flows_broken")).isZero();
    }

    @Test
    void links_by_state_the_age_of_what_is_due_items_and_calls_are_measured() {
        Link done = Link.exported(world, "SEC");
        Link blocked = Link.exported(world, "WEB");
        world.setStatus(done.vulnerability(), "closed");
        world.setStatus(blocked.vulnerability(), "closed");
        done.awaitJira("Done");
        await().until(() -> !blocked.blockedReason().isEmpty());

        await().untilAsserted(() -> {
            JsonNode counts = Administrator.of(world).get("status").path("counts");
            assertThat(metric("bridge_links{state=\"any\"}"))
                    .isEqualTo(counts.path("links").asDouble())
                    .isGreaterThanOrEqualTo(2);
            assertThat(metric("bridge_links{state=\"blocked\"}"))
                    .isEqualTo(counts.path("blocked").asDouble())
                    .isGreaterThanOrEqualTo(1);
            assertThat(metric("bridge_links{state=\"in_step\"}"))
                    .isEqualTo(counts.path("in_step").asDouble())
                    .isGreaterThanOrEqualTo(1);
            assertThat(metric("bridge_links{state=\"differs\"}"))
                    .isEqualTo(counts.path("differs").asDouble());
            assertThat(metric("bridge_links{state=\"not_mapped\"}"))
                    .isEqualTo(counts.path("not_mapped").asDouble());
            assertThat(metric("bridge_links{state=\"unconfigured\"}")).isZero();
            assertThat(metric("bridge_links{state=\"due\"}")).isZero();
            assertThat(metric("bridge_links{state=\"waiting\"}")).isZero();
        });
        assertThat(metric("bridge_database_up")).isEqualTo(1);
        assertThat(metric("bridge_broker_up")).isEqualTo(1);
        assertThat(metric("bridge_due_age_seconds")).isZero();
        assertThat(metric("bridge_export_items{state=\"queued\"}")).isZero();
        assertThat(metric("bridge_export_items{state=\"unknown\"}")).isZero();
        assertThat(metric("bridge_dead_letters")).isZero();
        assertThat(metric("bridge_jira_up")).isEqualTo(1);
        assertThat(metric("bridge_exports_total{outcome=\"linked\"}")).isGreaterThanOrEqualTo(2);
        assertThat(metric("bridge_jira_calls_total{operation=\"create\",result=\"success\"}"))
                .isGreaterThanOrEqualTo(2);
        assertThat(metric("bridge_jira_calls_total{operation=\"transition\",result=\"success\"}"))
                .isGreaterThanOrEqualTo(1);
        assertThat(metric("bridge_jira_calls_seconds_count{operation=\"create\",result=\"success\"}"))
                .isGreaterThanOrEqualTo(2);
        assertThat(metric("bridge_jira_calls_seconds_sum{operation=\"create\",result=\"success\"}"))
                .isPositive();
    }

    @Test
    void the_time_from_a_hint_to_its_effect_is_measured_in_both_directions() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        double toFaraday = metric("bridge_sync_lag_seconds_count{direction=\"to-faraday\"}");
        double toJira = metric("bridge_sync_lag_seconds_count{direction=\"to-jira\"}");

        world.jira().movePerson(link.issueKey(), "Done");
        link.webhooksCome().awaitFaraday("closed");
        await().untilAsserted(() -> assertThat(metric("bridge_sync_lag_seconds_count{direction=\"to-faraday\"}"))
                .isGreaterThan(toFaraday));
        link.awaitQuiet();
        world.rows()
                .sql("""
            WITH changed AS (UPDATE vulnerability SET status = 'open' WHERE id = :v)
            UPDATE faraday_bridge.issue_link SET faraday_hints = faraday_hints + 1 WHERE vulnerability_id = :v""")
                .param("v", link.vulnerability())
                .update(); // in one moment, so that no look comes between change and hint
        link.awaitJira("To Do");

        await().untilAsserted(() -> assertThat(metric("bridge_sync_lag_seconds_count{direction=\"to-jira\"}"))
                .isGreaterThan(toJira));
    }

    @Test
    void an_outage_of_jira_is_one_warning_a_metric_and_not_connected(CapturedOutput log) {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        Administrator administrator = Administrator.of(world);
        assertThat(administrator.get("connection").path("connected").asBoolean())
                .isTrue();
        int before = log.getAll().length();

        world.jira().stop();
        world.setStatus(link.vulnerability(), "closed");

        await().until(() -> metric("bridge_jira_up") == 0);
        assertThat(administrator.get("status").path("connected").asBoolean(true))
                .isFalse();
        assertThat(administrator.get("connection").path("connected").asBoolean(true))
                .isFalse();
        world.rows()
                .sql("DELETE FROM faraday_bridge.runtime_state WHERE name LIKE 'sweep:%'")
                .update(); // the sweep asks too, and meets the same
        await().until(() -> metric("bridge_jira_calls_total{operation=\"transition\",result=\"transient\"}") >= 2
                || metric("bridge_jira_calls_total{operation=\"read\",result=\"transient\"}") >= 2);
        world.jira().restart();
        link.awaitJira("Done");
        await().until(() -> metric("bridge_jira_up") == 1);
        assertThat(administrator.get("status").path("connected").asBoolean()).isTrue();
        String said = log.getAll().substring(before);
        assertThat(said.lines().filter(line -> line.contains(" WARN ") || line.contains(" ERROR ")))
                .singleElement()
                .asString()
                .contains("AWAY: Jira cannot be worked with");
        assertThat(said)
                .contains("BACK: Jira can be worked with again")
                .doesNotContain("vulnerability null", "issue null");
    }
}
