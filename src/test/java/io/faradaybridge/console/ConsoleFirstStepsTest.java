package io.faradaybridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The checklist on the overview: it is away while all works, and comes back with the reason when something breaks. */
class ConsoleFirstStepsTest {

    private static BridgeWorld world;
    private static Administrator administrator;
    private static Visitor visitor;
    private static Link link;

    @BeforeAll
    static void everything_works() {
        world = BridgeWorld.asleep(SandboxJira.Options.dataCenter())
                .with("bridge.connection.watch-interval", "1s")
                .with("bridge.sweep.interval", "1s");
        onlySec();
        world.start();
        administrator = Administrator.of(world);
        visitor = Visitor.signedIn(world, "faraday");
        link = Link.exported(world, "SEC").webhooksCome();
        link.awaitQuiet();
        await().untilAsserted(ConsoleFirstStepsTest::allIsGreen);
    }

    @AfterAll
    static void end() {
        world.close();
    }

    @AfterEach
    void all_is_green_again() {
        world.jira().calm();
        world.jira().permissions().grant(Permission.BROWSE, "SEC", SandboxConnection.SERVICE_ACCOUNT);
        world.connection().configure(world.database(), world.jira().baseUrl());
        onlySec();
        administrator.put("projects/SEC", "{}"); // the row is read again
        await().untilAsserted(ConsoleFirstStepsTest::allIsGreen);
    }

    private static void onlySec() {
        world.connection()
                .change(
                        world.database(),
                        "jsonb_set(value, '{projects}', jsonb_build_object('SEC', value -> 'projects' -> 'SEC'))");
    }

    private static void allIsGreen() {
        assertThat(steps())
                .allSatisfy((code, step) ->
                        assertThat(step.path("state").asText()).as("%s", step).isEqualTo("done"));
        assertThat(visitor.get("").body()).doesNotContain("id=\"steps\"").doesNotContain("What is not as it should be");
    }

    private static Map<String, JsonNode> steps() {
        Map<String, JsonNode> steps = new HashMap<>();
        administrator
                .get("")
                .at("/readiness/steps")
                .forEach(step -> steps.put(step.path("code").asText(), step));
        return steps;
    }

    /** The step, as the API and the page say it, with the only other place that the page leads to. */
    private static void says(String code, String state, String reason, String place) {
        await().untilAsserted(() -> {
            JsonNode step = steps().get(code);
            assertThat(step.path("state").asText()).as("%s", step).isEqualTo(state);
            assertThat(step.path("reason").asText()).contains(reason);
            String list = visitor.get("").body().split("id=\"steps\"")[1].split("</ol>")[0];
            assertThat(list)
                    .containsIgnoringCase(reason.replace("'", "&#39;"))
                    .contains("href=\"" + Visitor.CONSOLE + place + "\"");
        });
    }

    @Test
    void jira_refuses_the_credentials() {
        world.jira().faults().sometimes(1, "*", "^/rest/", Fault.captcha());

        await().untilAsserted(() ->
                assertThat(steps().get("authorization").path("state").asText()).isEqualTo("failing"));
        assertThat(visitor.get("").body())
                .contains(
                        "What is not as it should be",
                        "href=\"/jira-bridge/connection\"",
                        "sign in once in a browser as the bridge");
    }

    @Test
    void jira_does_not_show_the_only_project_any_more() {
        world.jira().permissions().withdraw(Permission.BROWSE, "SEC", SandboxConnection.SERVICE_ACCOUNT);

        says("project", "failing", "Jira does not show project SEC to the bridge's account", "/projects/SEC");
    }

    @Test
    void an_active_project_has_no_mapping() {
        administrator.put("projects/SEC/attribute-mapping", "{'incoming': {}, 'outgoing': {}}");

        says("mapping", "failing", "no status of SEC is mapped", "/projects/SEC/mapping");
    }

    @Test
    void an_active_project_has_no_issue_type() {
        world.configure("value #- '{projects,SEC,ticket_config,issue_types}'");

        says("issue_type", "failing", "SEC: it has no issue type", "/projects/SEC/fields");
    }

    @Test
    void a_template_was_broken_in_faradays_own_form() {
        world.configure("jsonb_set(value, '{projects,SEC,ticket_config,issue_types,Bug,fields,Summary}',"
                + " '{\"value\": \"{% if %}\"}')");

        says("issue_type", "failing", "SEC: Bug: Summary", "/projects/SEC/fields");
    }

    @Test
    void no_project_is_active_or_configured() {
        administrator.put("projects/SEC/active", "{'active': false}");
        says("active", "open", "no project is active", "/projects/SEC");

        world.configure("value - 'projects'");
        says("project", "open", "no project is chosen", "/projects/add");
    }

    @Test
    void no_token_of_jira_is_valid_any_more() {
        world.rows()
                .sql("UPDATE user_token SET revoked = NOT revoked WHERE scope = 'jira' AND id < 7")
                .update();

        says("webhook_token", "failing", "every token of scope Jira has expired or is revoked", "/tokens");
        world.rows()
                .sql("UPDATE user_token SET revoked = NOT revoked WHERE scope = 'jira' AND id < 7")
                .update();
    }

    @Test
    void a_change_in_jira_came_without_a_webhook() {
        world.jira().movePerson(link.issueKey(), "In Progress");

        says("webhook", "failing", "changed after its last webhook, and no webhook came", "/health");
        link.awaitQuiet();
        link.webhooksCome();
    }

    @Test
    void a_switch_beside_another_change_does_nothing_and_says_so() {
        String old = administrator.get("").path("version").asText();
        administrator.put("projects/SEC/attribute-mapping", "{'on_export': 'follow'}");
        Map<String, String> off = Map.of("yes:/enabled", "false", "text:/version", old);

        HttpResponse<String> answer = visitor.submit("", "switch", "put/enabled", off);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body())
                .contains("Nothing was changed.", "Somebody else changed the set-up while you had this page open")
                .contains(administrator.get("").path("version").asText())
                .doesNotContain("value=\"" + old + "\"");
        assertThat(administrator.get("").path("enabled").asBoolean()).isTrue();

        administrator.put("projects/SEC/active", "{'active': false}");
        administrator.put("enabled", "{'enabled': false}");
        assertThat(visitor.submit("", "switch", "put/enabled", off).body())
                .as("also where there is no switch now")
                .contains("Nothing was changed.", "It is not available yet");
    }
}
