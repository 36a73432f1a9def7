package io.faradaybridge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.broker.EmbeddedBroker;
import io.faradaybridge.broker.Stomp;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a look leads to, it leads there from wherever it was asked for, in one round and without an error: detector and
 * sweep sleep, so that nothing makes good what the flow itself got wrong.
 */
@Tag("long")
class EveryOriginStoryTest {

    private static BridgeWorld world;

    enum Origin {
        WEBHOOK,
        SWEEP,
        MESSAGE,
        DETECTOR,
        REPLAY
    }

    /** Where both sides stand when somebody asks to look, and what becomes of it. Every pair began as open, To Do. */
    private enum Standing {
        NOTHING("SEC", "open", "To Do", "", "open", "To Do"),
        APPLIED("SEC", "open", "Done", "applied", "closed", "Done"),
        DRIVEN("SEC", "closed", "In Review", "driven", "closed", "Done"),
        DRIVEN_FROM_THE_START("SEC", "re-opened", "To Do", "driven", "re-opened", "In Progress"),
        SETTLED("SEC", "closed", "Done", "settled", "closed", "Done"),
        CONFLICT("SEC", "closed", "In Progress", "conflict", "re-opened", "In Progress"),
        UNMAPPED("SEC", "open", "In Review", "ignored", "open", "In Review"),
        /** Jira's workflow there leads from In Progress to Done by two steps, and Faraday wins. */
        BLOCKED("WEB", "closed", "In Progress", "blocked", "closed", "In Progress");

        private final String project;
        private final String faraday;
        private final String jira;
        private final String outcome;
        private final String faradayThen;
        private final String jiraThen;

        Standing(String project, String faraday, String jira, String outcome, String faradayThen, String jiraThen) {
            this.project = project;
            this.faraday = faraday;
            this.jira = jira;
            this.outcome = outcome;
            this.faradayThen = faradayThen;
            this.jiraThen = jiraThen;
        }

        /** The sweep hints only where it finds a status that is news. */
        boolean comesFrom(Origin origin) {
            return origin != Origin.SWEEP || !jira.equals("To Do");
        }
    }

    @BeforeAll
    static void begin() {
        world = BridgeWorld.asleep(SandboxJira.Options.dataCenter())
                .with("bridge.detector.interval", "1h")
                .start();
    }

    @AfterAll
    static void end() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource
    void every_decision_is_carried_out_in_one_round(Origin origin) throws Exception {
        Map<Standing, Link> links = new LinkedHashMap<>();
        for (Standing standing : Standing.values()) {
            if (standing.comesFrom(origin)) {
                links.put(standing, moved(standing.project, standing.faraday, standing.jira));
            }
        }

        ask(origin, List.copyOf(links.values()));

        links.forEach((standing, link) -> {
            link.awaitQuiet();
            assertThat(link.outcomes())
                    .as("%s by %s", standing, origin)
                    .filteredOn(outcome -> !outcome.equals("replayed"))
                    .isEqualTo(
                            standing.outcome.isEmpty() ? List.of("exported") : List.of("exported", standing.outcome));
            assertThat(link.faraday()).as("%s by %s", standing, origin).isEqualTo(standing.faradayThen);
            assertThat(link.jira()).as("%s by %s", standing, origin).isEqualTo(standing.jiraThen);
            assertThat(attempts(link)).as("%s by %s", standing, origin).isZero();
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_conflict_that_faraday_wins_moves_the_issue_in_one_round(Origin origin) throws Exception {
        world.configure("jsonb_set(value, '{projects,SEC,attribute_mapping,policy}', '\"faraday-wins\"')");
        try {
            Link link = moved("SEC", "closed", "In Progress");

            ask(origin, List.of(link));

            link.awaitQuiet();
            assertThat(link.outcomes())
                    .filteredOn(outcome -> !outcome.equals("replayed"))
                    .containsExactly("exported", "conflict");
            assertThat(link.jira()).isEqualTo("Done");
            assertThat(link.faraday()).isEqualTo("closed");
            assertThat(attempts(link)).isZero();
        } finally {
            world.configure("value #- '{projects,SEC,attribute_mapping,policy}'");
        }
    }

    /** A program sends its message before its own transaction is committed. */
    @Test
    void a_message_that_comes_before_its_commit_is_looked_at_again_without_the_detector() throws Exception {
        Link link = Link.exported(world, "SEC");
        try (Stomp stomp = new Stomp(world.bean(EmbeddedBroker.class).port("stomp"), "faraday", "sandbox")) {
            stomp.sendText(
                    "vuln-status", "{\"vulnerability_id\": " + link.vulnerability() + ", \"status\": \"closed\"}");
        }
        await().until(() -> number("faraday_hints", link) == 1);
        await().pollDelay(Duration.ofMillis(1500)).until(() -> true);

        world.setStatus(link.vulnerability(), "closed");

        link.awaitJira("Done");
    }

    /** No message or webhook goes to the bridge yet. */
    private static Link moved(String project, String faraday, String jira) {
        Link link = Link.exported(world, project);
        link.awaitQuiet();
        if (!jira.equals("To Do")) {
            world.jira().movePerson(link.issueKey(), jira);
        }
        if (!faraday.equals("open")) {
            world.setStatus(link.vulnerability(), faraday);
        }
        return link;
    }

    private static void ask(Origin origin, List<Link> links) throws Exception {
        switch (origin) {
            case WEBHOOK -> links.forEach(EveryOriginStoryTest::webhook);
            case SWEEP -> {
                world.rows()
                        .sql("DELETE FROM faraday_bridge.runtime_state WHERE name LIKE 'sweep:%'")
                        .update();
                restart("sweep");
            }
            case MESSAGE -> {
                links.forEach(EveryOriginStoryTest::hint);
                try (Stomp stomp = new Stomp(world.bean(EmbeddedBroker.class).port("stomp"), "faraday", "sandbox")) {
                    for (Link link : links) {
                        stomp.sendText("vuln-status", "{\"vulnerability_id\": " + link.vulnerability() + "}");
                    }
                }
                // before they arrive everything is quiet too
                await().until(() -> links.stream().allMatch(EveryOriginStoryTest::announced));
            }
            case DETECTOR -> {
                links.forEach(EveryOriginStoryTest::hint);
                restart("detector");
            }
            case REPLAY -> {
                links.forEach(link -> world.post(
                        "/_api/v3/integrations/jira/links/" + link.vulnerability() + "/replay",
                        "",
                        BridgeWorld.basic("faraday", "faraday")));
                restart("detector");
            }
        }
        await().until(() -> links.stream().allMatch(EveryOriginStoryTest::lookedAt));
    }

    /** Says that the issue is where it is; of one that did not move, that it did. */
    private static void webhook(Link link) {
        String status = link.jira().equals("To Do") ? "Done" : link.jira();
        world.post(
                "/_api/v3/integrations/jira/update-issues",
                "{\"title\": \"" + link.issueKey() + "\", \"desc\": \"\", \"priority\": \"High\", \"status\": \""
                        + status + "\"}",
                Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN));
    }

    /** A webhook's hint, stored by a process that died right then. */
    private static void hint(Link link) {
        world.rows()
                .sql("UPDATE faraday_bridge.issue_link SET hints = hints + 1 WHERE vulnerability_id = ?")
                .param(link.vulnerability())
                .update();
    }

    private static void restart(String route) throws Exception {
        var routes = world.bean(CamelContext.class).getRouteController();
        routes.stopRoute(route);
        routes.startRoute(route);
    }

    private static boolean announced(Link link) {
        return number("faraday_hints", link) > 0;
    }

    /** The hints of whoever asked are covered, or something went wrong. */
    private static boolean lookedAt(Link link) {
        return number("hints_seen", link) > 0 || attempts(link) > 0;
    }

    private static int attempts(Link link) {
        return number("attempts", link);
    }

    private static int number(String column, Link link) {
        return world.rows()
                .sql("SELECT " + column + " FROM faraday_bridge.issue_link WHERE vulnerability_id = ?")
                .param(link.vulnerability())
                .query(Integer.class)
                .single();
    }
}
