package io.faradaybridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From a Faraday that never heard of Jira until Jira lets the bridge in, in a browser alone. */
@Tag("long")
@InABrowser
class ConsoleConnectionTest {

    private static final String TOKEN = "NjE1-pat-of-the-bridge";
    private static final String API_TOKEN = "ATATT-token-of-the-bridge";
    private static final String SCOPED_TOKEN = "ATSTT-token-with-scopes";
    private static final String WITHOUT_WRITE = "ATATT-token-that-reads-only";
    private static final String EMAIL = "bridge@example.org";

    private static BridgeWorld dataCenter;
    private static BridgeWorld cloud;

    @BeforeAll
    static void start() {
        dataCenter = Administrator.beforeAnything(SandboxJira.Options.dataCenter()
                        .contextPath("/jira")
                        .personalAccessToken(TOKEN, SandboxConnection.SERVICE_ACCOUNT))
                .start();
        cloud = Administrator.beforeAnything(SandboxJira.Options.cloud()
                .apiToken(EMAIL, API_TOKEN, SandboxConnection.SERVICE_ACCOUNT)
                .scopedToken(EMAIL, WITHOUT_WRITE, SandboxConnection.SERVICE_ACCOUNT, "read:jira-work")
                .scopedToken(
                        "",
                        SCOPED_TOKEN,
                        SandboxConnection.SERVICE_ACCOUNT,
                        "read:jira-work",
                        "write:jira-work",
                        "read:jira-user"));
        cloud.with("bridge.jira.gateway-url", cloud.jira().gatewayUrl()).start();
    }

    @AfterAll
    static void stop() {
        dataCenter.close();
        cloud.close();
    }

    @BeforeEach
    void forget() {
        for (BridgeWorld world : List.of(dataCenter, cloud)) {
            world.rows()
                    .sql("DELETE FROM configuration WHERE key = 'jira_integration'")
                    .update();
            world.rows()
                    .sql("DELETE FROM faraday_bridge.secret WHERE name LIKE 'jira.%'")
                    .update();
            world.rows()
                    .sql("DELETE FROM faraday_bridge.runtime_state WHERE name IN ('ownership', 'jira-authorization')")
                    .update();
        }
    }

    private static String row(BridgeWorld world, String key) {
        return world.rows()
                .sql("SELECT value ->> :key FROM configuration WHERE key = 'jira_integration'")
                .param("key", key)
                .query(String.class)
                .optional()
                .orElse("");
    }

    private static Browser signedIn(Browser browser) {
        return browser.as("faraday").open("");
    }

    private static String typeOf(BridgeWorld world) {
        return Administrator.of(world).connection().at("/credentials/type").asText();
    }

    @Test
    void a_data_center_is_connected_by_oauth_through_its_own_page() {
        try (Browser desk = signedIn(Browser.desk(dataCenter))) {
            assertThat(desk.look("overview-first-run").text()).contains("1 of 10 steps are done", "Say where Jira is");
            desk.click("Connection").look("connection-kinds");
            desk.page().locator("a.kind", option("OAuth application link")).click();
            desk.fill("Jira's base URL", dataCenter.jira().baseUrl().toString()).click("Save the address");
            assertThat(row(dataCenter, "consumer_key")).isEqualTo("faraday-key");
            desk.click("Generate Public Key");
            assertThat(desk.text()).contains("A key pair was made");
            desk.look("connection-oauth");
            Administrator.of(dataCenter).link();
            desk.click("Authorize").look("connection-consent").click("Continue to Jira");
            desk.page().waitForURL("**/plugins/servlet/oauth/authorize**");
            desk.page().locator("button[name=approve]").click();
            desk.page().waitForURL("**/jira-bridge/connection?**");

            assertThat(desk.look("connection-authorised").text())
                    .contains("Jira is connected.", "The bridge acts as faraday-bridge", "Data Center 10.3.5");
        }
        assertThat(row(dataCenter, "authorization_state")).isEqualTo("authorized");
        assertThat(typeOf(dataCenter)).isEqualTo("oauth1");
        assertThat(dataCenter.jira().rejectedSignatures()).isEmpty();
    }

    private static com.microsoft.playwright.Page.LocatorOptions option(String words) {
        return new com.microsoft.playwright.Page.LocatorOptions().setHasText(words);
    }

    @Test
    void access_denied_in_jira_is_said_on_the_page() {
        Administrator administrator = Administrator.of(dataCenter);
        administrator.connect();
        administrator.link();
        try (Browser desk = signedIn(Browser.desk(dataCenter)).open("/connection?kind=oauth1")) {
            desk.click("Authorize").click("Continue to Jira");
            desk.page().locator("button[name=deny]").click();
            desk.page().waitForURL("**/jira-bridge/connection/callback?**");

            assertThat(desk.look("connection-denied").text())
                    .contains("Jira is not connected.", "access was denied in Jira");
            desk.click("Authorize");
            assertThat(desk.text()).contains("Continue to Jira");
        }
        assertThat(row(dataCenter, "authorization_state")).isNotEqualTo("authorized");
    }

    @Test
    void a_code_is_typed_where_jira_cannot_bring_the_browser_back() {
        Administrator administrator = Administrator.of(dataCenter);
        administrator.connect();
        administrator.link();
        try (Browser phone = signedIn(Browser.phone(dataCenter)).open("/connection?kind=oauth1")) {
            phone.click("If Jira cannot bring this browser back").click("Authorize with a code");
            com.microsoft.playwright.Page jira = phone.page().waitForPopup(() -> phone.click("Open Jira in a new tab"));
            jira.locator("button[name=approve]").click();
            String code = jira.locator("b").innerText().replace("'", "");
            jira.close();
            phone.look("connection-code").fill("Code that Jira shows", code).click("Finish");

            assertThat(phone.text()).contains("Jira is connected.", "faraday-bridge");
        }
        assertThat(typeOf(dataCenter)).isEqualTo("oauth1");
    }

    @Test
    void a_wrong_token_is_said_beside_its_field_and_nothing_else_typed_is_lost() {
        try (Browser phone = signedIn(Browser.phone(dataCenter)).look("overview-first-run")) {
            phone.open("/connection?kind=personal_access_token")
                    .look("connection-pat")
                    .fill("Jira's base URL", dataCenter.jira().baseUrl().toString())
                    .click("Save the address");
            phone.fill("Personal access token", "wrong-secret")
                    .fill("Its last day", "2027-05-31")
                    .click("Save and test");

            assertThat(phone.look("connection-wrong-token")
                            .page()
                            .locator(".field.wrong .error")
                            .innerText())
                    .contains("Was not accepted by " + dataCenter.jira().baseUrl());
            assertThat(phone.page().getByLabel("Its last day").inputValue()).isEqualTo("2027-05-31");
            assertThat(phone.page().getByLabel("Personal access token").inputValue())
                    .isEmpty();
            assertThat(phone.page().content()).doesNotContain("wrong-secret");
            assertThat(typeOf(dataCenter)).isEqualTo("none");

            phone.fill("Personal access token", TOKEN).click("Save and test");
            assertThat(phone.look("connection-connected").text())
                    .contains("Jira is connected.", "The bridge acts as faraday-bridge");
        }
        assertThat(typeOf(dataCenter)).isEqualTo("personal_access_token");
        assertThat(Administrator.of(dataCenter)
                        .connection()
                        .at("/credentials/expires_at")
                        .asText())
                .isEqualTo("2027-05-31T23:59:59Z");
    }

    @Test
    void a_cloud_site_is_connected_by_an_api_token_tested_and_forgotten() {
        try (Browser desk = signedIn(Browser.desk(cloud)).open("/connection")) {
            desk.page().locator("a.kind", option("with all its rights")).click();
            desk.fill("Jira's base URL", cloud.jira().baseUrl().toString()).click("Save the address");
            desk.fill("E-mail of the account", EMAIL)
                    .fill("API token", API_TOKEN)
                    .click("Save and test");
            assertThat(desk.text()).contains("Jira is connected.", "Cloud", "Connected");
            desk.click("Test the connection");
            assertThat(desk.look("connection-cloud").text()).contains("Jira is connected.");

            cloud.jira().faults().sometimes(1, "GET", "/myself$", io.faradaybridge.sandbox.jira.Fault.captcha());
            desk.click("Test the connection");
            assertThat(desk.look("connection-failing").text())
                    .contains("Jira cannot be used", "What to do: Sign in to Jira once in a browser");
            cloud.jira().calm();

            desk.click("Remove the credentials");
            desk.page().locator("#forget button").click();
            assertThat(desk.text()).contains("The credentials were removed", "None yet");
        }
        assertThat(typeOf(cloud)).isEqualTo("none");
        assertThat(row(cloud, "url")).isEqualTo(cloud.jira().baseUrl().toString());
    }

    @Test
    void a_scoped_token_says_which_scope_it_lacks_and_when_it_ends() {
        try (Browser desk = signedIn(Browser.desk(cloud)).open("/connection?kind=scoped_token")) {
            desk.fill("Jira's base URL", cloud.jira().baseUrl().toString()).click("Save the address");
            desk.fill("E-mail of the account", EMAIL)
                    .fill("API token with scopes", WITHOUT_WRITE)
                    .click("Save and test");
            assertThat(desk.look("connection-scope-missing").text()).contains("lacks a scope", "read:jira-user");
            assertThat(desk.page().getByLabel("E-mail of the account").inputValue())
                    .isEqualTo(EMAIL);
            assertThat(typeOf(cloud)).isEqualTo("none");

            desk.fill("E-mail of the account", "")
                    .fill("API token with scopes", SCOPED_TOKEN)
                    .fill(
                            "Its last day",
                            LocalDate.now(ZoneOffset.UTC).plusDays(9).toString())
                    .click("Save and test");
            assertThat(desk.text()).contains("Jira is connected.", "9 days left", "write:jira-work");
            assertThat(desk.page().locator(".message.warn").first().innerText()).contains("end");
            assertThat(desk.look("connection-ends-soon").page().content()).doesNotContain(SCOPED_TOKEN);
        }
        assertThat(typeOf(cloud)).isEqualTo("scoped_token");
    }

    @Test
    void a_service_account_is_given_by_its_client_id_and_secret() {
        try (BridgeWorld world = Administrator.beforeAnything(SandboxJira.Options.dataCenter11()
                                .serviceAccount("bridge-client", "s3cret", SandboxConnection.SERVICE_ACCOUNT))
                        .start();
                Browser phone = signedIn(Browser.phone(world)).open("/connection")) {
            phone.page().locator("a.kind[href$=client_credentials]").click();
            phone.fill("Jira's base URL", world.jira().baseUrl().toString()).click("Save the address");
            phone.fill("Client id", "bridge-client")
                    .fill("Client secret", "wrong")
                    .click("Save and test");
            assertThat(phone.page().locator(".field.wrong").count()).isPositive();
            assertThat(phone.page().getByLabel("Client id").inputValue()).isEqualTo("bridge-client");
            phone.fill("Client secret", "s3cret").click("Save and test");
            assertThat(phone.look("connection-service-account").text())
                    .contains("Jira is connected.", "bridge-client", "WRITE");
            assertThat(phone.page().content()).doesNotContain("s3cret");
            assertThat(typeOf(world)).isEqualTo("client_credentials");
        }
    }

    @Test
    void credentials_of_the_settings_are_shown_as_such_and_cannot_be_changed_here() {
        try (Browser desk = signedIn(Browser.desk(BridgeWorld.shared())).open("/connection?kind=api_token")) {
            assertThat(desk.look("connection-environment").text())
                    .contains("Credentials from the environment", "From the settings", "OAuth application link")
                    .doesNotContain("Remove the credentials");
            assertThat(desk.page()
                            .locator("#credentials, #keys, #address, #authorize")
                            .count())
                    .isZero();
        }
    }

    @Test
    void an_address_that_cannot_be_jiras_is_said_beside_its_field() {
        try (Browser desk = signedIn(Browser.desk(cloud)).open("/connection?kind=scoped_token")) {
            desk.look("connection-scoped")
                    .fill("Jira's base URL", "https://jira.example.org/browse/SEC-1")
                    .click("Save the address");

            assertThat(desk.page().locator(".field.wrong .error").innerText())
                    .contains("Seems to be the address of a page");
            assertThat(desk.page().getByLabel("Jira's base URL").inputValue())
                    .isEqualTo("https://jira.example.org/browse/SEC-1");
            assertThat(desk.text()).contains("read:jira-work", "write:jira-work", "read:jira-user");
        }
        assertThat(row(cloud, "url")).isEmpty();
    }

    @Test
    void what_is_typed_as_a_name_is_shown_as_text() {
        String script = "\"><script>alert(1)</script>";
        try (Browser phone = signedIn(Browser.phone(dataCenter)).open("/connection?kind=oauth1")) {
            phone.fill("Jira's base URL", dataCenter.jira().baseUrl().toString())
                    .fill("Consumer key", script)
                    .click("Save the address");

            assertThat(phone.look("connection-hostile").text()).contains(script);
            assertThat(phone.page().getByLabel("Consumer key").first().inputValue())
                    .isEqualTo(script);
            phone.fill("Jira's base URL", script).click("Save the address");
            assertThat(phone.page().locator(".field.wrong .error").innerText()).isNotEmpty();
            assertThat(phone.page().getByLabel("Jira's base URL").inputValue()).isEqualTo(script);
        }
    }

    @Test
    void the_bridge_observes_takes_over_and_observes_again() {
        Administrator administrator = Administrator.of(dataCenter);
        administrator.connect();
        dataCenter.configure("value || '{\"enabled\": true}'");
        try (Browser desk = signedIn(Browser.desk(dataCenter)).open("/connection")) {
            assertThat(desk.text()).contains("The bridge observes");
            desk.click("Take over").look("connection-take-over").click("Take over now");
            assertThat(desk.text()).contains("The bridge observes");
            desk.page().getByLabel("The other integration is switched off").check();
            desk.click("Take over now");
            assertThat(desk.text()).contains("The bridge has taken over", "The bridge works");
            assertThat(administrator.get("take-over").path("observing").asBoolean())
                    .isFalse();

            desk.click("Go back to observing").click("Observe only");
            assertThat(desk.text()).contains("The bridge observes");
        }
        assertThat(administrator.get("take-over").path("observing").asBoolean()).isTrue();
    }

    @Test
    void who_may_not_see_the_connection_reads_the_missing_permission() {
        try (Browser desk = Browser.desk(dataCenter).as("pentester").open("/connection")) {
            assertThat(desk.look("connection-forbidden").text()).contains("integrations_auth:read");
        }
    }
}
