package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged bridge is killed when Jira has a followed field, or a remote link, and the bridge has not saved that yet. */
@Tag("long")
class FollowKillIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Fault ANSWERED_TOO_LATE = Fault.slowAnswer(Duration.ofSeconds(8));

    private static ChaosWorld world;
    private static BridgeProcess bridge;

    private int vulnerability;

    @BeforeAll
    static void start() {
        world = new ChaosWorld(SandboxJira.Options.dataCenter());
        world.rows
                .sql("UPDATE configuration SET value = jsonb_set(value, '{projects,SEC}', value #> '{projects,SEC}' ||"
                        + " '{\"follow\": [\"Summary\"], \"remote_link\": true}') WHERE key = 'jira_integration'")
                .update();
        bridge = world.with("bridge.faraday.url", "https://faraday.example/#/vulns/{id}")
                .with("bridge.faraday.login-url", "")
                .bridge("bridge")
                .start()
                .awaitReady();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void exported() {
        world.jira.calm();
        vulnerability = world.vulnerabilities(1).get(0);
        world.export(List.of(vulnerability));
        world.awaitLinked(List.of(vulnerability), SOON);
        awaitInStep();
        assertThat(world.jira.remoteLinks(world.key(vulnerability))).hasSize(1);
    }

    private void change(String change) {
        world.rows
                .sql("UPDATE vulnerability SET " + change + " WHERE id = ?")
                .param(vulnerability)
                .update();
    }

    private int rows(String condition) {
        return world.count("faraday_bridge.followed_link f JOIN faraday_bridge.issue_link l ON l.id = f.link_id"
                + " JOIN vulnerability v ON v.id = l.vulnerability_id WHERE v.id = " + vulnerability + condition);
    }

    private void awaitInStep() {
        await().atMost(SOON)
                .until(() ->
                        rows(" AND f.row_version = v.xmin::text AND f.named = f.named_seen AND f.lease_token IS NULL")
                                == 1);
    }

    /** Also the dead process' lease ends, as it does at some time. */
    private void killAndRestart() {
        bridge.kill();
        assertThat(rows(" AND f.lease_token IS NOT NULL")).isEqualTo(1);
        world.rows
                .sql("UPDATE faraday_bridge.followed_link SET lease_until = now() WHERE lease_token IS NOT NULL")
                .update();
        bridge.start().awaitReady();
    }

    private String title() {
        return world.jira
                .remoteLinks(world.key(vulnerability))
                .get(0)
                .at("/object/title")
                .asText();
    }

    @Test
    void after_a_field_was_sent_a_value_that_a_user_writes_meanwhile_is_kept() {
        world.jira.faults().next(1, "PUT", "/issue/[^/]+$", ANSWERED_TOO_LATE);
        change("name = 'Sent before the kill'");
        await().atMost(SOON).until(() -> world.issue(vulnerability).summary().contains("Sent before the kill"));
        bridge.kill();
        world.jira.editPerson(world.key(vulnerability), "summary", "Jane's after the kill");

        killAndRestart();
        awaitInStep();

        assertThat(world.issue(vulnerability).summary()).isEqualTo("Jane's after the kill");
        assertThat(title()).isEqualTo("Sent before the kill");
    }

    @Test
    void after_a_remote_link_was_sent_there_is_one_and_it_is_kept_up() {
        world.jira.faults().next(1, "POST", "/remotelink$", ANSWERED_TOO_LATE);
        change("name = 'Sent before the kill'");
        await().atMost(SOON).until(() -> title().equals("Sent before the kill"));
        bridge.kill();
        change("name = 'Renamed after the kill'");

        killAndRestart();
        awaitInStep();

        assertThat(title()).isEqualTo("Renamed after the kill");
        assertThat(world.jira.remoteLinks(world.key(vulnerability))).hasSize(1);
    }

    @Test
    void after_a_remote_link_was_removed_nothing_remembers_it() {
        String key = world.key(vulnerability);
        world.jira.faults().next(1, "DELETE", "/remotelink$", ANSWERED_TOO_LATE);
        change("issuetracker = ''");
        await().atMost(SOON).until(() -> world.jira.remoteLinks(key).isEmpty());

        killAndRestart();

        await().atMost(SOON).until(() -> rows("") == 0);
        assertThat(world.jira.remoteLinks(key)).isEmpty();
    }
}
