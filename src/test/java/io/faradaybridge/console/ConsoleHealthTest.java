package io.faradaybridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A person looks for what is wrong, and finds the cure beside it. */
@Tag("long")
@InABrowser
class ConsoleHealthTest {

    private final BridgeWorld world = BridgeWorld.shared();

    /** The row of the documentation's table of problems. */
    private static String checked(Browser desk, String problem) {
        return desk.page()
                .locator("section[aria-labelledby=checks] tr")
                .filter(new Locator.FilterOptions().setHasText(problem))
                .innerText();
    }

    @Test
    void each_problem_of_the_documentation_that_is_there_is_found() {
        BridgeWorld broken = BridgeWorld.of(SandboxJira.Options.dataCenter());
        try (broken;
                Browser desk = Browser.desk(broken).signIn("faraday")) {
            Link link = Link.exported(broken, "SEC");
            link.awaitQuiet();
            broken.jira().permissions().withdraw(Permission.TRANSITION, "SEC", SandboxConnection.SERVICE_ACCOUNT);
            broken.setStatus(link.vulnerability(), "closed");
            await().until(() -> broken.outcomes(link.vulnerability()).contains("blocked"));
            broken.bean(Activity.class)
                    .record(Outcome.REFUSED, "c", 2, null, "not exported to SEC: Customer is required", null);
            broken.configure("jsonb_set(value, '{projects,SEC,ticket_config,issue_types}', '{}')");

            desk.open("/health").look("health-problems");

            assertThat(checked(desk, "A status does not get to Jira")).contains("Found");
            assertThat(checked(desk, "A mandatory field is missing")).contains("Found");
            assertThat(checked(desk, "A change in Jira sends no webhook")).contains("Found");
            assertThat(desk.text())
                    .contains("1 blocked: refused by Jira", "No transition leads to the mapped status")
                    .contains("1 refused within a day", "Customer is required", "Project SEC lacks something");
            assertThat(desk.page().locator("section[aria-labelledby=jira]").innerText())
                    .contains("Last sweep of SEC");
        }
    }

    @Test
    void what_can_be_detected_is_shown_with_its_cure() {
        world.post(
                "/_api/v3/integrations/jira/update-issues", "{\"title\": \"SEC-1\"}", Map.of("X-Jira-Token", "wrong"));
        world.configure("jsonb_set(value, '{enabled}', 'false')");
        try (Browser desk = Browser.desk(world).as("faraday")) {
            desk.open("/health").look("health");
            assertThat(desk.page().locator("section[aria-labelledby=broker]").innerText())
                    .contains("Answers", "embedded", "vuln-status", "0 waiting", "dead-letter");
            assertThat(desk.page().locator("section[aria-labelledby=database]").innerText())
                    .contains("Answers", "PostgreSQL", "in use");
            assertThat(checked(desk, "Webhooks are answered 401")).contains("Found", "X-Jira-Token");
            assertThat(checked(desk, "The authorisation fails")).contains("Not found");
            assertThat(desk.text())
                    .contains(
                            "The integration is switched off",
                            "webhooks: wrong token",
                            "Add a new one under Access tokens");

            world.configure("jsonb_set(value, '{enabled}', 'true')");
            assertThat(desk.open("/health").text()).doesNotContain("The integration is switched off");
        }
        try (Browser phone = Browser.phone(world).as("pentester")) {
            phone.open("/health").look("health");
        }
    }
}
