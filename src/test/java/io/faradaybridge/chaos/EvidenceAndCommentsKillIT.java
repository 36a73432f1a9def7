package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.FreePort;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SandboxFaraday;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.SandboxJira;
import io.faradaybridge.sandbox.jira.SandboxJira.Attachment;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The packaged bridge is killed when Jira has a file or a comment and the bridge has not saved that yet, and while it writes a
 * comment into Faraday: each is there once afterwards.
 */
@Tag("long")
class EvidenceAndCommentsKillIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Fault ANSWERED_TOO_LATE = Fault.slowAnswer(Duration.ofSeconds(8));

    private static ChaosWorld world;
    private static SandboxFaraday faraday;
    private static BridgeProcess bridge;

    private int vulnerability;

    @BeforeAll
    static void start() {
        world = new ChaosWorld(SandboxJira.Options.dataCenter());
        int port = FreePort.next();
        faraday = SandboxFaraday.start(world.database.dataSource(), port);
        bridge = world.with("bridge.faraday.login-url", "http://localhost:" + port + "/#/vulns")
                .with("bridge.faraday.api.password", "faraday")
                .bridge("bridge")
                .start()
                .awaitReady();
        bridge.call("PUT", "/projects/SEC/attachments", "{\"enabled\": true}", 200);
        bridge.call("PUT", "/projects/SEC/comments", "{\"comments\": \"both\"}", 200);
    }

    @AfterAll
    static void stop() {
        world.close();
        faraday.close();
    }

    @BeforeEach
    void one() {
        world.jira.calm();
        vulnerability = world.vulnerabilities(1).get(0);
    }

    private void exported() {
        world.export(List.of(vulnerability));
        world.awaitLinked(List.of(vulnerability), SOON);
        awaitNothingOwed();
    }

    private int rows(String table, String condition) {
        return world.count("faraday_bridge." + table + " t JOIN faraday_bridge.issue_link l ON l.id = t.link_id"
                + " WHERE l.vulnerability_id = " + vulnerability + condition);
    }

    private void awaitNothingOwed() {
        await().atMost(SOON)
                .until(() -> rows("owed_attachments", "") == 0
                        && rows("copied_comment", " AND t.state = 'due'") == 0
                        && rows("commented_link", " AND (t.named <> t.named_seen OR t.lease_token IS NOT NULL)") == 0);
    }

    /** Also the dead process' lease ends, as it does at some time. */
    private void killAndRestart(String table) {
        bridge.kill();
        assertThat(rows(table, " AND t.lease_token IS NOT NULL")).isEqualTo(1);
        world.rows
                .sql("UPDATE faraday_bridge." + table + " SET lease_until = now() WHERE lease_token IS NOT NULL")
                .update();
        bridge.start().awaitReady();
    }

    private List<String> files() {
        return world.jira.attachments(world.key(vulnerability)).stream()
                .map(Attachment::filename)
                .toList();
    }

    private List<String> inJira() {
        return world.issue(vulnerability).comments().stream()
                .map(comment -> comment.path("body").asText())
                .toList();
    }

    private List<String> inFaraday() {
        return world.rows
                .sql(
                        "SELECT text FROM comment WHERE object_id = ? AND object_type = 'vulnerability' AND comment_type = 'user'"
                                + " ORDER BY id")
                .param(vulnerability)
                .query(String.class)
                .list();
    }

    private void writeInFaraday(String text) {
        world.rows
                .sql("""
                INSERT INTO comment (comment_type, text, workspace_id, object_id, object_type, creator_id, create_date)
                SELECT 'user', ?, v.workspace_id, v.id, 'vulnerability', ?, now() AT TIME ZONE 'utc'
                  FROM vulnerability v WHERE v.id = ?""")
                .param(text)
                .param(SampleFaraday.PENTESTER)
                .param(vulnerability)
                .update();
    }

    @Test
    void a_file_that_jira_took_before_the_kill_is_attached_once_and_the_others_follow() {
        for (String name : List.of("first.txt", "second.txt", "third.txt")) {
            faraday.upload(vulnerability, name, "text/plain", name.getBytes(StandardCharsets.UTF_8));
        }
        world.jira.faults().next(1, "POST", "/attachments$", Fault.latency(Duration.ZERO));
        world.jira.faults().next(1, "POST", "/attachments$", ANSWERED_TOO_LATE);
        world.export(List.of(vulnerability));
        world.awaitLinked(List.of(vulnerability), SOON);
        await().atMost(SOON).until(() -> files().size() == 2);

        killAndRestart("owed_attachments");
        awaitNothingOwed();

        assertThat(files()).containsExactly("first.txt", "second.txt", "third.txt");
    }

    @Test
    void a_comment_that_jira_took_before_the_kill_is_there_once_and_comes_not_back() {
        exported();
        world.jira.faults().next(1, "POST", "/comment$", ANSWERED_TOO_LATE);
        writeInFaraday("@jira Is this fixed in 2.1?");
        await().atMost(SOON).until(() -> inJira().size() == 1);
        writeInFaraday("@jira And in 2.2?");

        killAndRestart("commented_link");

        await().atMost(SOON).until(() -> inJira().size() == 2);
        awaitNothingOwed();
        assertThat(inJira())
                .satisfiesExactly(first -> assertThat(first).contains("fixed in 2.1"), second -> assertThat(second)
                        .contains("in 2.2"));
        assertThat(inFaraday()).containsExactly("@jira Is this fixed in 2.1?", "@jira And in 2.2?");
    }

    @Test
    void a_comment_that_was_half_written_into_faraday_at_the_kill_is_there_once() throws SQLException {
        exported();
        try (Connection somebody = world.database.dataSource().getConnection();
                Statement locks = somebody.createStatement()) {
            somebody.setAutoCommit(false);
            locks.execute("SELECT 1 FROM vulnerability WHERE id = " + vulnerability + " FOR UPDATE");
            world.jira.commentPerson(world.key(vulnerability), "jdoe", "It is fixed in 2.1.");
            await("the bridge to wait for the row")
                    .atMost(SOON)
                    .until(() -> world.count("pg_stat_activity WHERE wait_event_type = 'Lock'"
                                    + " AND query LIKE '%FOR NO KEY UPDATE OF v%' AND datname = current_database()")
                            == 1);
            bridge.kill();
        } // only now the database notices that nobody listens any more

        killAndRestart("commented_link");
        await().atMost(SOON).until(() -> !inFaraday().isEmpty());
        awaitNothingOwed();
        assertThat(inFaraday()).singleElement(InstanceOfAssertFactories.STRING).contains("It is fixed in 2.1.");
        assertThat(inJira()).hasSize(1);
    }
}
