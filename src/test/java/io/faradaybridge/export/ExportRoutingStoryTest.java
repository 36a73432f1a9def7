package io.faradaybridge.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An export names no project: the workspaces say which. Its answer tells apart what became of each vulnerability. */
class ExportRoutingStoryTest {

    private BridgeWorld world;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
        world.configure("jsonb_set(value, '{projects,WEB,export_rule}', '{\"workspaces\": [\"acme-external\"]}')");
    }

    private HttpResponse<String> export(List<Integer> vulnerabilities, String user) {
        return world.post(
                "/_api/v3/integrations/jira/export",
                "{\"vulnerability_ids\": " + vulnerabilities + "}",
                BridgeWorld.basic(user, user));
    }

    private int inWorkspace(int workspace) {
        return SampleVulnerabilities.insert(world.database().dataSource(), 1, workspace, "open", true)
                .get(0);
    }

    private JsonNode item(long batch, int vulnerability) {
        return StreamSupport.stream(world.batch(batch).path("items").spliterator(), false)
                .filter(item -> item.path("vulnerability_id").asInt() == vulnerability)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_workspace_says_which_project_it_is() {
        int vulnerability = world.vulnerabilities(1).get(0);

        HttpResponse<String> answer = export(List.of(vulnerability), "faraday");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(BridgeWorld.json(answer.body()).path("project").asText()).isEqualTo("WEB");
        await().until(() -> world.issueKey(vulnerability).startsWith("WEB-"));
    }

    @Test
    void a_workspace_of_two_projects_is_refused_with_both_and_one_of_none_with_all_active_ones() {
        world.configure("jsonb_set(value, '{projects,SEC,export_rule}', '{\"workspaces\": [\"acme-external\"]}')");
        HttpResponse<String> both = export(world.vulnerabilities(1), "faraday");
        assertThat(both.statusCode()).isEqualTo(400);
        assertThat(both.body()).contains("\"project\"", "'acme-external' belongs to several projects", "SEC", "WEB");

        HttpResponse<String> none = export(List.of(inWorkspace(SampleFaraday.ACME_INTERNAL)), "faraday");
        assertThat(none.statusCode()).isEqualTo(400);
        assertThat(none.body())
                .contains("belongs to no project", "SEC", "WEB", "OPS")
                .doesNotContain("OLD");
    }

    @Test
    void workspaces_of_different_projects_are_refused_together() {
        world.configure("jsonb_set(value, '{projects,SEC,export_rule}', '{\"workspaces\": [\"acme-internal\"]}')");
        List<Integer> mixed = List.of(world.vulnerabilities(1).get(0), inWorkspace(SampleFaraday.ACME_INTERNAL));

        assertThat(export(mixed, "faraday").body()).contains("belong to different projects", "SEC", "WEB");
    }

    @Test
    void an_inactive_project_does_not_count_and_a_hidden_workspace_is_not_named() {
        world.configure("jsonb_set(value, '{projects,OLD,export_rule}', '{\"workspaces\": [\"acme-external\"]}')");
        assertThat(export(world.vulnerabilities(1), "faraday").statusCode()).isEqualTo(202);

        HttpResponse<String> outside = export(world.vulnerabilities(1), "outsider");
        assertThat(outside.statusCode()).isEqualTo(400);
        assertThat(outside.body()).contains("a workspace that you may enter").doesNotContain("acme");
    }

    @Test
    void a_message_without_a_project_is_routed_too_and_is_a_dead_letter_if_no_project_matches() {
        int vulnerability = world.vulnerabilities(1).get(0);
        int elsewhere = inWorkspace(SampleFaraday.ACME_INTERNAL);
        ProducerTemplate camel = world.bean(ProducerTemplate.class);

        camel.sendBody("jms:queue:vuln-export", "{\"vulnerability_ids\": [" + vulnerability + "]}");
        camel.sendBody("jms:queue:vuln-export", "{\"vulnerability_ids\": [" + elsewhere + "]}");

        await().until(() -> world.issueKey(vulnerability).startsWith("WEB-"));
        await().until(() -> world.rows()
                .sql("SELECT count(*) > 0 FROM faraday_bridge.dead_letter WHERE ? = ANY (vulnerability_ids)"
                        + " AND cause LIKE '%belongs to no project%'")
                .param(elsewhere)
                .query(Boolean.class)
                .single());
    }

    @Test
    void the_answer_tells_created_linked_already_and_refused_apart() {
        int linked = world.vulnerabilities(1).get(0);
        world.export(List.of(linked), "SEC");
        await().until(() -> !world.issueKey(linked).isEmpty());
        int fresh = world.vulnerabilities(1).get(0);

        JsonNode answer = world.export(List.of(linked, fresh, SampleFaraday.UNCONFIRMED), "SEC");

        long batch = answer.path("id").asLong();
        assertThat(answer.at("/results/already-linked").asInt()).isEqualTo(1);
        assertThat(answer.at("/results/refused").asInt()).isEqualTo(1);
        await().until(() -> world.batch(batch).path("finished").asBoolean());
        assertThat(world.batch(batch).path("results").toString())
                .isEqualTo("{\"already-linked\":1,\"created\":1,\"refused\":1}");
        assertThat(item(batch, linked).path("result").asText()).isEqualTo("already-linked");
        assertThat(item(batch, linked).path("issue_key").asText()).isEqualTo(world.issueKey(linked));
        assertThat(item(batch, fresh).path("result").asText()).isEqualTo("created");
        assertThat(item(batch, fresh).path("issue_key").asText()).isEqualTo(world.issueKey(fresh));
        assertThat(item(batch, SampleFaraday.UNCONFIRMED).path("issue_key").isNull())
                .isTrue();
        JsonNode listed = BridgeWorld.json(world.get(
                        "/_api/v3/integrations/jira/exports?limit=1&before=" + (batch + 1),
                        BridgeWorld.basic("faraday", "faraday"))
                .body());
        assertThat(listed.at("/0/results").toString())
                .isEqualTo(world.batch(batch).path("results").toString());
    }

    @Test
    void what_another_export_is_creating_counts_as_in_progress_and_then_as_linked_already() {
        world.jira().stop();
        int vulnerability = world.vulnerabilities(1).get(0);
        world.export(List.of(vulnerability), "SEC");

        long second = world.export(List.of(vulnerability), "SEC").path("id").asLong();
        assertThat(item(second, vulnerability).path("result").asText()).isEqualTo("in-progress");
        world.jira().restart();

        await().until(() -> item(second, vulnerability).path("result").asText().equals("already-linked"));
        assertThat(item(second, vulnerability).path("issue_key").asText()).isEqualTo(world.issueKey(vulnerability));
    }
}
