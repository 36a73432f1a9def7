package io.faradaybridge.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.client.IssueLookup;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.lease.Leases;
import io.faradaybridge.link.AdoptedLinks;
import io.faradaybridge.link.LinkEndings;
import io.faradaybridge.link.ProjectRenames;
import io.faradaybridge.link.existing.ExistingIssues;
import io.faradaybridge.link.existing.UnadoptedKeys;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import io.faradaybridge.sandbox.jira.ReceivedCall.Kind;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Keys that were in Faraday before the bridge, and what becomes of each. */
class AdoptionStoryTest {

    private static BridgeWorld world;
    private static AdoptionApi api;

    @BeforeAll
    static void start() {
        // Only when asked: the timer would make counts a matter of luck.
        world = BridgeWorld.asleep(SandboxJira.Options.dataCenter().contextPath("/jira"))
                .with("bridge.adoption.interval", "1h")
                .start();
        api = new AdoptionApi(world);
    }

    @AfterAll
    static void leave() {
        world.close();
    }

    @BeforeEach
    void tidy() {
        world.connection().configure(world.database(), world.jira().baseUrl());
        world.configure("value");
        world.rows().sql("UPDATE vulnerability SET issuetracker = ''").update();
        world.rows().sql("DELETE FROM faraday_bridge.issue_link").update();
        world.rows().sql("DELETE FROM faraday_bridge.unadopted_key").update();
        world.jira().clearRequests();
    }

    private static String jira(int vulnerability) {
        return world.jira().issue(world.issueKey(vulnerability)).statusName();
    }

    private static JsonNode list(String kind) {
        return api.get("adoption?list=" + kind);
    }

    private static HttpResponse<String> follow(String side, String body) {
        return api.post("adoption/follow-" + side, body);
    }

    @Test
    void a_key_that_jira_confirms_is_linked_as_both_sides_are_and_kept_in_step_from_then_on() {
        int vulnerability = api.pair("SEC", "closed", "Done");

        api.adopted();

        JsonNode row = api.row(vulnerability);
        assertThat(row.path("standing").asText()).isEqualTo("in-step");
        assertThat(row.at("/agreed/faraday").asText()).isEqualTo("closed");
        assertThat(row.at("/agreed/jira").asText()).isEqualTo("Done");
        assertThat(row.at("/issuetracker_json/url").asText())
                .isEqualTo(world.jira().baseUrl() + "/browse/" + world.issueKey(vulnerability));
        assertThat(world.outcomes(vulnerability)).containsExactly("adopted");
        world.setStatus(vulnerability, "re-opened");
        await().until(() -> jira(vulnerability).equals("In Progress"));
    }

    @Test
    void statuses_that_do_not_mean_the_same_stay_as_they_are_and_are_listed() {
        int vulnerability = api.pair("SEC", "open", "Done");

        JsonNode report = api.adopted();

        assertThat(report.at("/counts/differing").asInt()).isEqualTo(1);
        assertThat(report.at("/rows/0/vulnerability_id").asInt()).isEqualTo(vulnerability);
        assertThat(report.at("/rows/0/jira").asText()).isEqualTo("Done");
        assertThat(world.status(vulnerability)).isEqualTo("open");
        assertThat(jira(vulnerability)).isEqualTo("Done");
        assertThat(api.get("vulnerabilities?in_step=false").path("count").asInt())
                .isEqualTo(1);
    }

    @Test
    void one_of_them_moves_and_they_differ_no_longer() {
        int vulnerability = api.pair("SEC", "open", "Done");
        api.adopted();

        world.setStatus(vulnerability, "re-opened");

        await().until(() -> jira(vulnerability).equals("In Progress"));
        await().until(() -> api.row(vulnerability).path("standing").asText().equals("in-step"));
        assertThat(api.get("adoption").at("/counts/differing").asInt()).isZero();
    }

    @Test
    void what_differs_is_the_mappings_to_say_even_when_it_is_made_after_the_adoption() {
        world.configure("value #- '{projects,SEC,attribute_mapping}'");
        int vulnerability = api.pair("SEC", "open", "Done");
        assertThat(api.adopted().at("/counts/differing").asInt()).isZero();

        world.configure(
                "jsonb_set(value, '{projects,SEC,attribute_mapping}', '{\"incoming\": {\"Done\": \"closed\"}}')");

        assertThat(api.adopted().at("/counts/differing").asInt()).isEqualTo(1);
        assertThat(world.status(vulnerability)).isEqualTo("open");
    }

    @Test
    void faraday_follows_jira_where_a_person_says_so() {
        int vulnerability = api.pair("SEC", "open", "Done");
        int other = api.pair("SEC", "closed", "In Progress");
        int left = api.pair("WEB", "open", "Done");
        api.adopted();

        JsonNode preview =
                BridgeWorld.json(follow("jira", "{\"project\": \"SEC\"}").body());
        HttpResponse<String> done = follow("jira", "{\"project\": \"SEC\", \"confirm\": true}");

        assertThat(preview.path("confirmed").asBoolean()).isFalse();
        assertThat(preview.path("count").asInt()).isEqualTo(2);
        assertThat(preview.path("moves").findValuesAsText("to")).containsExactlyInAnyOrder("closed", "re-opened");
        assertThat(done.statusCode()).isEqualTo(202);
        await().until(() -> world.status(vulnerability).equals("closed"));
        await().until(() -> world.status(other).equals("re-opened"));
        await().until(() -> api.row(vulnerability).path("standing").asText().equals("in-step"));
        assertThat(jira(vulnerability)).isEqualTo("Done");
        assertThat(world.status(left)).isEqualTo("open");
        assertThat(world.outcomes(vulnerability)).containsExactly("adopted", "replayed", "applied");
        assertThat(world.rows()
                        .sql("SELECT DISTINCT user_id FROM faraday_bridge.activity WHERE vulnerability_id = ?"
                                + " AND outcome IN ('REPLAYED', 'APPLIED')")
                        .param(vulnerability)
                        .query(Integer.class)
                        .list())
                .containsExactly(SampleFaraday.ADMIN);
        assertThat(world.rows()
                        .sql("SELECT update_user_id FROM vulnerability WHERE id = ?")
                        .param(vulnerability)
                        .query(Integer.class)
                        .single())
                .isEqualTo(SampleFaraday.ADMIN);
    }

    @Test
    void jira_follows_faraday_where_a_person_says_so() {
        int vulnerability = api.pair("SEC", "closed", "To Do");
        int other = api.pair("SEC", "open", "Done");
        api.adopted();

        JsonNode preview = BridgeWorld.json(follow("faraday", "{\"vulnerability_ids\": [" + vulnerability + "]}")
                .body());
        follow("faraday", "{\"vulnerability_ids\": [" + vulnerability + "], \"confirm\": true}");

        assertThat(preview.at("/moves/0/to").asText()).isEqualTo("Done");
        await().until(() -> jira(vulnerability).equals("Done"));
        await().until(() -> api.row(vulnerability).path("standing").asText().equals("in-step"));
        assertThat(world.status(vulnerability)).isEqualTo("closed");
        assertThat(jira(other)).isEqualTo("Done");
        assertThat(world.jira().issue(world.issueKey(vulnerability)).transitionsBy("faraday-bridge"))
                .isEqualTo(1);
        assertThat(api.get("adoption").at("/counts/differing").asInt()).isEqualTo(1);
    }

    @Test
    void what_cannot_follow_stays_with_the_reason() {
        api.pair("SEC", "open", "In Review");
        api.pair("SEC", "closed", "In Review");
        api.adopted();

        JsonNode answer = BridgeWorld.json(follow("jira", "{\"confirm\": true}").body());

        assertThat(answer.path("count").asInt()).isZero();
        assertThat(answer.path("left").findValuesAsText("reason"))
                .isNotEmpty()
                .allMatch(reason -> reason.contains("'In Review' has no incoming mapping"));
    }

    @Test
    void nobody_moves_what_is_in_a_workspace_that_is_not_theirs() {
        int vulnerability = api.pair("SEC", "open", "Done");
        api.adopted();

        HttpResponse<String> outsider = api.call("POST", "adoption/follow-jira", "{\"confirm\": true}", "outsider");

        assertThat(BridgeWorld.json(outsider.body()).path("count").asInt()).isZero();
        assertThat(api.call("POST", "adoption/follow-jira", "{\"confirm\": true}", "client")
                        .statusCode())
                .isEqualTo(403);
        assertThat(api.row(vulnerability).path("standing").asText()).isEqualTo("differs-since-adoption");
    }

    @Test
    void an_invalid_request_is_refused_and_moves_nothing() {
        assertThat(follow("jira", "[]").statusCode()).isEqualTo(400);
        assertThat(follow("jira", "{\"confirm\": \"yes\"}").body()).contains("confirm");
        assertThat(follow("jira", "{\"project\": \"NONE\"}").body()).contains("not configured");
        assertThat(follow("faraday", "{\"vulnerability_ids\": [\"x\"]}").body()).contains("vulnerability_ids");
        assertThat(api.call("GET", "adoption?list=everything", "", "faraday").statusCode())
                .isEqualTo(400);
        assertThat(api.call("GET", "adoption?page_size=501", "", "faraday").body())
                .contains("page_size");
    }

    @Test
    void an_issue_that_was_moved_is_linked_under_its_new_key() {
        int vulnerability = api.pair("WEB", "open", "To Do");
        String old = world.issueKey(vulnerability);
        String moved = world.jira().moveToProject(old, "SEC").key();

        api.adopted();

        assertThat(world.issueKey(vulnerability)).isEqualTo(moved);
        JsonNode row = api.row(vulnerability);
        assertThat(row.path("standing").asText()).isEqualTo("in-step");
        assertThat(row.path("project").asText()).isEqualTo("SEC");
        assertThat(row.at("/issuetracker_json/id").asText())
                .isEqualTo(world.jira().issue(moved).id());
    }

    @Test
    void of_vulnerabilities_with_one_key_the_oldest_is_linked_and_the_others_say_so() {
        int first = api.pair("SEC", "open", "To Do");
        int second = world.vulnerabilities(1).get(0);
        api.writeKey(second, world.issueKey(first));

        JsonNode report = api.adopted();

        assertThat(report.at("/counts/shared").asInt()).isEqualTo(1);
        assertThat(api.activeLinks(first)).isEqualTo(1);
        assertThat(api.activeLinks(second)).isZero();
        assertThat(api.row(second).path("why").asText())
                .isEqualTo("not synchronised: shared by vulnerability " + first);
        assertThat(list("shared").at("/rows/0/shared_by").asInt()).isEqualTo(first);
        api.call("DELETE", "vulnerabilities/" + first + "/issue-link", "", "faraday");
        api.adopted();
        assertThat(api.activeLinks(second)).as("the issue is free again").isEqualTo(1);
        assertThat(api.activeLinks(first)).as("a user has unlinked it").isZero();
    }

    @Test
    void keys_that_cannot_be_adopted_are_listed_with_reasons_and_jira_is_not_asked_again() {
        List<Integer> vulnerabilities = world.vulnerabilities(4);
        api.writeKey(vulnerabilities.get(0), "SEC-987654");
        api.writeKey(vulnerabilities.get(1), "HR-1");
        api.writeKey(vulnerabilities.get(2), "INC0012345");
        api.writeKey(vulnerabilities.get(3), "http://tracker/sec-1");

        JsonNode denied = api.adopted().at("/counts/denied");

        assertThat(denied.path("not-visible").asInt()).isEqualTo(1);
        assertThat(denied.path("project-not-configured").asInt()).isEqualTo(1);
        assertThat(denied.path("not-a-key").asInt()).isEqualTo(2);
        JsonNode rows = list("denied").path("rows");
        assertThat(rows.size()).isEqualTo(4);
        assertThat(rows.at("/0/reason").asText()).contains("does not exist or is hidden");
        assertThat(rows.at("/0/at").asText()).endsWith("Z");
        assertThat(api.row(vulnerabilities.get(0)).path("standing").asText()).isEqualTo("not-adopted");
        world.jira().clearRequests();
        assertThat(world.bean(Adoption.class).step()).isFalse();
        assertThat(world.jira().requests())
                .noneMatch(call -> call.kind() == Kind.SEARCH && call.query().contains("issuekey"));
    }

    @Test
    void an_export_under_way_comes_first() {
        int vulnerability = api.pair("SEC", "open", "To Do");
        world.rows().sql("""
                        WITH b AS (INSERT INTO faraday_bridge.export_batch
                                          (username, source, project_key, issue_type, correlation_id)
                                   VALUES ('faraday', 'api', 'SEC', 'Bug', 'x') RETURNING id)
                        INSERT INTO faraday_bridge.export_item
                               (batch_id, vulnerability_id, project_key, issue_type, state, faraday_status)
                        SELECT id, ?, 'SEC', 'Bug', 'unknown', 'open' FROM b""").param(vulnerability).update();

        assertThat(world.bean(Adoption.class).step())
                .as("there is nothing to do")
                .isFalse();

        assertThat(api.activeLinks(vulnerability)).isZero();
        assertThat(api.row(vulnerability).path("standing").asText()).isEqualTo("export-unknown");
    }

    @Test
    void the_configuration_of_a_faraday_of_2020_is_enough_to_adopt_by() {
        world.configure("jsonb_build_object('url', value -> 'url', 'consumer_key', value -> 'consumer_key',"
                + " 'project_key', 'SEC')");
        int vulnerability = api.pair("SEC", "open", "Done");

        api.adopted();

        assertThat(api.activeLinks(vulnerability)).isEqualTo(1);
        assertThat(api.row(vulnerability).path("why").asText()).contains("disabled");
        assertThat(world.status(vulnerability)).isEqualTo("open");
    }

    @Test
    void a_thousand_keys_cost_some_ten_searches() {
        List<Integer> vulnerabilities =
                SampleVulnerabilities.insert(world.database().dataSource(), 1000);
        world.jira().clearRequests();
        api.writeKeys(vulnerabilities);
        api.writeKey(vulnerabilities.get(998), "SEC-987650");
        api.writeKey(vulnerabilities.get(999), "SEC-987651");
        long began = System.nanoTime();

        JsonNode report = api.adopted();

        long searches = world.jira().requests().stream()
                .filter(call -> call.kind() == Kind.SEARCH)
                .filter(call -> call.query().contains("issuekey")) // the others are the sweep's
                .count();
        System.out.println("1,000 keys adopted with " + searches + " searches and "
                + world.jira().count(Kind.READ_ISSUE) + " single reads in " + (System.nanoTime() - began) / 1_000_000
                + " ms");
        assertThat(report.at("/counts/adopted").asInt()).isEqualTo(998);
        assertThat(searches).isBetween(1L, 12L);
        assertThat(world.jira().count(Kind.READ_ISSUE)).isLessThanOrEqualTo(2);
    }

    @Test
    void adoption_goes_on_where_it_was_after_the_bridge_was_stopped() {
        List<Integer> vulnerabilities = world.vulnerabilities(150);
        api.writeKeys(vulnerabilities);
        assertThat(world.bean(Adoption.class).step()).isTrue();
        world.stop();
        world.start();

        JsonNode report = api.awaitAdopted();

        assertThat(report.at("/counts/adopted").asInt()).isEqualTo(150);
        assertThat(world.rows()
                        .sql("SELECT count(*) FROM faraday_bridge.activity WHERE outcome = 'ADOPTED'"
                                + " AND vulnerability_id BETWEEN ? AND ?")
                        .params(vulnerabilities.get(0), vulnerabilities.get(149))
                        .query(Integer.class)
                        .single())
                .isEqualTo(150);
    }

    /** Another process on the same database: everything of its own but the rows. */
    private static Adoption replica() {
        return new Adoption(
                new AdoptionLease(new Leases(world.bean(JdbcClient.class)), world.bean(JdbcClient.class)),
                world.bean(AdoptedLinks.class),
                world.bean(UnadoptedKeys.class),
                world.bean(ExistingIssues.class),
                world.bean(IssueLookup.class),
                world.bean(JiraAvailability.class),
                world.bean(Vulnerabilities.class),
                world.bean(LinkEndings.class),
                world.bean(ProjectRenames.class),
                world.bean(IntegrationConfigurationSource.class),
                world.bean(TransactionOperations.class));
    }

    @Test
    void two_replicas_that_adopt_at_once_make_one_link_each_and_ask_jira_once() throws Exception {
        List<Integer> vulnerabilities = world.vulnerabilities(220);
        api.writeKeys(vulnerabilities);
        int shared = world.vulnerabilities(1).get(0);
        api.writeKey(shared, world.issueKey(vulnerabilities.get(0)));
        world.jira().clearRequests();

        List<Adoption> replicas = List.of(replica(), replica());
        ExecutorService processes = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> passes = new ArrayList<>();
            for (Adoption replica : replicas) {
                passes.add(processes.submit(() -> await().pollInterval(Duration.ofMillis(50))
                        .until(() -> !replica.step() && count("unadopted_key") == 1)));
            }
            for (Future<?> pass : passes) {
                pass.get();
            }
        } finally {
            processes.shutdownNow();
        }

        assertThat(count("issue_link")).isEqualTo(220);
        assertThat(count("(SELECT DISTINCT vulnerability_id FROM faraday_bridge.activity WHERE outcome = 'ADOPTED'"
                        + " AND vulnerability_id >= " + vulnerabilities.get(0) + ") a"))
                .isEqualTo(220);
        assertThat(count("(SELECT FROM faraday_bridge.activity WHERE outcome = 'ADOPTED'" + " AND vulnerability_id >= "
                        + vulnerabilities.get(0) + ") a"))
                .isEqualTo(220);
        assertThat(world.jira().requests())
                .filteredOn(call -> call.kind() == Kind.SEARCH && call.query().contains("issuekey"))
                .hasSize(3);
    }

    @Test
    void even_without_the_lease_the_rows_let_only_one_of_them_through() throws Exception {
        int first = api.pair("SEC", "open", "To Do");
        int second = world.vulnerabilities(1).get(0);
        String key = world.issueKey(first);
        api.writeKey(second, key);
        IssueSnapshot issue =
                world.bean(IssueLookup.class).byKey(List.of(key)).issues().get(key);
        ExistingIssues existing = world.bean(ExistingIssues.class);
        IntegrationSettings settings =
                world.bean(IntegrationConfigurationSource.class).current();

        ExecutorService workers = Executors.newFixedThreadPool(4);
        try {
            CountDownLatch together = new CountDownLatch(4);
            List<Future<ExistingIssues.Result>> results = new ArrayList<>();
            for (int vulnerability : List.of(first, second, first, second)) {
                results.add(workers.submit(() -> {
                    together.countDown();
                    together.await();
                    return existing.adopt(new UnadoptedKeys.Candidate(vulnerability, key), issue, settings);
                }));
            }
            int linked = 0;
            for (Future<ExistingIssues.Result> result : results) {
                linked += result.get().linkId() == null ? 0 : 1;
            }
            assertThat(linked).isEqualTo(1);
        } finally {
            workers.shutdownNow();
        }
        assertThat(api.activeLinks(first) + api.activeLinks(second)).isEqualTo(1);
    }

    private static int count(String what) {
        return world.rows()
                .sql("SELECT count(*) FROM " + (what.startsWith("(") ? what : "faraday_bridge." + what))
                .query(Integer.class)
                .single();
    }
}
