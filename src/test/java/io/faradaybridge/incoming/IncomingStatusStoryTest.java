package io.faradaybridge.incoming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.ReceivedCall;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person moves an issue in Jira; its Automation rule calls the bridge. */
class IncomingStatusStoryTest {

    private BridgeWorld world;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
    }

    private HttpResponse<String> webhook(String key, String status, String token) {
        return world.post(
                "/_api/v3/integrations/jira/update-issues",
                "{\"title\": \"" + key + "\", \"desc\": \"d\", \"priority\": \"High\", \"status\": \"" + status + "\"}",
                Map.of("X-Jira-Token", token));
    }

    @Test
    void the_vulnerability_follows_the_issue() {
        Link link = Link.exported(world, "SEC");
        world.jira().automation(world.webhookUrl(), SampleFaraday.TOKEN_OF_PENTESTER);

        world.jira().movePerson(link.issueKey(), "Done");

        link.awaitFaraday("closed");
        link.awaitQuiet();
        assertThat(link.outcomes()).containsExactly("exported", "applied");
        assertThat(link.changedBy()).isEqualTo(SampleFaraday.PENTESTER);
    }

    @Test
    void the_workspace_counters_follow() {
        Link link = Link.exported(world, "SEC");
        int workspace = world.rows()
                .sql("SELECT workspace_id FROM vulnerability WHERE id = ?")
                .param(link.vulnerability())
                .query(Integer.class)
                .single();
        world.jira().automation(world.webhookUrl(), SampleFaraday.TOKEN_OF_ADMIN);

        world.jira().movePerson(link.issueKey(), "Done");

        link.awaitFaraday("closed");
        await().atMost(Duration.ofSeconds(60)).until(() -> world.rows()
                .sql("""
                                SELECT w.vulnerability_closed_count = (SELECT count(*) FROM vulnerability v
                                   WHERE v.workspace_id = w.id AND v.status IN ('closed', 'risk-accepted'))
                                  FROM workspace w WHERE w.id = ?""")
                .param(workspace)
                .query(Boolean.class)
                .single());
    }

    @Test
    void uses_the_status_of_jira_and_not_that_of_the_webhook() {
        Link link = Link.exported(world, "SEC");

        HttpResponse<String> answer = webhook(link.issueKey(), "Done", SampleFaraday.TOKEN_OF_ADMIN);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(BridgeWorld.json(answer.body()).path("event").asText()).isNotBlank();
        link.awaitQuiet();
        assertThat(link.faraday()).isEqualTo("open");
    }

    @Test
    void an_echo_costs_no_call_of_jira() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().clearRequests();

        webhook(link.issueKey(), "To Do", SampleFaraday.TOKEN_OF_ADMIN);

        link.awaitQuiet();
        assertThat(link.calls()).isEmpty();
    }

    @Test
    void a_status_without_a_mapping_settles_and_is_recorded() {
        Link link = Link.exported(world, "SEC");
        world.jira().automation(world.webhookUrl(), SampleFaraday.TOKEN_OF_ADMIN);

        world.jira().movePerson(link.issueKey(), "In Review");

        await().until(() -> link.outcomes().contains("ignored"));
        link.awaitQuiet();
        assertThat(link.faraday()).isEqualTo("open");
    }

    /** The link is saved in the moment between the webhook's first look for it and the storing of its hint. */
    @Test
    void a_webhook_and_a_link_that_is_being_saved_do_not_miss_each_other() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        ended(link, "now()");
        world.rows()
                .sql("CREATE FUNCTION link_saved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " UPDATE faraday_bridge.issue_link SET ended_at = NULL WHERE issue_key = NEW.issue_key;"
                        + " RETURN NEW; END $$")
                .update();
        world.rows()
                .sql("CREATE TRIGGER link_saved BEFORE INSERT ON faraday_bridge.unlinked_hint"
                        + " FOR EACH ROW EXECUTE FUNCTION link_saved()")
                .update();
        try {
            world.jira().movePerson(link.issueKey(), "Done");
            webhook(link.issueKey(), "Done", SampleFaraday.TOKEN_OF_PENTESTER);
        } finally {
            world.rows().sql("DROP FUNCTION link_saved() CASCADE").update();
        }

        link.awaitFaraday("closed");
        assertThat(link.changedBy()).as("by the webhook, not by the sweep").isEqualTo(SampleFaraday.PENTESTER);
    }

    private void ended(Link link, String when) {
        world.rows()
                .sql("UPDATE faraday_bridge.issue_link SET ended_at = " + when + " WHERE issue_key = ?")
                .param(link.issueKey())
                .update();
    }

    @Test
    void a_lost_webhook_is_made_good_by_the_sweep() {
        Link link = Link.exported(world, "SEC");
        world.rows().sql("DELETE FROM faraday_bridge.runtime_state").update();
        world.jira().movePerson(link.issueKey(), "Done");

        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            world.rows()
                    .sql("DELETE FROM faraday_bridge.runtime_state WHERE name LIKE 'sweep:%'")
                    .update();
            assertThat(link.faraday()).isEqualTo("closed");
        });
    }

    @Test
    void a_read_only_workspace_blocks_until_it_is_writable_again() {
        Link link = Link.exported(world, "SEC");
        int workspace = world.rows()
                .sql("SELECT workspace_id FROM vulnerability WHERE id = ?")
                .param(link.vulnerability())
                .query(Integer.class)
                .single();
        world.rows()
                .sql("UPDATE workspace SET readonly = true WHERE id = ?")
                .param(workspace)
                .update();
        world.jira().automation(world.webhookUrl(), SampleFaraday.TOKEN_OF_ADMIN);

        world.jira().movePerson(link.issueKey(), "Done");

        await().until(() -> link.blockedReason().contains("read-only"));
        assertThat(link.faraday()).isEqualTo("open");
        world.rows()
                .sql("UPDATE workspace SET readonly = false WHERE id = ?")
                .param(workspace)
                .update();
        link.awaitFaraday("closed");
    }

    @Test
    void a_token_whose_user_may_not_update_there_asks_nothing_of_jira_and_the_sweep_finds_the_change() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().movePerson(link.issueKey(), "Done");
        world.jira().clearRequests();

        assertThat(webhook(link.issueKey(), "Done", SampleFaraday.TOKEN_OF_CLIENT)
                        .statusCode())
                .isEqualTo(202);
        assertThat(webhook(link.issueKey(), "Made Up", SampleFaraday.TOKEN_OF_CLIENT)
                        .statusCode())
                .isEqualTo(202);

        assertThat(link.outcomes()).containsExactly("exported", "ignored");
        assertThat(pendingHints(link)).isZero();
        assertThat(link.calls()).isEmpty();
        sweepUntil(() -> link.faraday().equals("closed"));
        assertThat(updatedBy(link)).as("in the bridge's own name").isEqualTo(SampleFaraday.ADMIN);
    }

    /** As many as there are times between the webhook, the lease and the settling for the sweep to fall into. */
    @Test
    void a_low_roles_webhook_and_the_sweep_leave_each_change_to_whoever_made_it() {
        List<Link> links = Link.exported(world, "SEC", 12);
        links.forEach(Link::awaitQuiet);

        for (Link link : links) {
            world.jira().movePerson(link.issueKey(), "Done");
            webhook(link.issueKey(), "Done", SampleFaraday.TOKEN_OF_PENTESTER);
            webhook(link.issueKey(), "Done", SampleFaraday.TOKEN_OF_CLIENT);
            world.sweep(); // to its end, or it would find the next move before its webhook
        }

        sweepUntil(() -> links.stream().allMatch(link -> link.faraday().equals("closed")));
        assertThat(links).allSatisfy(link -> {
            assertThat(updatedBy(link)).as(link.issueKey()).isEqualTo(SampleFaraday.PENTESTER);
            assertThat(link.outcomes()).doesNotContain("blocked");
        });
    }

    private int updatedBy(Link link) {
        return world.rows()
                .sql("SELECT update_user_id FROM vulnerability WHERE id = ?")
                .param(link.vulnerability())
                .query(Integer.class)
                .single();
    }

    private int pendingHints(Link link) {
        return world.rows()
                .sql("SELECT hints - hints_seen FROM faraday_bridge.issue_link WHERE vulnerability_id = ?")
                .param(link.vulnerability())
                .query(Integer.class)
                .single();
    }

    private void sweepIsDue() {
        world.rows()
                .sql("DELETE FROM faraday_bridge.runtime_state WHERE name LIKE 'sweep:%'")
                .update();
    }

    private void sweepUntil(BooleanSupplier done) {
        await().pollInterval(Duration.ofMillis(300)).until(() -> {
            sweepIsDue();
            return done.getAsBoolean();
        });
    }

    @Test
    void a_disabled_integration_keeps_the_hint_for_later() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.configure("value || '{\"enabled\": false}'");
        world.jira().automation(world.webhookUrl(), SampleFaraday.TOKEN_OF_ADMIN);

        world.jira().movePerson(link.issueKey(), "Done");

        await().until(() -> link.outcomes().contains("ignored"));
        assertThat(link.faraday()).isEqualTo("open");
        world.configure("value || '{\"enabled\": true}'");
        link.awaitFaraday("closed");
    }

    @Test
    void a_vulnerability_deleted_in_faraday_ends_its_link() {
        Link link = Link.exported(world, "SEC");
        world.rows()
                .sql("DELETE FROM vulnerability WHERE id = ?")
                .param(link.vulnerability())
                .update();

        await().until(() -> world.rows()
                .sql("SELECT ended_reason IS NOT NULL FROM faraday_bridge.issue_link WHERE vulnerability_id = ?")
                .param(link.vulnerability())
                .query(Boolean.class)
                .single());
        assertThat(webhook(link.issueKey(), "Done", SampleFaraday.TOKEN_OF_ADMIN)
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void a_moved_issue_keeps_its_link_and_brings_its_new_key() {
        Link link = Link.exported(world, "SEC");
        world.jira().movePerson(link.issueKey(), "Done");
        String moved = world.jira().moveToProject(link.issueKey(), "WEB").key();

        webhook(link.issueKey(), "Done", SampleFaraday.TOKEN_OF_ADMIN);

        await().until(() -> world.issueKey(link.vulnerability()).equals(moved));
    }

    @Test
    void an_issue_that_is_gone_is_blocked_and_stays_linked() {
        Link link = Link.exported(world, "SEC");
        String id = world.jira().issue(link.issueKey()).id();
        world.jira().deletePerson(link.issueKey());

        webhook(link.issueKey(), "Done", SampleFaraday.TOKEN_OF_ADMIN);

        await().until(() -> !link.blockedReason().isEmpty());
        assertThat(world.issueKey(link.vulnerability())).isEqualTo(link.issueKey());
        webhook(link.issueKey(), "Done", SampleFaraday.TOKEN_OF_ADMIN);
        assertThat(world.jira().requests())
                .filteredOn(call -> call.path().endsWith("/issue/" + id))
                .hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void webhooks_for_unknown_issues_are_accepted_and_leave_no_rows() {
        assertThat(webhook("SEC-999999", "Done", SampleFaraday.TOKEN_OF_ADMIN).statusCode())
                .isEqualTo(202);

        assertThat(world.rows()
                        .sql("SELECT count(*) FROM faraday_bridge.activity WHERE issue_key = 'SEC-999999'")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(world.jira().count(ReceivedCall.Kind.CREATE)).isZero();
    }
}
