package io.faradaybridge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.Oddities.Oddity;
import io.faradaybridge.sandbox.jira.ReceivedCall.Kind;
import io.faradaybridge.sandbox.jira.SandboxJira;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The three flows against a Jira Cloud, by OAuth and by e-mail and API token. */
class CloudStoryTest {

    private BridgeWorld world;

    @AfterEach
    void leave() {
        world.close();
    }

    @Test
    @Tag("long")
    void the_flows_work_by_oauth() {
        world = BridgeWorld.of(SandboxJira.Options.cloud());
        goesBothWays();
        assertThat(world.jira().rejectedSignatures()).isEmpty();
    }

    @Test
    void the_flows_work_by_api_token() {
        world = BridgeWorld.asleep(
                        SandboxJira.Options.cloud().apiToken("bridge@example.org", "token-1", "faraday-bridge"))
                .with("bridge.connection.api-token-email", "bridge@example.org")
                .with("bridge.connection.api-token", "token-1")
                .with("bridge.sweep.interval", "1s")
                .start();
        goesBothWays();
        theSweepReadsEveryPage();
    }

    /** One linked issue among many others that changed, on the second page of a Jira that calls every page the last. */
    private void theSweepReadsEveryPage() {
        world.jira().calm();
        for (int other = 0; other < 120; other++) {
            world.jira().createPerson("SEC", "Bug", "Another issue");
        }
        Link link = Link.exported(world, "SEC"); // the last, so that no sweep ever finds it on a first page
        link.awaitQuiet();
        world.jira().oddities().enable(Oddity.SEARCH_TOKEN_REPEATS);
        await("what cannot be understood to be reported, and a sweep that had begun before to end")
                .until(() -> sweepsThatCameToNoEnd() == 1);

        world.jira().movePerson(link.issueKey(), "Done");
        long before = world.jira().count(Kind.SEARCH);
        await("a whole sweep after the change").until(() -> world.jira().count(Kind.SEARCH) >= before + 4);
        assertThat(link.faraday()).isEqualTo("open");
        world.jira().oddities().enable(Oddity.SEARCH_PAGES_ALL_LAST);
        world.jira().oddities().disable(Oddity.SEARCH_TOKEN_REPEATS);

        link.awaitFaraday("closed");
        assertThat(sweepsThatCameToNoEnd()).isEqualTo(1);
    }

    private int sweepsThatCameToNoEnd() {
        return world.rows()
                .sql("SELECT count(*) FROM faraday_bridge.activity WHERE outcome = 'POSTPONED'"
                        + " AND detail LIKE 'Jira did not return all changes%its pages repeat%'")
                .query(Integer.class)
                .single();
    }

    private void goesBothWays() {
        Link link = Link.exported(world, "SEC");
        world.jira().automation(world.webhookUrl(), SampleFaraday.TOKEN_OF_ADMIN);

        world.jira().movePerson(link.issueKey(), "Done");
        link.awaitFaraday("closed");
        link.awaitQuiet();
        world.setStatus(link.vulnerability(), "re-opened");
        link.awaitJira("In Progress");
        link.awaitQuiet();
        assertThat(link.outcomes()).startsWith("exported", "applied", "driven");
        seesItsDrivesInOneSearch(link);
    }

    private void seesItsDrivesInOneSearch(Link link) {
        world.jira().automation().enabled(false);
        world.sweep();
        link.awaitQuiet();
        world.jira().movePerson(link.issueKey(), "In Review");
        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");
        link.awaitQuiet();
        world.jira().clearRequests();

        world.sweep();

        await().until(() -> link.outcomes().contains("overtaken"));
        assertThat(link.calls()).isEmpty();
        assertThat(world.jira().requests())
                .filteredOn(call -> call.query().contains("expand=changelog"))
                .hasSize(1);
    }
}
