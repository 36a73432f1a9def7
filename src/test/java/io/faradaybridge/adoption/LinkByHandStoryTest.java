package io.faradaybridge.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.Fault;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A person says which issue a vulnerability is. */
class LinkByHandStoryTest {

    private BridgeWorld world;
    private AdoptionApi api;
    private int vulnerability;
    private String key;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
        api = new AdoptionApi(world);
        vulnerability = world.vulnerabilities(1).get(0);
        key = world.jira().createPerson("SEC", "Bug", "reported by a person").key();
    }

    private HttpResponse<String> link(int vulnerability, String key) {
        return api.link(vulnerability, key, "faraday");
    }

    private Link linked() {
        return new Link(world, vulnerability, world.issueKey(vulnerability));
    }

    @Test
    void faraday_shows_the_key_and_both_sides_are_kept_in_step_from_then_on() {
        HttpResponse<String> answer =
                api.link(vulnerability, " " + key.toLowerCase(java.util.Locale.ROOT) + " ", "pentester");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(BridgeWorld.json(answer.body()).path("issue_key").asText()).isEqualTo(key);
        assertThat(BridgeWorld.json(answer.body()).at("/agreed/jira").asText()).isEqualTo("To Do");
        assertThat(world.issueKey(vulnerability)).isEqualTo(key);
        assertThat(world.rows()
                        .sql("SELECT association_date IS NOT NULL AND NOT disassociated_manually AND update_user_id = ?"
                                + " FROM vulnerability WHERE id = ?")
                        .params(SampleFaraday.PENTESTER, vulnerability)
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(world.outcomes(vulnerability)).containsExactly("adopted");
        world.setStatus(vulnerability, "closed");
        linked().awaitJira("Done");
    }

    @Test
    void an_issue_of_another_faradays_bridge_is_reported() {
        Link exported = Link.exported(world, "SEC");
        String made = exported.issueKey();
        int first = exported.vulnerability();
        api.call("DELETE", "vulnerabilities/" + first + "/issue-link", "", "faraday");
        HttpResponse<String> ours = link(vulnerability, made);
        api.call("DELETE", "vulnerabilities/" + vulnerability + "/issue-link", "", "faraday");
        world.rows()
                .sql("UPDATE faraday_bridge.export_item SET marker = gen_random_uuid() WHERE vulnerability_id = ?")
                .param(first)
                .update();
        world.rows()
                .sql("UPDATE vulnerability SET create_date = create_date - interval '1 day' WHERE id = ?")
                .param(first)
                .update();

        HttpResponse<String> others = link(vulnerability, made);

        assertThat(BridgeWorld.json(ours.body()).path("warnings")).isEmpty();
        assertThat(others.statusCode()).isEqualTo(200);
        assertThat(BridgeWorld.json(others.body()).path("warnings").path(0).asText())
                .contains(made, "bridge of another Faraday", "unlink it there");
        assertThat(world.rows()
                        .sql("SELECT count(*) FROM faraday_bridge.activity WHERE vulnerability_id = ?"
                                + " AND detail LIKE '%bridge of another Faraday%'")
                        .param(vulnerability)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void statuses_that_differ_are_left_as_they_are() {
        world.jira().movePerson(key, "Done");

        link(vulnerability, key);

        linked().awaitQuiet();
        assertThat(world.status(vulnerability)).isEqualTo("open");
        assertThat(api.row(vulnerability).path("standing").asText()).isEqualTo("differs-since-adoption");
    }

    @Test
    void a_webhook_that_came_before_the_link_is_looked_at() {
        world.post(
                "/_api/v3/integrations/jira/update-issues",
                "{\"title\": \"" + key + "\", \"desc\": \"\", \"priority\": \"High\", \"status\": \"Done\"}",
                Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN));

        link(vulnerability, key);

        assertThat(world.rows()
                        .sql("SELECT count(*) FROM faraday_bridge.unlinked_hint WHERE issue_key = ?")
                        .param(key)
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(world.rows()
                        .sql("SELECT hints FROM faraday_bridge.issue_link WHERE vulnerability_id = ?")
                        .param(vulnerability)
                        .query(Integer.class)
                        .single())
                .as("Jira is asked, since the webhook said something else")
                .isEqualTo(1);
        linked().awaitQuiet();
        assertThat(world.status(vulnerability)).isEqualTo("open");
    }

    @Test
    void an_old_key_leads_to_the_issue_that_was_moved() {
        String moved = world.jira().moveToProject(key, "WEB").key();

        HttpResponse<String> answer = link(vulnerability, key);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(world.issueKey(vulnerability)).isEqualTo(moved);
    }

    @Test
    void a_person_who_unlinked_it_may_link_it_again() {
        link(vulnerability, key);
        api.call("DELETE", "vulnerabilities/" + vulnerability + "/issue-link", "", "faraday");

        assertThat(link(vulnerability, key).statusCode()).isEqualTo(200);
        linked().awaitQuiet();
    }

    @Test
    void a_vulnerability_that_is_linked_has_to_be_unlinked_first() {
        link(vulnerability, key);

        HttpResponse<String> answer = link(
                vulnerability,
                world.jira().createPerson("SEC", "Bug", "another").key());

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains(key).contains("unlink it first");
        assertThat(world.issueKey(vulnerability)).isEqualTo(key);
    }

    @Test
    void an_issue_has_one_link_and_a_hidden_vulnerability_is_not_named() {
        link(vulnerability, key);
        world.rows()
                .sql("UPDATE vulnerability SET confirmed = true, issuetracker = '' WHERE id = ?")
                .param(SampleFaraday.IN_PUBLIC_WORKSPACE)
                .update();

        HttpResponse<String> answer = link(SampleFaraday.IN_PUBLIC_WORKSPACE, key);
        HttpResponse<String> outsider = api.link(SampleFaraday.IN_PUBLIC_WORKSPACE, key, "outsider");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("vulnerability " + vulnerability);
        assertThat(outsider.statusCode()).isEqualTo(409);
        assertThat(outsider.body())
                .doesNotContain(String.valueOf(vulnerability))
                .contains("a workspace that you may not enter");
        assertThat(world.issueKey(SampleFaraday.IN_PUBLIC_WORKSPACE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "reserved, is being exported",
        "sending, is being exported",
        "unknown, it is not known whether its issue was created"
    })
    void an_export_under_way_comes_first(String state, String words) {
        long batch = world.rows().sql("""
                        INSERT INTO faraday_bridge.export_batch (username, source, project_key, issue_type, correlation_id)
                        VALUES ('faraday', 'api', 'REST', 'Bug', 'x') RETURNING id""").query(Long.class).single();
        world.rows().sql("""
                        INSERT INTO faraday_bridge.export_item
                               (batch_id, vulnerability_id, project_key, issue_type, state, faraday_status)
                        VALUES (?, ?, 'REST', 'Bug', ?, 'open')""").params(batch, vulnerability, state).update();

        HttpResponse<String> answer = link(vulnerability, key);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains(words);
        assertThat(api.row(vulnerability).path("standing").asText())
                .isEqualTo(state.equals("unknown") ? "export-unknown" : "exporting");
        assertThat(api.row(vulnerability).at("/export/state").asText()).isEqualTo(state);
        assertThat(world.issueKey(vulnerability)).isEmpty();
        world.rows()
                .sql("DELETE FROM faraday_bridge.export_item WHERE batch_id = ?")
                .param(batch)
                .update();
    }

    @Test
    void what_nobody_may_write_to_is_not_linked() {
        world.rows()
                .sql("UPDATE vulnerability SET confirmed = true WHERE id IN (?, ?)")
                .params(SampleFaraday.IN_READ_ONLY_WORKSPACE, SampleFaraday.IN_INACTIVE_WORKSPACE)
                .update();

        assertThat(link(SampleFaraday.IN_READ_ONLY_WORKSPACE, key).body()).contains("read-only");
        assertThat(link(SampleFaraday.IN_INACTIVE_WORKSPACE, key).body()).contains("not active");
        assertThat(link(SampleFaraday.UNCONFIRMED, key).body()).contains("not confirmed");
        assertThat(link(SampleFaraday.UNCONFIRMED, key).statusCode()).isEqualTo(409);
    }

    @Test
    void only_who_may_enter_and_change_links() {
        assertThat(api.link(vulnerability, key, "client").statusCode()).isEqualTo(403);
        HttpResponse<String> outsider = api.link(vulnerability, key, "outsider");
        HttpResponse<String> nowhere = link(999_999, key);

        assertThat(outsider.statusCode()).isEqualTo(404);
        assertThat(nowhere.statusCode()).isEqualTo(404);
        assertThat(outsider.body().replace(String.valueOf(vulnerability), "999999"))
                .as("it does not exist for them")
                .isEqualTo(nowhere.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"key\": 12}", "{\"key\": \"\"}", "{\"key\": \"SEC\"}", "[]", "{\"key\": \"SEC-1/../2\"}"
            })
    void a_key_that_is_none_is_refused_by_field(String body) {
        HttpResponse<String> answer =
                api.call("PUT", "vulnerabilities/" + vulnerability + "/issue-link", body, "faraday");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(BridgeWorld.json(answer.body()).at("/messages/json/key/0").asText())
                .contains("must be an issue's key");
    }

    @Test
    void jira_decides_on_a_key() {
        assertThat(link(vulnerability, "SEC-987123").body()).contains("does not exist or is hidden");
        String elsewhere = world.jira().createPerson("OPS", "Bug", "x").key();
        world.configure("value #- '{projects,OPS}'");
        HttpResponse<String> unconfigured = link(vulnerability, elsewhere);
        assertThat(unconfigured.statusCode()).isEqualTo(400);
        assertThat(unconfigured.body()).contains("OPS").contains("not configured");

        world.jira().faults().next(1, "GET", ".*/issue/" + key, Fault.errorBefore(500));
        HttpResponse<String> broken = link(vulnerability, key);

        assertThat(broken.statusCode()).isEqualTo(502);
        assertThat(broken.body()).contains("Jira");
        assertThat(world.issueKey(vulnerability)).isEmpty();
        await().until(() -> link(vulnerability, key).statusCode() == 200);
    }
}
