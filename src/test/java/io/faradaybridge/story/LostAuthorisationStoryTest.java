package io.faradaybridge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.EachJira;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.jira.Edition;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.Oddities.Oddity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A token ends, and Jira serves it as an anonymous visitor without a word: nothing is gone, nothing is made twice. */
@Tag("long")
class LostAuthorisationStoryTest {

    private static final Duration SOON = Duration.ofSeconds(100);

    private BridgeWorld world;

    @AfterEach
    void leave() {
        world.close();
    }

    private void enter(Edition edition, boolean tellsWhom) {
        world = BridgeWorld.asleep(edition.options())
                .with("bridge.connection.watch-interval", "1s")
                .with("bridge.sweep.interval", "1s");
        if (!tellsWhom) {
            world.jira().oddities().enable(Oddity.IDENTITY_WITHHELD);
        }
        world.start();
    }

    private void timePasses(int vulnerability) {
        world.rows()
                .sql("UPDATE faraday_bridge.export_item SET sent_at = sent_at - interval '10 minutes',"
                        + " retry_at = retry_at - interval '10 minutes' WHERE vulnerability_id = ?")
                .param(vulnerability)
                .update();
    }

    private String item(int vulnerability) {
        return world.rows()
                .sql("SELECT state || ' ' || looked FROM faraday_bridge.export_item WHERE vulnerability_id = ?")
                .param(vulnerability)
                .query(String.class)
                .single();
    }

    private void awaitState(String state) {
        await("the row to say " + state)
                .atMost(SOON)
                .until(() -> Administrator.of(world).state().equals(state));
    }

    @Test
    void what_is_looked_for_as_nobody_is_neither_gone_nor_made_again() {
        isNeitherGoneNorMadeAgain(Edition.DATA_CENTER_10, true);
    }

    @EachJira
    void nor_is_it_if_jira_does_not_name_the_account(Edition edition) {
        isNeitherGoneNorMadeAgain(edition, false);
    }

    private void isNeitherGoneNorMadeAgain(Edition edition, boolean tellsWhom) {
        enter(edition, tellsWhom);
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        int sent = world.vulnerabilities(1).get(0);
        world.jira().faults().next(1, "POST", "/issue/bulk$", Fault.lostAfter());
        world.export(List.of(sent), "SEC");
        await().until(() ->
                item(sent).equals("sending 0") && world.jira().issues().size() == 2);
        world.jira().faults().sometimes(1, "*", "^/rest/", Fault.nobody());

        world.setStatus(link.vulnerability(), "closed");
        awaitState("unauthorized");
        timePasses(sent);
        long calls = world.jira().requests().size();
        await("Jira to be tried several times")
                .atMost(SOON)
                .until(() -> world.jira().requests().size() > calls + 6);
        timePasses(sent);

        assertThat(item(sent)).isEqualTo("sending 0");
        assertThat(link.blockedReason()).isEmpty();
        assertThat(world.outcomes(link.vulnerability())).doesNotContain("blocked", "unlinked");

        world.jira().faults().clear();
        awaitState("authorized");
        await().atMost(SOON).until(() -> {
            timePasses(sent);
            return item(sent).startsWith("linked");
        });
        link.awaitJira("Done");
        link.awaitQuiet();
        assertThat(world.jira().issues()).hasSize(2);
    }
}
