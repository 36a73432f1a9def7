package io.faradaybridge.incoming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.Oddities.Oddity;
import io.faradaybridge.sandbox.jira.ReceivedCall;
import io.faradaybridge.sandbox.jira.ReceivedCall.Kind;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of links that Jira Cloud was asked about together, if its answer is refused, partial, odd or lost. */
class JointLookStoryTest {

    private static final String TOGETHER = "/issue/bulkfetch$";

    private static BridgeWorld world;

    private List<Link> links;

    @BeforeAll
    static void start() {
        world = BridgeWorld.asleep(SandboxJira.Options.cloud())
                .with("bridge.jira.read-timeout", "2s")
                .with("bridge.sweep.interval", "1h")
                .start()
                .awaitSweep();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void moved() {
        world.jira().calm();
        links = Link.exported(world, "SEC", 6);
        links.forEach(Link::awaitQuiet);
        links.forEach(link -> world.jira().movePerson(link.issueKey(), "Done"));
        world.jira().clearRequests();
    }

    /** What six webhooks leave that arrive at the same time. */
    private void hint() {
        world.rows()
                .sql("UPDATE faraday_bridge.issue_link SET hints = hints + 1, hint_user_id = 1,"
                        + " hint_correlation = 'at-once' WHERE ended_at IS NULL AND faraday_status = 'open'")
                .update();
    }

    private static Stream<ReceivedCall> together() {
        return world.jira().requests().stream().filter(call -> call.path().endsWith("/issue/bulkfetch"));
    }

    private static Stream<ReceivedCall> single() {
        return world.jira().requests().stream()
                .filter(call -> call.kind() == Kind.READ_ISSUE && call.method().equals("GET"));
    }

    private static void awaitApplied(List<Link> expected) {
        await().until(() -> {
            world.rows()
                    .sql("UPDATE faraday_bridge.issue_link SET retry_at = now() WHERE retry_at > now()")
                    .update();
            return expected.stream().allMatch(link -> link.faraday().equals("closed") && link.isQuiet());
        });
        assertThat(expected).allSatisfy(link -> {
            assertThat(link.outcomes().stream().filter(outcome -> !outcome.equals("postponed")))
                    .containsExactly("exported", "applied");
            assertThat(link.blockedReason()).isEmpty();
        });
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                argumentSet("429", Fault.tooManyRequests(Duration.ofSeconds(1))),
                argumentSet("500", Fault.errorBefore(500)),
                argumentSet("503", Fault.unavailable(Duration.ofSeconds(1))),
                argumentSet("lost before", Fault.lostBefore()),
                argumentSet("lost after", Fault.lostAfter()),
                argumentSet("too late", Fault.slowAnswer(Duration.ofSeconds(4))),
                argumentSet("a page instead of an answer", Fault.html()));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void l8_an_answer_that_does_not_come_is_waited_for_and_each_change_is_applied_once(Fault fault) {
        world.jira().faults().next(1, "POST", TOGETHER, fault);

        hint();

        awaitApplied(links);
        assertThat(together().count()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void an_account_that_may_not_ask_about_several_at_once_asks_about_each() {
        world.jira().faults().sometimes(1, "POST", TOGETHER, Fault.errorBefore(403));

        hint();

        awaitApplied(links);
        assertThat(single().count()).isEqualTo(6);
    }

    @Test
    void issues_that_the_answer_leaves_out_are_asked_about_by_themselves_and_others_in_it_are_passed_over() {
        world.jira().oddities().enable(Oddity.SEVERAL_ISSUES_IN_PART);

        hint();

        awaitApplied(links);
        assertThat(single().count()).isBetween(1L, 3L);
    }

    @Test
    void an_issue_that_was_deleted_blocks_only_its_own_link() {
        Link gone = links.get(2);
        world.jira().deletePerson(gone.issueKey());

        hint();

        awaitApplied(links.stream().filter(link -> !link.equals(gone)).toList());
        await().until(() -> gone.blockedReason().contains("does not exist"));
        assertThat(gone.faraday()).isEqualTo("open");
        assertThat(together()).hasSize(1);
        assertThat(single()).hasSize(1);
    }
}
