package io.faradaybridge.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many vulnerabilities, every second one linked: what people look at stays what it is. With {@code -Pfaults} a hundred thousand. */
@Tag("long")
@Tag("rounds")
class LargeFaradayStoryTest {

    private static final int ALL = Integer.getInteger("large.vulnerabilities", 10_000);

    private static BridgeWorld world;
    private static Administrator administrator;
    private static int first;

    @BeforeAll
    static void fill() {
        world = BridgeWorld.asleep(SandboxJira.Options.dataCenter()).with("bridge.detector.interval", "2s");
        first = SampleVulnerabilities.insert(world.database().dataSource(), ALL).get(0);
        world.start();
        world.rows().sql("""
                        UPDATE vulnerability SET issuetracker = 'SEC-' || (id + 1000000)
                         WHERE id >= ? AND id % 2 = 0""").param(first).update();
        world.rows().sql("""
                        INSERT INTO faraday_bridge.issue_link (vulnerability_id, workspace_id, project_key, issue_type,
                               issue_id, issue_key, faraday_status, jira_status_id, jira_status_name)
                        SELECT id, workspace_id, 'SEC', 'Bug', (id + 1000000)::text, issuetracker, 'open', '10000', 'To Do'
                          FROM vulnerability WHERE id >= ? AND issuetracker <> ''""").param(first).update();
        // A thousand that nobody can move, and as many that wait for an hour.
        world.rows().sql("""
                        UPDATE faraday_bridge.issue_link SET blocked_reason = 'no way', blocked_code = 'refused',
                               blocked_faraday = 'open', blocked_jira_id = '10000', blocked_jira_name = 'To Do',
                               blocked_at = now() WHERE vulnerability_id BETWEEN ? AND ?""").params(first, first + 1999).update();
        world.rows().sql("""
                        UPDATE faraday_bridge.issue_link SET retry_at = now() + interval '1 hour', attempts = 1
                         WHERE vulnerability_id BETWEEN ? AND ?""").params(first + 2000, first + 3999).update();
        world.rows().sql("""
                        UPDATE faraday_bridge.issue_link SET blocked_version = v.version
                          FROM (SELECT ? AS version) v WHERE blocked_at IS NOT NULL""").param(mappingVersion()).update();
        world.rows().sql("ANALYZE").update();
        administrator = Administrator.of(world);
        administrator.get("status"); // the first request of a process takes longer
    }

    private static String mappingVersion() {
        return world.bean(IntegrationConfigurationSource.class)
                .current()
                .project("SEC")
                .orElseThrow()
                .mappingVersion();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static JsonNode ask(String path) {
        long started = System.nanoTime();
        JsonNode answer = administrator.get(path);
        System.out.println(ALL + " vulnerabilities: GET " + path + " takes "
                + Duration.ofNanos(System.nanoTime() - started).toMillis() + " ms");
        return answer;
    }

    private static List<Integer> ids(JsonNode listing) {
        List<Integer> ids = new ArrayList<>();
        listing.path("vulnerabilities").forEach(row -> ids.add(row.path("id").asInt()));
        return ids;
    }

    @Test
    void a_page_of_all_and_the_last_one_are_in_order() {
        JsonNode page = ask("vulnerabilities?q=Outdated&page_size=100");
        assertThat(page.path("count").asInt()).isEqualTo(ALL);
        assertThat(ids(page)).hasSize(100).startsWith(first, first + 1).isSorted();

        JsonNode last = ask("vulnerabilities?q=Outdated&page_size=100&page=" + ALL / 100);
        assertThat(ids(last)).hasSize(100).endsWith(first + ALL - 1);
        JsonNode byKey = ask("vulnerabilities?sort=issue_key&sort_dir=desc&page_size=100");
        assertThat(byKey.path("vulnerabilities")).hasSize(100);
    }

    @Test
    void each_way_of_asking_finds_what_there_is() {
        assertThat(ask("vulnerabilities?linked=true").path("count").asInt()).isEqualTo(ALL / 2);
        assertThat(ask("vulnerabilities?linked=false&q=Outdated").path("count").asInt())
                .isEqualTo(ALL / 2);
        assertThat(ask("vulnerabilities?project=SEC").path("count").asInt()).isEqualTo(ALL / 2);
        assertThat(ask("vulnerabilities?in_step=true").path("count").asInt()).isEqualTo(ALL / 2 - 2000);
        assertThat(ask("vulnerabilities?in_step=blocked").path("count").asInt()).isEqualTo(1000);
        assertThat(ask("vulnerabilities?in_step=waiting&page_size=500")
                        .path("vulnerabilities")
                        .path(499)
                        .path("standing")
                        .asText())
                .isEqualTo("waiting");
        int one = first + ALL * 7 / 9;
        assertThat(ids(ask("vulnerabilities?q=component%20no.%20" + one))).containsExactly(one);
        assertThat(ask("vulnerabilities?issue_key=sec-" + (first + first % 2 + 1_000_000 + ALL / 2))
                        .path("count")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void the_counts_of_the_status_are_right() {
        JsonNode counts = ask("status").path("counts");

        assertThat(counts.path("links").asInt()).isEqualTo(ALL / 2);
        assertThat(counts.path("blocked").asInt()).isEqualTo(1000);
        assertThat(counts.path("waiting").asInt()).isEqualTo(1000);
        assertThat(counts.path("due").asInt()).isZero();
        assertThat(counts.path("oldest_due").isNull()).isTrue();
        assertThat(ask("adoption").at("/counts/adopted").asInt()).isZero();
    }
}
