package io.faradaybridge.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraClient;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One round of work stepped by hand, with a person moving between two steps: what L6 and L7 forbid. The bridge itself runs
 * beside it and finishes what was let go.
 */
class LinkRoundTest {

    private BridgeWorld world;
    private Link link;
    private LinkWork work;

    @BeforeEach
    void lease() {
        world = BridgeWorld.shared();
        link = Link.exported(world, "SEC");
        link.awaitQuiet();
        long id = world.bean(IssueLinks.class)
                .ofVulnerability(link.vulnerability())
                .orElseThrow()
                .id();
        work = Objects.requireNonNull(reconciliation().lease(new LinkHint(id, "round")));
    }

    @AfterEach
    void letGo() {
        world.bean(IssueLinks.class).release(work);
        link.awaitQuiet();
    }

    private Reconciliation reconciliation() {
        return world.bean(Reconciliation.class);
    }

    private JiraAnswer send(JiraRequest request) {
        return world.bean(JiraClient.class).send(request);
    }

    private JiraRequests requests() {
        return world.bean(JiraRequests.class);
    }

    private IssueLink row() {
        return world.bean(IssueLinks.class).find(work.link().id()).orElseThrow();
    }

    @Test
    void l6_a_person_who_changes_faraday_after_our_look_is_not_overwritten() {
        world.jira().movePerson(link.issueKey(), "Done");
        work = reconciliation().lookAtFaraday(work.lookAgain(work.link(), true));
        work = reconciliation()
                .lookAtJira(work, send(requests().issueStatus(work.link().issueId(), false)));
        work = reconciliation().decide(work);
        assertThat(work.next()).isEqualTo("faraday");

        world.setStatus(link.vulnerability(), "re-opened");
        work = reconciliation().applyToFaraday(work);

        assertThat(link.faraday()).isEqualTo("re-opened");
        assertThat(row().agreed().faraday()).isEqualTo(FaradayStatus.OPEN);
        assertThat(work.open()).as("looks again").isTrue();
    }

    @Test
    void l6_nor_is_the_pair_settled_on_a_status_that_faraday_left_meanwhile() {
        world.jira().movePerson(link.issueKey(), "Done");
        world.setStatus(link.vulnerability(), "closed");
        work = reconciliation().lookAtFaraday(work.lookAgain(work.link(), true));
        work = reconciliation()
                .lookAtJira(work, send(requests().issueStatus(work.link().issueId(), false)));
        work = reconciliation().decide(work);
        assertThat(work.next()).isEqualTo("settle");

        world.setStatus(link.vulnerability(), "open");
        work = reconciliation().settle(work);

        assertThat(row().agreed().faraday()).isEqualTo(FaradayStatus.OPEN);
        assertThat(row().agreed().jira().name()).isEqualTo("To Do");
        assertThat(work.open()).as("looks again").isTrue();
    }

    @Test
    void l7_after_the_transition_the_pair_is_what_was_driven_not_what_faraday_says_by_then() {
        JiraDrive drive = world.bean(JiraDrive.class);
        world.setStatus(link.vulnerability(), "closed");
        work = reconciliation().decide(reconciliation().lookAtFaraday(work));
        work = drive.plan(work, send(requests().transitions(work.link().issueId())));
        work = drive.intend(work);
        send(requests()
                .transition(
                        work.link().issueId(),
                        Objects.requireNonNull(work.look().transition()).id()));

        world.setStatus(link.vulnerability(), "re-opened");
        work = drive.driven(work);

        assertThat(row().agreed().faraday()).isEqualTo(FaradayStatus.CLOSED);
        assertThat(row().agreed().jira().name()).isEqualTo("Done");
        assertThat(work.open()).as("decides again on what Faraday says now").isTrue();
        world.bean(IssueLinks.class).release(work);
        link.awaitJira("In Progress");
    }
}
