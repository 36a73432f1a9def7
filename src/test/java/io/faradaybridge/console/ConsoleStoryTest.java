package io.faradaybridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * From a Faraday that never heard of Jira to an issue in step that was moved on both sides, by clicking and typing alone:
 * an administrator sets up, a pentester exports and watches. What Jira's administrator does in pages that the sandbox
 * does not have (an Application Link, an Automation rule) is done with what was copied from the console.
 */
@InABrowser
@Tag("long")
class ConsoleStoryTest {

    /** From the empty database until the first issue is seen in step, with those in Jira's page of consent. */
    private static final int MOST_CLICKS = 25;

    /** What is copied from the console and pasted in Jira counts as typed, too. */
    private static final int MOST_TYPED = 10;

    private static final String EMAIL = "bridge@example.org";
    private static final String API_TOKEN = "ATATT-token-of-the-bridge";

    private BridgeWorld world;

    private void enter(SandboxJira.Options options) {
        world = Administrator.beforeAnything(options);
        world.rows().sql("DELETE FROM user_token").update();
        world.start();
    }

    @AfterEach
    void leave() {
        world.close();
    }

    @Test
    void a_data_center_with_an_application_link_on_a_desk() {
        enter(SandboxJira.Options.dataCenter().contextPath("/jira"));
        try (Browser administrator = Browser.desk(world).signIn("faraday");
                Browser pentester = Browser.desk(world)) {
            assertThat(administrator.text()).contains("0 of 10 steps are done");
            administrator.click("Connection").click(kind(administrator, "OAuth application link"));
            administrator.fill("Jira's base URL", world.jira().baseUrl()).click("Save the address");
            administrator.click("Generate Public Key");
            applicationLink(administrator);
            administrator.click("Authorize").click("Continue to Jira");
            administrator.click(administrator.page().locator("button[name=approve]"));
            assertThat(administrator.text()).contains("Jira is connected.", "Data Center 10");
            setUp(administrator);
            exportAndKeepInStep(administrator, pentester);
            pictures(administrator, pentester);
        }
        assertThat(world.jira().rejectedSignatures()).isEmpty();
    }

    @Test
    void a_cloud_site_with_an_api_token_on_a_phone() {
        enter(SandboxJira.Options.cloud().apiToken(EMAIL, API_TOKEN, SandboxConnection.SERVICE_ACCOUNT));
        try (Browser administrator = Browser.phone(world).signIn("faraday");
                Browser pentester = Browser.phone(world)) {
            administrator.click("Connection").click(kind(administrator, "with all its rights"));
            administrator.fill("Jira's base URL", world.jira().baseUrl()).click("Save the address");
            administrator.fill("E-mail of the account", EMAIL).fill("API token", API_TOKEN);
            administrator.click("Save and test");
            assertThat(administrator.text()).contains("Jira is connected.", "Cloud");
            setUp(administrator);
            exportAndKeepInStep(administrator, pentester);
            itComesBackWhenItIsSwitchedOff(administrator);
        }
    }

    /** Counts what it took until the first issue was in step. */
    private void exportAndKeepInStep(Browser administrator, Browser pentester) {
        Link link = firstExport(pentester);
        assertThat(administrator.clicks() + pentester.clicks()).as("clicks").isLessThanOrEqualTo(MOST_CLICKS);
        assertThat(administrator.typed() + pentester.typed()).as("typed values").isLessThanOrEqualTo(MOST_TYPED);

        automationRule(administrator);
        bothSidesMove(pentester, link);
        nothingIsLeftToDo(administrator);
    }

    private static Locator kind(Browser browser, String words) {
        return browser.page().locator("a.kind", new Page.LocatorOptions().setHasText(words));
    }

    /** Copies all that the dialog in Jira asks for. */
    private void applicationLink(Browser administrator) {
        assertThat(administrator.copied("Copy the application URL"))
                .isEqualTo(world.url("").toString());
        assertThat(administrator.copied("Copy the application name")).isEqualTo("Faraday-Jira bridge");
        assertThat(administrator.copied("Copy the consumer name")).isEqualTo("Faraday-Jira bridge");
        String consumerKey = administrator.copied("Copy the consumer key");
        String publicKey = administrator.copied("Copy the public key for Jira");
        world.jira().link(consumerKey, Administrator.publicKey(publicKey));
    }

    /** Each page says what is next. */
    private static void setUp(Browser administrator) {
        administrator.click("Choose a project (space)").click("Add SEC");
        assertThat(administrator.text()).contains("Bug is suggested");
        administrator.click("Save issue type").click("Map the statuses");
        assertThat(administrator.text()).contains("This is a suggestion, and not saved yet.");
        administrator.look("story-mapping").click("Save mapping");
        administrator.look("story-mapping-saved").click("Activate SEC");
        assertThat(administrator.text()).contains("SEC is active.", "SEC takes issues now.");
        administrator.look("story-active");
    }

    private Link firstExport(Browser pentester) {
        pentester.signIn("pentester").look("story-pentester").click("Choose a vulnerability");
        Locator first = pentester.page().locator("input[data-tick]").first();
        int id = Integer.parseInt(first.inputValue());
        pentester.click(first).click("Send to Jira");
        assertThat(pentester.text()).contains("It can be created.");
        pentester.click("Send 1 to SEC as Bug");
        await().until(() -> pentester.text().contains("Finished"));
        pentester.click(pentester.page().locator("main td a").first());
        await().until(() -> {
            pentester.page().reload();
            return pentester.text().contains("In step");
        });
        return new Link(world, id, world.issueKey(id));
    }

    private void automationRule(Browser administrator) {
        administrator.open("").click("Access tokens").click("Add token");
        String url = administrator.copied("Copy the address");
        assertThat(administrator.copied("Copy the name of the header")).isEqualTo("X-Jira-Token");
        String token = administrator.copied("Copy the value of the header");
        assertThat(administrator.copied("Copy the body"))
                .startsWith("{\"title\": {{issue.key.asJsonString}}")
                .endsWith("}}}");
        world.jira().automation(url, token);
    }

    private void bothSidesMove(Browser watching, Link link) {
        world.jira().movePerson(link.issueKey(), "Done");
        link.awaitFaraday("closed");
        link.awaitQuiet();
        watching.page().reload();
        assertThat(watching.text()).contains("In step", "Closed", "Done", "Applied");

        world.setStatus(link.vulnerability(), "re-opened");
        link.awaitJira("To Do");
        link.awaitQuiet();
        watching.page().reload();
        assertThat(watching.text()).contains("In step", "Re-opened", "To Do", "Driven");
    }

    private static void nothingIsLeftToDo(Browser administrator) {
        administrator.open("");
        assertThat(administrator.page().locator("#steps").count()).isZero();
        assertThat(administrator.look("story-done").text()).contains("The bridge keeps the statuses");
    }

    /** Another administrator saves something while the page is open. */
    private void itComesBackWhenItIsSwitchedOff(Browser administrator) {
        Administrator.of(world).put("projects/SEC/attribute-mapping", "{'on_export': 'follow'}");
        administrator.click("Switch it off").click("Switch off");
        assertThat(administrator.text()).contains("Nothing was changed.", "The bridge keeps the statuses");
        administrator.look("overview-conflict").click("Switch off");

        assertThat(administrator.text())
                .contains("The integration is off.", "What is not as it should be", "The integration is switched off.");
        administrator.look("overview-off").click("Switch on");
        assertThat(administrator.page().locator("#steps").count()).isZero();
    }

    /** Those of the README, after the pentester has sent more. */
    private void pictures(Browser administrator, Browser pentester) {
        pentester.open("/vulnerabilities?confirmed=true&status=open&linked=false");
        pentester.click(pentester.page().locator("button[name=all]"));
        pentester.click(pentester.page().locator("#send button"));
        await().atMost(Duration.ofSeconds(60)).until(() -> pentester.text().contains("Finished"));
        administrator.open("").picture("overview");
        administrator.open("/connection").picture("connection");
        administrator.open("/projects/SEC/mapping").picture("mapping");
        administrator.open("/vulnerabilities?sort=severity&sort_dir=desc").picture("vulnerabilities");
        administrator.open("/activity").picture("activity");
    }
}
