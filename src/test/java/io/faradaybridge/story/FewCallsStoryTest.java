package io.faradaybridge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.EachJira;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.Edition;
import io.faradaybridge.sandbox.jira.ReceivedCall;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many calls of Jira many changes at once cost. */
@Tag("long")
class FewCallsStoryTest {

    private static final Map<Edition, BridgeWorld> worlds = new EnumMap<>(Edition.class);

    private BridgeWorld world;

    @AfterAll
    static void leave() {
        worlds.values().forEach(BridgeWorld::close);
    }

    private void enter(Edition edition) {
        world = worlds.computeIfAbsent(edition, kind -> BridgeWorld.of(kind.options()));
        world.jira().automation(world.webhookUrl(), SampleFaraday.TOKEN_OF_ADMIN);
    }

    @EachJira(daily = Edition.DATA_CENTER_10)
    void two_hundred_outgoing_changes_during_a_sweep_cost_little_more_than_their_transitions(Edition edition) {
        enter(edition);
        List<Link> links = Link.exported(world, "SEC", 202);
        Link told = links.get(0);
        world.jira().movePerson(told.issueKey(), "Done"); // since a webhook arrived, statuses are assumed
        told.awaitFaraday("closed");
        Link warm = links.get(1);
        world.setStatus(warm.vulnerability(), "closed");
        warm.awaitJira("Done");
        warm.awaitQuiet();
        List<Link> changed = links.subList(2, links.size());
        world.jira().clearRequests();

        changed.forEach(link -> world.setStatus(link.vulnerability(), "closed"));
        await().until(() -> moved(changed) > 60);
        world.sweep();

        await().atMost(Duration.ofSeconds(120)).until(() -> moved(changed) == changed.size() && unsettled() == 0);
        int calls = figures("200 outgoing changes during a sweep, " + edition);
        assertThat(moved(changed)).isEqualTo(200);
        assertThat(calls).isBetween(200, 210);
    }

    @Test
    void two_hundred_incoming_changes_within_a_second_are_confirmed_together_on_cloud() {
        enter(Edition.CLOUD);
        List<Link> links = Link.exported(world, "SEC", 200);
        links.get(199).awaitQuiet();
        world.jira().clearRequests();

        world.jira().automation().enabled(false);
        links.forEach(link -> world.jira().movePerson(link.issueKey(), "Done"));
        // what two hundred webhooks leave, however long a busy machine takes to post them
        world.rows()
                .sql("UPDATE faraday_bridge.issue_link SET hints = hints + 1, hint_user_id = 1,"
                        + " hint_correlation = 'at-once' WHERE ended_at IS NULL")
                .update();

        await().atMost(Duration.ofSeconds(120))
                .until(() -> links.stream().allMatch(link -> link.faraday().equals("closed")) && unsettled() == 0);
        int calls = figures("200 incoming changes within a second, CLOUD");
        assertThat(calls).isLessThanOrEqualTo(20);
        assertThat(links).allSatisfy(link -> assertThat(link.outcomes()).containsExactly("exported", "applied"));
    }

    private long moved(List<Link> links) {
        return links.stream().filter(link -> link.jira().equals("Done")).count();
    }

    private int figures(String what) {
        List<ReceivedCall> calls = world.jira().requests();
        Map<ReceivedCall.Kind, Long> byKind =
                calls.stream().collect(Collectors.groupingBy(ReceivedCall::kind, Collectors.counting()));
        System.out.println(what + ": " + calls.size() + " calls " + byKind);
        return calls.size();
    }

    private int unsettled() {
        return world.rows().sql("""
                        SELECT count(*) FROM faraday_bridge.issue_link l JOIN vulnerability v ON v.id = l.vulnerability_id
                         WHERE l.ended_at IS NULL AND (l.lease_token IS NOT NULL OR l.hints <> l.hints_seen
                            OR l.driving_since IS NOT NULL OR l.faraday_status <> v.status::text)""").query(Integer.class).single();
    }
}
