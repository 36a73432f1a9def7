package io.faradaybridge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.jira.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jira knows the bridge, and yet does not do all it is asked: what it refuses stands still, the rest goes on. */
class LimitedAccessStoryTest {

    private static final Duration SOON = Duration.ofSeconds(100);

    private BridgeWorld world;
    private long before;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
        before = world.rows()
                .sql("SELECT coalesce(max(id), 0) FROM faraday_bridge.activity")
                .query(Long.class)
                .single();
    }

    @AfterEach
    void calm() {
        world.jira().calm();
        world.bean(JiraAvailability.class).probeNow();
    }

    private List<String> ofTheSite() {
        return world.rows()
                .sql("SELECT outcome || ': ' || detail FROM faraday_bridge.activity WHERE id > ?"
                        + " AND outcome IN ('AWAY', 'BACK') ORDER BY id")
                .param(before)
                .query(String.class)
                .list();
    }

    @Test
    void a_token_that_may_not_make_transitions_blocks_those_with_the_reason_and_pauses_nobody() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().faults().sometimes(1, "POST", "/transitions$", Fault.scopeMismatch());

        world.setStatus(link.vulnerability(), "closed");

        await().atMost(SOON).until(() -> link.blockedReason().contains("scope does not match"));
        assertThat(link.blockedReason()).contains("Jira accepts the bridge's account");
        assertThat(Link.exported(world, "SEC").issueKey()).startsWith("SEC-");
        assertThat(ofTheSite()).isEmpty();
        assertThat(world.bean(JiraAvailability.class).report().since()).isNull();
    }

    @Test
    void a_jira_whose_licence_ended_is_waited_for_and_what_waited_goes_on_by_itself() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        int exported = world.vulnerabilities(1).get(0);
        world.jira().faults().sometimes(1, "POST", "/transitions$|/issue/bulk$", Fault.readOnly());

        world.setStatus(link.vulnerability(), "closed");
        long batch = world.export(List.of(exported), "SEC").path("id").asLong();

        await().atMost(SOON)
                .until(() -> world.outcomes(link.vulnerability()).contains("postponed")
                        && ofTheSite().size() == 1
                        && world.batch(batch).at("/items/0/state").asText().equals("reserved"));
        assertThat(ofTheSite())
                .singleElement()
                .asString()
                .startsWith("AWAY: Jira is read-only")
                .contains("expired");
        assertThat(link.blockedReason()).isEmpty();

        world.jira().faults().clear();

        link.awaitJira("Done");
        await().atMost(SOON).until(() -> !world.issueKey(exported).isEmpty());
        assertThat(ofTheSite()).hasSize(2).last().asString().startsWith("BACK: Jira takes changes again");
        assertThat(world.outcomes(link.vulnerability())).doesNotContain("blocked");
    }

    @Test
    void the_activity_names_jiras_limit() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().faults().next(1, "POST", "/transitions$", Fault.tooManyRequests(Duration.ofSeconds(1)));

        world.setStatus(link.vulnerability(), "closed");

        link.awaitJira("Done");
        assertThat(ofTheSite()).first().asString().contains("Jira limits our requests");
    }
}
