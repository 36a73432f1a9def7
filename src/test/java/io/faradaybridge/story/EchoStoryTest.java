package io.faradaybridge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many changes on both sides at once, with the Automation rule on: nothing bounces, nothing is made twice. */
class EchoStoryTest {

    private static final Map<String, String> IN = Map.of("To Do", "open", "In Progress", "re-opened", "Done", "closed");
    private static final Map<String, String> OUT =
            Map.of("open", "To Do", "re-opened", "In Progress", "closed", "Done", "risk-accepted", "Done");
    private static final List<String> FARADAY = List.of("closed", "risk-accepted", "re-opened");
    private static final List<String> JIRA = List.of("Done", "In Progress", "In Review");

    private BridgeWorld world;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
    }

    @Test
    void two_hundred_changes_each_way_at_once_end_equal_without_ping_pong() {
        List<Link> links = Link.exported(world, "SEC", 400);
        world.jira()
                .automation(world.webhookUrl(), SampleFaraday.TOKEN_OF_ADMIN)
                .delay(Duration.ZERO, Duration.ofMillis(400))
                .reorders(true)
                .duplicates(0.2);
        long began = System.nanoTime();

        for (int i = 0; i < 200; i++) {
            world.setStatus(links.get(i).vulnerability(), FARADAY.get(i % 3));
            world.jira().movePerson(links.get(200 + i).issueKey(), JIRA.get(i % 3));
        }

        await().atMost(Duration.ofSeconds(90)).until(() -> unsettled() == 0);
        System.out.println("400 changes settled in " + (System.nanoTime() - began) / 1_000_000 + " ms");
        await().pollDelay(Duration.ofSeconds(3)).until(() -> unsettled() == 0); // the last echoes are in
        for (int i = 0; i < 200; i++) {
            Link fromFaraday = links.get(i);
            assertThat(fromFaraday.faraday())
                    .as("a person's change is not undone")
                    .isEqualTo(FARADAY.get(i % 3));
            assertThat(fromFaraday.jira()).isEqualTo(OUT.get(FARADAY.get(i % 3)));
            assertThat(world.jira().issue(fromFaraday.issueKey()).transitions()).isEqualTo(1);
            Link fromJira = links.get(200 + i);
            assertThat(fromJira.jira()).isEqualTo(JIRA.get(i % 3));
            assertThat(fromJira.faraday()).isEqualTo(IN.getOrDefault(JIRA.get(i % 3), "open"));
            assertThat(world.jira().issue(fromJira.issueKey()).transitions()).isEqualTo(1);
            assertThat(fromJira.outcomes()).filteredOn("applied"::equals).hasSizeLessThanOrEqualTo(1);
            assertThat(fromFaraday.outcomes()).doesNotContain("applied", "conflict");
        }
    }

    @Test
    void both_sides_of_one_link_changed_back_and_forth_end_in_step() {
        List<Link> links = Link.exported(world, "SEC", 20);
        world.jira()
                .automation(world.webhookUrl(), SampleFaraday.TOKEN_OF_ADMIN)
                .delay(Duration.ZERO, Duration.ofMillis(300))
                .reorders(true)
                .loses(0.2);

        for (int round = 0; round < 6; round++) {
            for (int i = 0; i < links.size(); i++) {
                if ((round + i) % 2 == 0) {
                    world.setStatus(links.get(i).vulnerability(), FARADAY.get((round + i) % 3));
                } else {
                    world.jira().movePerson(links.get(i).issueKey(), JIRA.get((round + i) % 3));
                }
            }
        }

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            world.rows()
                    .sql("DELETE FROM faraday_bridge.runtime_state WHERE name LIKE 'sweep:%'")
                    .update();
            assertThat(unsettled()).isZero();
            assertThat(links).allSatisfy(link -> {
                String faraday = link.faraday();
                String jira = link.jira();
                boolean inStep = jira.equals(OUT.get(faraday)) || faraday.equals(IN.get(jira)) || !IN.containsKey(jira);
                assertThat(inStep)
                        .as(link.issueKey() + ": " + faraday + " and " + jira)
                        .isTrue();
            });
        });
    }

    private int unsettled() {
        return world.rows().sql("""
                        SELECT count(*) FROM faraday_bridge.issue_link l JOIN vulnerability v ON v.id = l.vulnerability_id
                         WHERE l.ended_at IS NULL AND l.blocked_at IS NULL AND (l.lease_token IS NOT NULL
                            OR l.hints <> l.hints_seen OR l.driving_since IS NOT NULL OR l.faraday_status <> v.status::text)""").query(Integer.class).single();
    }
}
