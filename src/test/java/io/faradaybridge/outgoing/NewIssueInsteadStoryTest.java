package io.faradaybridge.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.PassedTime;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A vulnerability is opened again, and the workflow does not lead back from its issue's status. */
class NewIssueInsteadStoryTest {

    private BridgeWorld world;
    private Link old;

    @BeforeEach
    void closedInAWorkflowThatEndsThere() {
        world = BridgeWorld.shared();
        mapping("{\"reopen\": \"new_issue\"}");
        old = Link.exported(world, "WEB");
        old.awaitQuiet();
        world.jira().movePerson(old.issueKey(), "Done");
        world.sweep();
        old.awaitFaraday("closed");
        old.awaitQuiet();
    }

    private void mapping(String more) {
        world.configure("jsonb_set(value, '{projects,WEB,attribute_mapping}',"
                + " value #> '{projects,WEB,attribute_mapping}' || '" + more + "')");
    }

    private void reopen() {
        world.setStatus(old.vulnerability(), "re-opened");
    }

    private SandboxIssue replacement() {
        await("another issue").until(() -> {
            String key = world.issueKey(old.vulnerability());
            return !key.isEmpty() && !key.equals(old.issueKey());
        });
        return world.jira().issue(world.issueKey(old.vulnerability()));
    }

    private static String related(SandboxIssue issue, String end) {
        return issue.fields().containsKey("issuelinks")
                ? issue.fields()
                        .get("issuelinks")
                        .path(0)
                        .at("/" + end + "/key")
                        .asText()
                : "";
    }

    private void awaitRelated(SandboxIssue issue) {
        await("the issue link").until(() -> related(world.jira().issue(issue.key()), "inwardIssue")
                .equals(old.issueKey()));
    }

    @Test
    void a_new_issue_is_created_once_and_relates_to_the_old_one_which_stays() {
        int issues = world.jira().issues().size();

        reopen();

        SandboxIssue issue = replacement();
        awaitRelated(issue);
        assertThat(related(world.jira().issue(old.issueKey()), "outwardIssue")).isEqualTo(issue.key());
        assertThat(world.jira().issue(issue.key()).fields().get("issuelinks")).hasSize(1);
        assertThat(old.jira()).isEqualTo("Done");
        assertThat(old.faraday()).isEqualTo("re-opened");
        assertThat(world.jira().issues()).hasSize(issues + 1);
        await().until(() -> old.outcomes().contains("settled"));
        assertThat(old.outcomes()).containsSubsequence("unlinked", "exported", "settled");

        world.jira().movePerson(issue.key(), "Done");
        world.sweep();

        old.awaitFaraday("closed");
    }

    @Test
    void e3_a_lost_answer_makes_no_second_one() {
        int issues = world.jira().issues().size();
        world.jira().faults().next(1, "POST", ".*/issue/bulk", Fault.lostAfter());
        world.jira().faults().next(1, "POST", ".*/issueLink", Fault.lostAfter());

        reopen();

        await("found by its marker").until(() -> {
            PassedTime.minutes(world.rows(), Duration.ZERO);
            return !world.issueKey(old.vulnerability()).isEmpty()
                    && !world.issueKey(old.vulnerability()).equals(old.issueKey());
        });
        SandboxIssue issue = replacement();
        awaitRelated(issue);
        world.rows()
                .sql("UPDATE faraday_bridge.export_item SET retry_at = NULL WHERE state = 'linked'")
                .update();
        await("the answer of the second attempt").until(() -> world.rows()
                .sql("SELECT related_at IS NOT NULL FROM faraday_bridge.export_item WHERE issue_key = ?")
                .param(issue.key())
                .query(Boolean.class)
                .single());
        assertThat(world.jira().issue(issue.key()).fields().get("issuelinks")).hasSize(1);
        assertThat(world.jira().issues()).hasSize(issues + 1);
    }

    @Test
    void where_no_issue_can_be_created_the_link_stays_and_is_blocked_with_both_reasons() {
        world.rows()
                .sql("UPDATE vulnerability SET confirmed = false WHERE id = ?")
                .param(old.vulnerability())
                .update();

        reopen();

        await().until(() -> old.blockedReason().contains("nor can a new issue be created"));
        assertThat(old.blockedReason()).contains("no transition");
        assertThat(world.issueKey(old.vulnerability())).isEqualTo(old.issueKey());
    }

    @Test
    void nor_is_one_created_for_a_user_of_faraday_who_may_not_export() {
        world.rows()
                .sql("UPDATE faraday_user SET active = false WHERE username = 'faraday'")
                .update();
        try {
            reopen();

            await().until(() -> old.blockedReason().contains("who is not an active user"));
        } finally {
            world.rows()
                    .sql("UPDATE faraday_user SET active = true WHERE username = 'faraday'")
                    .update();
        }
        assertThat(old.blockedReason()).contains("bridge.faraday.username", "replay the link");
        assertThat(world.issueKey(old.vulnerability())).isEqualTo(old.issueKey());
    }

    @Test
    void without_the_setting_the_link_is_blocked() {
        mapping("{\"reopen\": \"transition\"}");

        reopen();

        await().until(() -> !old.blockedReason().isEmpty());
        assertThat(world.issueKey(old.vulnerability())).isEqualTo(old.issueKey());
    }
}
