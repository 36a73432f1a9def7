package io.faradaybridge.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person takes vulnerability and issue apart. */
class UnlinkStoryTest {

    private BridgeWorld world;
    private Link link;

    @BeforeEach
    void export() {
        world = BridgeWorld.shared();
        link = Link.exported(world, "SEC");
        link.awaitQuiet();
    }

    private int unlink(String user) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        world.url("/_api/v3/integrations/jira/vulnerabilities/" + link.vulnerability() + "/issue-link"))
                .DELETE();
        BridgeWorld.basic(user, user).forEach(request::header);
        return world.send(request.build()).statusCode();
    }

    private boolean disassociated() {
        return world.rows()
                .sql("SELECT disassociated_manually FROM vulnerability WHERE id = ?")
                .param(link.vulnerability())
                .query(Boolean.class)
                .single();
    }

    private void writeIssuetracker(String key) {
        world.rows()
                .sql("UPDATE vulnerability SET issuetracker = ? WHERE id = ?")
                .param(key)
                .param(link.vulnerability())
                .update();
    }

    private String endedReason() {
        return world.rows()
                .sql("SELECT coalesce(ended_reason, '') FROM faraday_bridge.issue_link WHERE vulnerability_id = ?"
                        + " ORDER BY id LIMIT 1")
                .param(link.vulnerability())
                .query(String.class)
                .single();
    }

    @Test
    void faraday_forgets_the_key_and_remembers_that_a_person_wished_it() {
        assertThat(unlink("pentester")).isEqualTo(204);

        assertThat(link.world().issueKey(link.vulnerability())).isEmpty();
        assertThat(disassociated()).isTrue();
        assertThat(link.outcomes()).containsExactly("exported", "unlinked");
        assertThat(unlink("pentester")).as("there is nothing left to unlink").isEqualTo(404);
    }

    @Test
    void statuses_go_separate_ways() {
        unlink("faraday");
        world.setStatus(link.vulnerability(), "closed");
        Link other = Link.exported(world, "SEC");
        world.setStatus(other.vulnerability(), "closed");
        other.awaitJira("Done");

        assertThat(link.jira()).isEqualTo("To Do");
    }

    @Test
    void a_person_may_export_it_again_and_gets_another_issue() {
        unlink("faraday");

        long batch = world.export(java.util.List.of(link.vulnerability()), "SEC")
                .path("id")
                .asLong();

        await().until(() -> world.batch(batch).path("finished").asBoolean());
        assertThat(world.issueKey(link.vulnerability())).isNotEmpty().isNotEqualTo(link.issueKey());
        assertThat(disassociated()).isFalse();
        link.awaitQuiet();
    }

    @Test
    void somebody_without_the_right_unlinks_nothing() {
        assertThat(unlink("client")).isIn(403, 404);
        assertThat(link.world().issueKey(link.vulnerability())).isEqualTo(link.issueKey());
    }

    @Test
    void a_key_taken_away_in_faraday_itself_ends_the_link() {
        writeIssuetracker("");

        await().until(() -> endedReason().contains("emptied"));
        assertThat(disassociated()).isTrue();
        assertThat(link.outcomes()).endsWith("unlinked");
    }

    @Test
    void a_key_of_another_issue_written_in_faraday_stays_and_the_old_link_ends() {
        writeIssuetracker("SEC-999999");

        await().until(() -> endedReason().contains("SEC-999999"));
        assertThat(world.issueKey(link.vulnerability())).isEqualTo("SEC-999999");
    }

    @Test
    void a_change_on_its_way_to_jira_does_not_bring_the_link_back() {
        world.rows()
                .sql("UPDATE faraday_bridge.issue_link SET lease_token = gen_random_uuid(),"
                        + " lease_until = now() + interval '1 hour' WHERE vulnerability_id = ?")
                .param(link.vulnerability())
                .update();

        assertThat(unlink("faraday")).isEqualTo(204);

        assertThat(endedReason()).isEqualTo("unlinked by faraday");
    }
}
