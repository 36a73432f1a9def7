package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.ReceivedCall.Kind;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The packaged bridge beside a Jira Cloud is killed while it confirms several issues together, while it gives links other
 * ids, and while a new issue takes the place of another one.
 */
@Tag("long")
class CloudKillPointIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Duration SLOW = Duration.ofSeconds(5);

    private static ChaosWorld world;
    private static KilledBridge bridge;

    @BeforeAll
    static void start() {
        world = new ChaosWorld(SandboxJira.Options.cloud());
        world.rows
                .sql("UPDATE configuration SET value = jsonb_set(value,"
                        + " '{projects,WEB,attribute_mapping,reopen}', '\"new_issue\"') WHERE key = 'jira_integration'")
                .update();
        bridge = new KilledBridge(world);
    }

    @AfterAll
    static void stop() {
        bridge.close();
        world.close();
    }

    @BeforeEach
    void calm() {
        world.jira.calm();
    }

    private static List<Integer> exported(int count, String project) {
        List<Integer> vulnerabilities = world.vulnerabilities(count);
        world.export(vulnerabilities, project);
        world.awaitLinked(vulnerabilities, SOON);
        awaitNothingHeld();
        return vulnerabilities;
    }

    private static void awaitNothingHeld() {
        await().atMost(SOON)
                .until(() ->
                        world.count("faraday_bridge.issue_link WHERE lease_token IS NOT NULL OR hints <> hints_seen"
                                        + " OR driving_since IS NOT NULL")
                                == 0);
    }

    @Test
    void l1_links_that_were_confirmed_together_are_applied_once_after_a_kill() {
        List<Integer> all = exported(4, "SEC");
        bridge.awaitAt(
                "after-asking-together",
                () -> all.forEach(vulnerability -> world.jira.movePerson(world.key(vulnerability), "Done")));
        assertThat(all).extracting(world::status).containsOnly("open");

        bridge.killAndRestart();

        await().atMost(SOON).until(() -> all.stream()
                .allMatch(vulnerability -> world.status(vulnerability).equals("closed")));
        awaitNothingHeld();
        for (int vulnerability : all) {
            assertThat(world.count("faraday_bridge.activity WHERE outcome = 'APPLIED' AND vulnerability_id = "
                            + vulnerability))
                    .isEqualTo(1);
            assertThat(world.issue(vulnerability).transitions()).isEqualTo(1);
        }
    }

    private static JsonNode relinked() {
        return BridgeWorld.json(bridge.process().call("POST", "/connection/relink", "{\"confirm\": true}", 200));
    }

    private static List<String> ids() {
        return world.rows
                .sql("SELECT issue_id FROM faraday_bridge.issue_link WHERE ended_at IS NULL ORDER BY vulnerability_id")
                .query(String.class)
                .list();
    }

    @Test
    void a_relinking_that_was_killed_has_changed_nothing_and_is_repeated() {
        List<Integer> all = exported(2, "SEC");
        bridge.process().call("PUT", "/enabled", "{\"enabled\": false}", 200);
        List<String> right = ids();
        // the ids of another Jira
        world.rows
                .sql("UPDATE faraday_bridge.issue_link SET issue_id = '77' || issue_id WHERE ended_at IS NULL")
                .update();
        List<String> before = ids();
        world.jira.clearRequests();
        world.jira.faults().next(1, "GET", "/search", Fault.slowAnswer(SLOW));
        CompletableFuture<Void> lost =
                CompletableFuture.runAsync(CloudKillPointIT::relinked).exceptionally(killed -> null);
        await().atMost(SOON).until(() -> world.jira.count(Kind.SEARCH) > 0);

        bridge.killAndRestart();
        lost.join();

        assertThat(ids()).isEqualTo(before);
        assertThat(relinked().at("/counts/same").asInt()).isEqualTo(right.size());
        assertThat(ids()).isEqualTo(right);
        assertThat(relinked().at("/counts/unchanged").asInt()).isEqualTo(right.size());
        bridge.process().call("PUT", "/enabled", "{\"enabled\": true}", 200);
        world.setStatus(all.get(0), "closed");
        await().atMost(SOON).until(() -> world.issue(all.get(0)).statusName().equals("Done"));
        assertThat(world.issue(all.get(0)).transitions()).isEqualTo(1);
    }

    /** A vulnerability whose issue ended where the workflow does not lead back from. */
    private static int ended() {
        int vulnerability = exported(1, "WEB").get(0);
        world.jira.movePerson(world.key(vulnerability), "Done");
        await().atMost(SOON).until(() -> world.status(vulnerability).equals("closed"));
        awaitNothingHeld();
        return vulnerability;
    }

    private static void awaitReplacedOnce(int vulnerability, String old, int issues) {
        await().atMost(SOON).until(() -> {
            world.minutesPass(Duration.ZERO);
            world.rows
                    .sql("UPDATE faraday_bridge.export_item SET retry_at = NULL WHERE state = 'linked'")
                    .update();
            return world.count("faraday_bridge.export_item WHERE related_at IS NOT NULL AND vulnerability_id = "
                            + vulnerability)
                    == 1;
        });
        assertThat(world.key(vulnerability)).isNotEmpty().isNotEqualTo(old);
        assertThat(world.jira.issues()).hasSize(issues + 1);
        assertThat(world.issue(vulnerability).fields().get("issuelinks")).hasSize(1);
        assertThat(world.jira.issue(old).fields().get("issuelinks")).hasSize(1);
        assertThat(world.jira.issue(old).statusName()).isEqualTo("Done");
        assertThat(world.status(vulnerability)).isEqualTo("re-opened");
        assertThat(world.count(
                        "faraday_bridge.issue_link WHERE ended_at IS NULL AND vulnerability_id = " + vulnerability))
                .isEqualTo(1);
    }

    @Test
    void e1_a_new_issue_that_was_reserved_before_a_kill_is_created_once() {
        int vulnerability = ended();
        String old = world.key(vulnerability);
        int issues = world.jira.issues().size();

        bridge.killAt("before-creating", () -> world.setStatus(vulnerability, "re-opened"));

        awaitReplacedOnce(vulnerability, old, issues);
    }

    @Test
    void e3_a_new_issue_that_was_created_before_a_kill_is_found() {
        int vulnerability = ended();
        String old = world.key(vulnerability);
        int issues = world.jira.issues().size();
        world.jira.faults().next(1, "POST", ".*/issue/bulk$", Fault.slowAnswer(SLOW));
        world.setStatus(vulnerability, "re-opened");
        await().atMost(SOON).until(() -> world.jira.issues().size() == issues + 1);

        bridge.killAndRestart();

        awaitReplacedOnce(vulnerability, old, issues);
    }

    @Test
    void an_issue_link_that_was_made_before_a_kill_is_not_made_again() {
        int vulnerability = ended();
        String old = world.key(vulnerability);
        int issues = world.jira.issues().size();
        world.jira.faults().next(1, "POST", ".*/issueLink$", Fault.slowAnswer(SLOW));
        world.setStatus(vulnerability, "re-opened");
        await().atMost(SOON).until(() -> world.jira.issue(old).fields().containsKey("issuelinks"));

        bridge.killAndRestart();

        awaitReplacedOnce(vulnerability, old, issues);
    }
}
