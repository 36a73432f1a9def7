package io.faradaybridge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.broker.EmbeddedBroker;
import io.faradaybridge.broker.Stomp;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.PassedTime;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The database, Jira or the broker's folder fails; the bridge stays up, loses nothing and needs no hand. */
@Tag("long")
@ExtendWith(OutputCaptureExtension.class)
class OutageStoryTest {

    private static final Duration SOON = Duration.ofMinutes(2);

    private static FaradayDatabase server;

    private BridgeWorld world;

    @BeforeAll
    static void open() {
        server = FaradayDatabase.start();
    }

    @AfterAll
    static void shut() {
        server.close();
    }

    private BridgeWorld asleep() {
        world = BridgeWorld.beforeTheFirstStart(server, SandboxJira.Options.dataCenter())
                .with("bridge.sweep.interval", "1s")
                .with("bridge.broker.redelivery.attempts", 3)
                .with("bridge.broker.redelivery.delay", "100ms")
                .with("spring.datasource.hikari.connection-timeout", 1000);
        return world;
    }

    @AfterEach
    void leave() {
        world.close();
        server.restart(); // whatever a story left of it
    }

    private java.net.http.HttpResponse<String> webhook(Link link, String status) {
        return world.post(
                "/_api/v3/integrations/jira/update-issues",
                "{\"title\": \"" + link.issueKey() + "\", \"status\": \"" + status + "\"}",
                Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN));
    }

    private void send(Link link) throws Exception {
        try (Stomp stomp = new Stomp(world.bean(EmbeddedBroker.class).port("stomp"), "faraday", "sandbox")) {
            stomp.sendText("vuln-status", "{\"vulnerability_id\": " + link.vulnerability() + "}");
        }
    }

    private int deadLetters() {
        return world.rows()
                .sql("SELECT count(*) FROM faraday_bridge.dead_letter")
                .query(Integer.class)
                .single();
    }

    @Test
    void a_database_that_is_down_at_start_is_waited_for() {
        asleep();
        server.stop();
        world.start();

        var refused = world.post(
                "/_api/v3/integrations/jira/update-issues",
                "{\"title\": \"SEC-1\", \"status\": \"Done\"}",
                Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).doesNotContain("Exception").doesNotContain("\tat ");
        var api = world.get("/_api/v3/integrations/jira/activity", BridgeWorld.basic("faraday", "faraday"));
        assertThat(api.statusCode()).isEqualTo(503);
        assertThat(api.headers().firstValue("Retry-After")).isPresent();
        assertThat(api.body()).doesNotContain("Exception");
        assertThat(world.readiness()).isNotEqualTo("UP");

        server.restart();

        await().atMost(SOON).until(() -> world.readiness().equals("UP"));
        Link link = Link.exported(world, "SEC");
        world.jira().automation(world.webhookUrl(), SampleFaraday.TOKEN_OF_ADMIN);
        world.jira().movePerson(link.issueKey(), "Done");
        link.awaitFaraday("closed");
        link.awaitQuiet();
        world.setStatus(link.vulnerability(), "re-opened");
        link.awaitJira("In Progress");
    }

    @Test
    void a_database_that_restarts_under_load_costs_no_change() throws Exception {
        asleep().start();
        List<Link> links = Link.exported(world, "SEC", 24);
        links.forEach(Link::awaitQuiet);
        world.jira().automation(world.webhookUrl(), SampleFaraday.TOKEN_OF_ADMIN);
        List<Link> movedInFaraday = links.subList(0, 12);
        List<Link> movedInJira = links.subList(12, 24);
        for (Link link : movedInFaraday) {
            world.setStatus(link.vulnerability(), "closed");
        }

        Thread people = new Thread(() -> movedInJira.forEach(link -> {
            world.jira().movePerson(link.issueKey(), "In Progress");
            webhook(link, "In Progress");
        }));
        people.start();
        for (Link link : movedInFaraday.subList(0, 6)) {
            send(link);
        }
        server.stop();
        for (Link link : movedInFaraday) {
            send(link);
        }
        server.restart();
        people.join();

        // A worker that lost its database cannot let go of its link: the lease runs out by itself.
        await().atMost(SOON).pollInterval(Duration.ofSeconds(1)).until(() -> {
            PassedTime.minutes(world.rows(), Duration.ofSeconds(5));
            return movedInFaraday.stream().allMatch(link -> link.jira().equals("Done"))
                    && movedInJira.stream().allMatch(link -> link.faraday().equals("re-opened"))
                    && links.stream().allMatch(Link::isQuiet);
        });
        assertThat(movedInFaraday).extracting(Link::faraday).containsOnly("closed");
        assertThat(movedInJira).extracting(Link::jira).containsOnly("In Progress");
        assertThat(deadLetters()).isZero();
    }

    @Test
    void a_message_that_is_sent_while_the_database_is_away_waits_on_the_broker(CapturedOutput log) throws Exception {
        asleep().start();
        List<Integer> two = world.vulnerabilities(2);
        server.stop();

        try (Stomp stomp = new Stomp(world.bean(EmbeddedBroker.class).port("stomp"), "faraday", "sandbox")) {
            assertThat(stomp.sendText("vuln-export", "{\"vulnerability_ids\": " + two + ", \"project\": \"SEC\"}"))
                    .startsWith("RECEIPT");
        }
        // far longer than the attempts that a message has
        await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
        server.restart();

        await().atMost(SOON)
                .until(() -> two.stream().noneMatch(id -> world.issueKey(id).isEmpty()));
        assertThat(deadLetters()).isZero();
        assertThat(log.getAll().lines().filter(line -> line.contains("WARN") && line.contains("atabase")))
                .as("what the flows say of one outage")
                .hasSizeBetween(1, 3);
    }

    @Test
    void a_jira_that_is_down_at_start_is_waited_for() {
        asleep();
        world.jira().stop();

        world.start();

        await().atMost(SOON).until(() -> world.readiness().equals("UP"));
        List<Integer> one = world.vulnerabilities(1);
        long batch = world.export(one, "SEC").path("id").asLong();
        await().until(() -> rowsOf("AWAY") == 1);
        assertThat(world.batch(batch).path("finished").asBoolean()).isFalse();
        world.jira().restart();
        await().atMost(SOON).until(() -> !world.issueKey(one.get(0)).isEmpty());
    }

    @Test
    void an_outage_of_jira_is_two_rows_however_many_changes_wait() {
        asleep().start();
        List<Link> links = Link.exported(world, "SEC", 60);
        links.forEach(Link::awaitQuiet);
        world.jira().stop();
        links.forEach(link -> world.setStatus(link.vulnerability(), "closed"));
        await().until(() -> rowsOf("AWAY") == 1);
        await().pollDelay(Duration.ofSeconds(5)).until(() -> true);

        world.jira().restart();

        links.forEach(link -> link.awaitJira("Done"));
        assertThat(rowsOf("AWAY")).isEqualTo(1);
        assertThat(rowsOf("BACK")).isEqualTo(1);
        assertThat(rowsOf("DRIVEN")).isEqualTo(60);
        assertThat(rowsOf("POSTPONED")).as("only what was under way").isLessThan(30);
        assertThat(rowsOf("BLOCKED")).isZero();
    }

    private int rowsOf(String outcome) {
        return world.rows()
                .sql("SELECT count(*) FROM faraday_bridge.activity WHERE outcome = ?")
                .param(outcome)
                .query(Integer.class)
                .single();
    }

    @Test
    void a_broker_folder_that_cannot_be_used_is_named() throws Exception {
        asleep();
        var folder = Files.writeString(world.directory().resolve("not-a-folder"), "");
        world.with("bridge.broker.data-dir", folder);

        assertThatThrownBy(world::start)
                .hasStackTraceContaining("The embedded broker did not start in " + folder + ": Not a directory")
                .hasStackTraceContaining("bridge.broker");
    }

    @Test
    void a_broker_folder_that_another_bridge_uses_is_named() {
        asleep().start();
        BridgeWorld second = BridgeWorld.beforeTheFirstStart(server, SandboxJira.Options.dataCenter())
                .with("bridge.broker.data-dir", world.directory().resolve("broker"));
        try {
            assertThatThrownBy(second::start)
                    .hasStackTraceContaining("Is another bridge running on this folder")
                    .hasStackTraceContaining(world.directory().resolve("broker").toString());
        } finally {
            second.close();
        }
    }
}
