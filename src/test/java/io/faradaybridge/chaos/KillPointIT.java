package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.Permissions;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import io.faradaybridge.sandbox.jira.ReceivedCall.Kind;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The packaged bridge, with the examples among its flows, is killed at each place where something has happened on one side and
 * not yet on the other.
 */
class KillPointIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static ChaosWorld world;
    private static Tap tap;
    private static KilledBridge bridge;

    private int vulnerability;
    private int issues;

    @BeforeAll
    static void start() {
        world = new ChaosWorld(SandboxJira.Options.dataCenter());
        tap = new Tap(world.artemis.port());
        bridge = new KilledBridge(world.with("bridge.broker.url", "tcp://localhost:" + tap.port()));
    }

    @AfterAll
    static void stop() {
        tap.close();
        bridge.close();
        world.close();
    }

    @BeforeEach
    void one() {
        world.jira.calm();
        vulnerability = world.vulnerabilities(1).get(0);
        issues = world.jira.issues().size();
    }

    private void export() {
        world.export(List.of(vulnerability));
    }

    private void exported() {
        export();
        awaitOneIssue();
    }

    /** The dead process' leases end at some time; here at once. */
    private void awaitOneIssue() {
        await().atMost(SOON).until(() -> {
            world.minutesPass(Duration.ZERO);
            return world.unlinked(List.of(vulnerability)) == 0;
        });
        assertThat(world.jira.issues()).hasSize(issues + 1);
        await().atMost(SOON).until(() -> world.count("faraday_bridge.issue_link WHERE lease_token IS NOT NULL") == 0);
        assertThat(world.count("faraday_bridge.dead_letter")).isZero();
    }

    private void awaitOneTransition(String status) {
        await().atMost(SOON).until(() -> world.issue(vulnerability).statusName().equals(status));
        await().atMost(SOON)
                .until(() -> world.count("faraday_bridge.issue_link WHERE vulnerability_id = " + vulnerability
                                + " AND (lease_token IS NOT NULL OR driving_since IS NOT NULL"
                                + " OR hints <> hints_seen OR faraday_hints <> faraday_hints_seen)")
                        == 0);
        assertThat(world.issue(vulnerability).transitions()).isEqualTo(1);
        assertThat(world.equal(vulnerability)).isTrue();
    }

    @Test
    @Tag("long")
    void after_reserving() {
        bridge.killAt("after-reserving", this::export);

        awaitOneIssue();
    }

    @Test
    @Tag("long")
    void after_a_rule_has_found_a_vulnerability_and_not_reserved_it() {
        world.rows
                .sql("UPDATE configuration SET value = jsonb_set(value, '{projects,SEC,export_rule}',"
                        + " '{\"enabled\": true, \"only_created_after\": \"2100-01-01T00:00:00Z\"}')"
                        + " WHERE key = 'jira_integration'")
                .update();
        try {
            bridge.killAt("after-a-rule-has-found", () -> world.rows
                    .sql("UPDATE vulnerability SET create_date = '2100-01-02' WHERE id = ?")
                    .param(vulnerability)
                    .update());
            assertThat(world.count("faraday_bridge.export_item WHERE vulnerability_id = " + vulnerability))
                    .isZero();

            awaitOneIssue();
        } finally {
            world.rows
                    .sql("UPDATE configuration SET value = value #- '{projects,SEC,export_rule}'"
                            + " WHERE key = 'jira_integration'")
                    .update();
        }
        assertThat(world.count("faraday_bridge.export_item WHERE vulnerability_id = " + vulnerability))
                .isEqualTo(1);
    }

    @Test
    @Tag("long")
    void after_sending() {
        world.jira.clearRequests();
        world.jira.faults().next(1, "POST", ".*/issue/bulk", Fault.slowAnswer(Duration.ofSeconds(5)));
        export();
        await().atMost(SOON).until(() -> world.jira.issues().size() == issues + 1);
        bridge.killAndRestart();

        awaitOneIssue();
        assertThat(world.jira.count(Kind.CREATE)).isEqualTo(1);
    }

    @Test
    @Tag("long")
    void the_examples_tell_a_chat_of_a_change_that_cannot_be_made_and_write_down_one_that_was() {
        exported();
        String key = world.key(vulnerability);
        world.setStatus(vulnerability, "re-opened");
        await().atMost(SOON).until(() -> world.issue(vulnerability).statusName().equals("In Progress"));
        Permissions permissions = world.jira.permissions();
        permissions.withdraw(Permission.TRANSITION, "SEC", SandboxConnection.SERVICE_ACCOUNT);
        try {
            world.setStatus(vulnerability, "closed");

            await().atMost(SOON).until(() -> bridge.places().notices().stream()
                    .anyMatch(notice -> notice.startsWith(
                            "{\"text\":\"BLOCKED: vulnerability " + vulnerability + ", issue " + key + ": ")));
        } finally {
            permissions.grant(Permission.TRANSITION, "SEC", SandboxConnection.SERVICE_ACCOUNT);
        }
        await().atMost(SOON).ignoreExceptions().until(() -> audit().stream()
                .anyMatch(line -> line.contains(",DRIVEN,") && line.contains("," + key + "," + vulnerability)));
    }

    private static List<String> audit() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> days = Files.list(world.folder.resolve("bridge/audit"))) {
            for (Path day : days.toList()) {
                lines.addAll(Files.readAllLines(day));
            }
        }
        return lines;
    }

    @Test
    void after_the_answer() {
        bridge.killAt("after-the-answer", this::export);

        awaitOneIssue();
    }

    @Test
    @Tag("long")
    void after_linking() {
        bridge.killAt("after-linking", this::export);

        awaitOneIssue();
    }

    @Test
    @Tag("long")
    void after_the_transition_before_its_commit() {
        exported();

        bridge.killAt("after-the-transition", () -> world.setStatus(vulnerability, "closed"));

        awaitOneTransition("Done");
        assertThat(world.status(vulnerability)).isEqualTo("closed");
    }

    @Test
    @Tag("long")
    void after_storing_a_hint() {
        exported();
        world.jira.automation(world.webhook(bridge.process()), world.token());

        bridge.killAt("after-storing-a-hint", () -> world.jira.movePerson(world.key(vulnerability), "In Progress"));

        await().atMost(SOON).until(() -> world.status(vulnerability).equals("re-opened"));
        awaitOneTransition("In Progress");
    }

    @Test
    @Tag("long")
    void after_committing_a_messages_hint_before_its_acknowledgement() {
        exported();
        tap.silence();
        world.rows
                .sql("UPDATE vulnerability SET status = 'closed' WHERE id = ?")
                .param(vulnerability)
                .update();
        world.send("vuln-status", "{\"vulnerability_id\": " + vulnerability + "}");
        await().atMost(SOON)
                .until(() -> world.count("faraday_bridge.issue_link WHERE faraday_hints > 0 AND vulnerability_id = "
                                + vulnerability)
                        == 1);
        bridge.process().kill();
        tap.listenAgain();
        bridge.process().start().awaitReady();

        await("the message is delivered again")
                .atMost(SOON)
                .until(() -> world.count("faraday_bridge.issue_link WHERE faraday_hints = 2 AND vulnerability_id = "
                                + vulnerability)
                        == 1);
        world.minutesPass(Duration.ZERO);
        awaitOneTransition("Done");
    }
}
