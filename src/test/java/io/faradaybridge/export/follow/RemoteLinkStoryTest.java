package io.faradaybridge.export.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import io.faradaybridge.sandbox.jira.ReceivedCall.Kind;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An issue links to Faraday's page of its vulnerability, with its name and status; on Data Center 10. */
class RemoteLinkStoryTest {

    private static final String SWITCH = "projects/SEC/remote-link";
    private static final String PLACE = "/remotelink$";

    private static BridgeWorld world;
    private static Administrator administrator;

    @BeforeAll
    static void start() {
        begin(SandboxJira.Options.dataCenter());
    }

    static void begin(SandboxJira.Options options) {
        world = BridgeWorld.asleep(options)
                .with("bridge.faraday.url", "https://faraday.example/app/#/{workspace}/vulns/{id}")
                .with("bridge.faraday.login-url", "")
                .start();
        administrator = Administrator.of(world);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void switchOn() {
        world.jira().calm();
        administrator.put(SWITCH, "{'remote_link': true}");
        world.jira().clearRequests();
    }

    private static Link exported() {
        Link link = Link.exported(world, "SEC");
        FollowedRow.awaitInStep(link);
        return link;
    }

    private static void change(Link link, String change) {
        world.rows()
                .sql("UPDATE vulnerability SET " + change + " WHERE id = ?")
                .param(link.vulnerability())
                .update();
    }

    private static JsonNode only(Link link) {
        assertThat(world.jira().remoteLinks(link.issueKey())).hasSize(1);
        return world.jira().remoteLinks(link.issueKey()).get(0);
    }

    private static List<String> details(Link link, String outcome) {
        return world.rows()
                .sql("SELECT detail FROM faraday_bridge.activity WHERE vulnerability_id = ? AND outcome = ?")
                .params(link.vulnerability(), outcome)
                .query(String.class)
                .list();
    }

    private static void unlink(Link link) {
        administrator.delete("vulnerabilities/" + link.vulnerability() + "/issue-link");
    }

    private static void mayLink(boolean may) {
        if (may) {
            world.jira().permissions().grant(Permission.LINK, "SEC", SandboxConnection.SERVICE_ACCOUNT);
        } else {
            world.jira().permissions().withdraw(Permission.LINK, "SEC", SandboxConnection.SERVICE_ACCOUNT);
        }
    }

    @Test
    void a_new_issue_links_to_the_page_of_its_vulnerability() {
        Link link = exported();

        JsonNode remote = only(link);
        String name = world.rows()
                .sql("SELECT name FROM vulnerability WHERE id = ?")
                .param(link.vulnerability())
                .query(String.class)
                .single();
        String workspace = world.rows()
                .sql("SELECT w.name FROM workspace w JOIN vulnerability v ON v.workspace_id = w.id WHERE v.id = ?")
                .param(link.vulnerability())
                .query(String.class)
                .single();
        assertThat(remote.at("/object/url").asText())
                .isEqualTo("https://faraday.example/app/#/" + workspace + "/vulns/" + link.vulnerability());
        assertThat(remote.at("/object/title").asText()).isEqualTo(name);
        assertThat(remote.at("/object/icon/url16x16").asText()).isEqualTo("https://faraday.example/app/favicon.ico");
        assertThat(remote.at("/object/status/resolved").booleanValue()).isFalse();
        assertThat(remote.at("/object/status/icon/title").asText()).isEqualTo("open");
        assertThat(link.count(Kind.REMOTE_LINK)).isEqualTo(1);
        assertThat(link.count(Kind.EDIT)).isZero();
    }

    @Test
    void its_name_and_status_are_kept_up_in_the_same_link() {
        Link link = exported();
        String first = only(link).path("id").asText();

        change(link, "name = repeat('long name ', 40)");
        FollowedRow.awaitInStep(link);
        assertThat(only(link).at("/object/title").asText())
                .startsWith("long name long")
                .hasSize(255);
        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");
        await().until(() -> only(link).at("/object/status/resolved").booleanValue());

        assertThat(only(link).path("id").asText()).isEqualTo(first);
        assertThat(only(link).at("/object/status/icon/title").asText()).isEqualTo("closed");
    }

    @Test
    void what_the_link_does_not_show_costs_no_call() {
        Link link = exported();
        long before = link.count(Kind.REMOTE_LINK);

        change(link, "description = 'Described anew'");
        FollowedRow.awaitInStep(link);
        administrator.put(SWITCH, "{'remote_link': false}");
        administrator.put(SWITCH, "{'remote_link': true}");
        change(link, "resolution = 'Not shown either'");
        FollowedRow.awaitInStep(link);

        assertThat(link.count(Kind.REMOTE_LINK)).isEqualTo(before);
    }

    @Test
    void an_issue_from_before_gets_its_link_when_they_are_switched_on() {
        administrator.put(SWITCH, "{'remote_link': false}");
        Link link = Link.exported(world, "SEC");
        Link other = Link.exported(world, "SEC");
        world.setStatus(other.vulnerability(), "closed");
        other.awaitJira("Done");
        assertThat(world.jira().remoteLinks(link.issueKey())).isEmpty();
        assertThat(FollowedRow.count(link)).isZero();

        administrator.put(SWITCH, "{'remote_link': true}");

        FollowedRow.awaitInStep(link);
        FollowedRow.awaitInStep(other);
        assertThat(only(link).at("/object/status/resolved").booleanValue()).isFalse();
        assertThat(only(other).at("/object/status/resolved").booleanValue()).isTrue();
        assertThat(link.count(Kind.REMOTE_LINK)).isEqualTo(1);
    }

    @Test
    void a_refused_link_is_said_once_and_keeps_nothing_else() {
        mayLink(false);
        Link link = exported();
        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");
        FollowedRow.awaitInStep(link);

        assertThat(world.jira().remoteLinks(link.issueKey())).isEmpty();
        assertThat(details(link, "REFUSED"))
                .singleElement()
                .asString()
                .contains(link.issueKey() + " cannot get its remote link", "permission Link Issues", "SEC");

        mayLink(true);
        change(link, "description = 'A change that is not shown'");
        FollowedRow.awaitInStep(link);
        assertThat(only(link).at("/object/status/resolved").booleanValue()).isTrue();
        assertThat(details(link, "DRIVEN")).last().asString().contains("has its remote link to Faraday now");
    }

    @Test
    void a_hidden_issue_is_said_once_and_asked_for_again_within_a_day() {
        Link link = exported();
        world.jira().permissions().withdraw(Permission.BROWSE, "SEC", SandboxConnection.SERVICE_ACCOUNT);
        change(link, "name = 'Nobody sees it'");
        FollowedRow.awaitInStep(link);
        assertThat(details(link, "REFUSED")).hasSize(1);
        world.jira().permissions().grant(Permission.BROWSE, "SEC", SandboxConnection.SERVICE_ACCOUNT);

        world.rows()
                .sql("UPDATE faraday_bridge.followed_link f SET rendered_at = now() - interval '25 hours'"
                        + " FROM faraday_bridge.issue_link l WHERE l.id = f.link_id AND l.vulnerability_id = ?")
                .param(link.vulnerability())
                .update();

        await().until(() -> only(link).at("/object/title").asText().equals("Nobody sees it"));
        assertThat(details(link, "REFUSED")).hasSize(1);
    }

    @Test
    void a_link_whose_answer_was_lost_is_sent_again_and_is_one() {
        world.jira().faults().next(1, "POST", PLACE, Fault.lostAfter());
        Link link = Link.exported(world, "SEC");
        await().until(() -> !world.jira().remoteLinks(link.issueKey()).isEmpty());
        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");
        assertThat(link.count(Kind.REMOTE_LINK))
                .as("Jira may still be making it")
                .isEqualTo(1);

        FollowedRow.pauseIsOver(link);
        FollowedRow.awaitInStep(link);

        assertThat(only(link).at("/object/status/resolved").booleanValue()).isTrue();
        assertThat(link.count(Kind.REMOTE_LINK)).isEqualTo(2);
    }

    @Test
    void a_call_that_fails_on_and_on_does_not_keep_the_status() {
        world.jira().faults().sometimes(0.999, "POST", PLACE, Fault.errorBefore(500));
        Link link = Link.exported(world, "SEC");

        world.setStatus(link.vulnerability(), "closed");

        link.awaitJira("Done");
        await().until(() -> !details(link, "POSTPONED").isEmpty());
        world.jira().calm();
        FollowedRow.pauseIsOver(link);
        FollowedRow.awaitInStep(link);
        assertThat(only(link).at("/object/status/resolved").booleanValue()).isTrue();
    }

    @Test
    void unlinking_removes_the_link_and_nothing_remembers_it() {
        Link link = exported();
        world.jira().faults().next(1, "DELETE", PLACE, Fault.errorBefore(503));

        unlink(link);

        await().until(() -> world.jira().remoteLinks(link.issueKey()).isEmpty());
        await().until(() -> FollowedRow.count(link) == 0);
        assertThat(link.count(Kind.REMOTE_LINK))
                .as("one that made it, two that removed it")
                .isEqualTo(3);
    }

    @Test
    void a_removal_whose_answer_was_lost_is_known_by_its_absence() {
        Link link = exported();
        world.jira().faults().next(1, "DELETE", PLACE, Fault.lostAfter());

        unlink(link);

        await().until(() -> world.jira().remoteLinks(link.issueKey()).isEmpty());
        await().until(() -> FollowedRow.count(link) == 0);
        assertThat(details(link, "REFUSED")).isEmpty();
    }

    @Test
    void a_removal_that_jira_refuses_is_said_and_not_tried_again() {
        Link link = exported();
        mayLink(false);

        unlink(link);

        await().until(() -> FollowedRow.count(link) == 0);
        assertThat(details(link, "REFUSED")).singleElement().asString().contains("keeps its remote link to Faraday");
        assertThat(world.jira().remoteLinks(link.issueKey())).hasSize(1);
    }

    @Test
    void a_vulnerability_that_is_linked_to_its_issue_again_links_back_again() {
        Link link = exported();
        world.jira().faults().next(1, "DELETE", PLACE, Fault.lostAfter());
        unlink(link);

        world.rows()
                .sql("UPDATE vulnerability SET issuetracker = ?, disassociated_manually = false WHERE id = ?")
                .params(link.issueKey(), link.vulnerability())
                .update();
        administrator.done("POST", "adoption", "{}");

        FollowedRow.awaitInStep(link);
        assertThat(only(link).at("/object/status/resolved").booleanValue()).isFalse();
        await().until(() -> FollowedRow.count(link) == 1);
    }

    @Test
    void the_switch_is_checked_when_it_is_saved() {
        administrator.put(SWITCH, "{'remote_link': false}");
        mayLink(false);

        HttpResponse<String> refused = administrator.tryPut(SWITCH, "{'remote_link': true}");
        HttpResponse<String> unclear = administrator.tryPut(SWITCH, "{}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(BridgeWorld.json(refused.body())
                        .at("/messages/json/remote_link")
                        .toString())
                .contains("permission Link Issues");
        assertThat(unclear.statusCode()).isEqualTo(400);
        assertThat(unclear.body()).contains("must be true or false");
        assertThat(administrator.row().at("/projects/SEC/remote_link").booleanValue())
                .isFalse();
    }
}
