package io.faradaybridge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jira's administrator gives a project another key: its id, and those of its issues, stay. */
class RenamedProjectStoryTest {

    private static BridgeWorld world;
    private static Administrator administrator;

    @BeforeAll
    static void begin() {
        world = BridgeWorld.asleep(SandboxJira.Options.dataCenter())
                .with("bridge.sweep.interval", "1s")
                .start();
        administrator = Administrator.of(world);
    }

    @AfterAll
    static void end() {
        world.close();
    }

    /** Ids that were learnt by now, as {@code 10000 SEC}. */
    private static List<String> learnt() {
        return world.rows()
                .sql("SELECT project_id || ' ' || project_key FROM faraday_bridge.jira_project ORDER BY 1")
                .query(String.class)
                .list();
    }

    private static List<String> renamings() {
        return world.rows()
                .sql("SELECT detail FROM faraday_bridge.activity WHERE outcome = 'RENAMED' ORDER BY id")
                .query(String.class)
                .list();
    }

    @BeforeEach
    void swept() {
        List.of("SEC", "WEB").forEach(project -> Link.exported(world, project).awaitQuiet());
        await().until(() -> learnt().containsAll(List.of("10000 SEC", "10001 WEB")));
        world.rows()
                .sql("UPDATE faraday_bridge.issue_link SET ended_at = now() WHERE ended_at IS NULL")
                .update();
        world.rows().sql("DELETE FROM faraday_bridge.activity").update();
    }

    /** Named anew as they were before, which is followed like any renaming. */
    @AfterEach
    void named_as_before() {
        world.jira().calm();
        namedAsBefore("RTE", "SEC");
        namedAsBefore("SHOP", "WEB");
        world.connection().configure(world.database(), world.jira().baseUrl());
        world.configure("value");
    }

    private static void namedAsBefore(String now, String before) {
        if (administrator.row().path("projects").has(now)) {
            world.jira().renameProject(now, before);
            assertThat(administrator.tryPut("projects/" + before, "{}").statusCode())
                    .isEqualTo(200);
        }
    }

    private static String keyIn(String project, Link link) {
        return project + link.issueKey().substring(link.issueKey().indexOf('-'));
    }

    @Test
    void both_directions_and_export_go_on_and_it_is_recorded_once() {
        List<Link> links = Link.exported(world, "SEC", 3);
        links.forEach(Link::awaitQuiet);
        JsonNode configured = administrator.row().at("/projects/SEC");
        world.jira().automation(world.webhookUrl(), SampleFaraday.TOKEN_OF_PENTESTER);
        world.jira().renameProject("SEC", "RTE");

        world.jira().movePerson(keyIn("RTE", links.get(0)), "Done");
        world.setStatus(links.get(1).vulnerability(), "closed");

        links.get(0).awaitFaraday("closed");
        await().until(() ->
                world.jira().issue(keyIn("RTE", links.get(1))).statusName().equals("Done"));
        await().until(() -> links.stream()
                .allMatch(link -> world.issueKey(link.vulnerability()).equals(keyIn("RTE", link))));
        links.forEach(Link::awaitQuiet);
        assertThat(links.get(0).outcomes()).containsExactly("exported", "applied");
        assertThat(links.get(1).outcomes()).containsExactly("exported", "driven");
        assertThat(links.get(2).outcomes()).containsExactly("exported");
        assertThat(administrator.row().at("/projects/RTE")).isEqualTo(configured);
        assertThat(administrator.row().path("projects").has("SEC")).isFalse();
        assertThat(administrator.get("audit").toString())
                .contains("projects.SEC, renamed in Jira", "faraday-jira-bridge");
        assertThat(world.rows()
                        .sql("SELECT name FROM faraday_bridge.runtime_state WHERE name IN ('sweep:SEC', 'sweep:RTE')")
                        .query(String.class)
                        .list())
                .containsExactly("sweep:RTE");

        Link underTheNewKey = Link.exported(world, "RTE");
        Link underTheFormerKey = Link.exported(world, "SEC");
        assertThat(List.of(underTheNewKey.issueKey(), underTheFormerKey.issueKey()))
                .allMatch(key -> key.startsWith("RTE-"));
        underTheFormerKey.awaitQuiet();
        world.jira().movePerson(underTheFormerKey.issueKey(), "Done");
        underTheFormerKey.awaitFaraday("closed");
        assertThat(renamings())
                .singleElement()
                .asString()
                .contains("Jira has changed the key of project SEC (id 10000) to RTE", "3 links");
        assertThat(administrator.get("status").at("/counts/unconfigured")).isEmpty();
    }

    @Test
    void a_resync_that_runs_goes_on_under_the_new_key() throws Exception {
        List<Link> links = Link.exported(world, "SEC", 3);
        links.forEach(Link::awaitQuiet);
        RouteController flows = world.bean(CamelContext.class).getRouteController();
        flows.suspendRoute("catch-up");
        try {
            administrator.done("POST", "projects/SEC/resync", "{\"confirm\": true}");
            world.jira().renameProject("SEC", "RTE");
            world.jira().movePerson(keyIn("RTE", links.get(0)), "Done");
            await().until(() -> administrator.row().path("projects").has("RTE"));

            JsonNode waiting = administrator.get("projects/RTE/resync");
            assertThat(waiting.path("running").asBoolean())
                    .as(waiting.toString())
                    .isTrue();
        } finally {
            flows.resumeRoute("catch-up");
        }
        await().until(() ->
                !administrator.get("projects/RTE/resync").path("running").asBoolean());
    }

    @Test
    void a_jira_that_has_forgotten_the_former_key_refuses_no_export() {
        Link before = Link.exported(world, "WEB");
        before.awaitQuiet();
        world.jira().renameProjectForGood("WEB", "SHOP");

        Link after = Link.exported(world, "WEB");

        assertThat(after.issueKey()).startsWith("SHOP-");
        await().until(() -> world.issueKey(before.vulnerability()).equals(keyIn("SHOP", before)));
        assertThat(renamings()).hasSize(1);
    }

    @Test
    void it_is_followed_too_where_the_id_was_not_known_before() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.rows().sql("DELETE FROM faraday_bridge.jira_project").update();
        world.jira().renameProject("SEC", "RTE");

        world.jira().movePerson(keyIn("RTE", link), "Done");

        link.awaitFaraday("closed");
        link.awaitQuiet();
        assertThat(world.issueKey(link.vulnerability())).isEqualTo(keyIn("RTE", link));
        assertThat(administrator.row().path("projects").has("RTE")).isTrue();
        assertThat(renamings()).hasSize(1);
    }

    @Test
    void adding_the_project_by_its_new_key_finds_it_configured_already() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().renameProject("SEC", "RTE");

        assertThat(administrator.tryPut("projects/RTE", "{}").statusCode()).isEqualTo(200);

        assertThat(administrator.row().path("projects").has("SEC")).isFalse();
        assertThat(administrator.row().at("/projects/RTE/active").asBoolean()).isTrue();
        await().until(() -> world.issueKey(link.vulnerability()).equals(keyIn("RTE", link)));
        assertThat(renamings()).hasSize(1);
    }

    @Test
    void an_issue_moved_to_another_project_leaves_its_project_as_it_is() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();

        String moved = world.jira().moveToProject(link.issueKey(), "WEB").key();

        await().until(() -> world.issueKey(link.vulnerability()).equals(moved));
        link.awaitQuiet();
        assertThat(link.outcomes()).contains("settled");
        assertThat(renamings()).isEmpty();
        assertThat(administrator.row().path("projects").has("SEC")).isTrue();
    }

    @Test
    void links_of_a_project_that_is_not_configured_are_counted_by_its_key() {
        Link.exported(world, "WEB", 2).forEach(Link::awaitQuiet);
        administrator.delete("projects/WEB?confirm=true");

        assertThat(administrator.get("status").at("/counts/unconfigured").toString())
                .isEqualTo("{\"WEB\":2}");
    }

    @Test
    void a_project_that_jira_hides_does_not_stop_the_sweep_of_the_others() {
        Link link = Link.exported(world, "SEC");
        Link hidden = Link.exported(world, "WEB");
        link.awaitQuiet();
        hidden.awaitQuiet();
        world.jira().permissions().withdraw(Permission.BROWSE, "WEB", SandboxConnection.SERVICE_ACCOUNT);

        world.jira().movePerson(link.issueKey(), "Done");
        world.jira().movePerson(hidden.issueKey(), "Done");

        link.awaitFaraday("closed");
        assertThat(world.rows()
                        .sql("SELECT detail FROM faraday_bridge.activity WHERE detail LIKE 'Jira does not show"
                                + " project%'")
                        .query(String.class)
                        .list())
                .singleElement()
                .asString()
                .contains("project WEB", "Browse Projects");
        world.jira().permissions().grant(Permission.BROWSE, "WEB", SandboxConnection.SERVICE_ACCOUNT);
        hidden.awaitFaraday("closed");
    }
}
