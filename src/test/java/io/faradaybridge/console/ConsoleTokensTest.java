package io.faradaybridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.BridgeWorld;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A person makes a token for the rule in Jira, and revokes it. */
@InABrowser
class ConsoleTokensTest {

    private final BridgeWorld world = BridgeWorld.shared();

    private int webhook(String token) {
        HttpResponse<String> answer = world.post(
                "/_api/v3/integrations/jira/update-issues",
                "{\"title\": \"SEC-987654\", \"status\": \"Done\"}",
                Map.of("X-Jira-Token", token));
        return answer.statusCode();
    }

    @Test
    void a_token_is_shown_once_works_in_a_webhook_and_is_refused_after_it_was_revoked() {
        String name = "<b>rule</b> " + UUID.randomUUID();
        try (Browser desk = Browser.desk(world).as("faraday")) {
            desk.open("/tokens");
            desk.fill("Name", name).click("Add token");
            desk.page().getByText("it is not shown again").waitFor();
            String token = desk.page().locator(".copybox code").first().innerText();
            desk.look("token-made");

            assertThat(token).hasSize(64);
            assertThat(webhook(token)).isEqualTo(202);
            assertThat(desk.open("/tokens").text()).doesNotContain(token).contains(name);
            desk.look("tokens");

            desk.page()
                    .locator("tr")
                    .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText(name))
                    .getByText("Revoke")
                    .first()
                    .click();
            desk.look("token-revoke").click("Revoke the token");
            desk.page().getByText("The token is revoked.").waitFor();
            assertThat(webhook(token)).isEqualTo(401);
        }
    }

    @Test
    void a_wrong_date_stands_beside_its_field_and_the_name_stays() {
        try (Browser phone = Browser.phone(world).as("faraday")) {
            phone.open("/tokens")
                    .fill("Name", "kept")
                    .fill("Ends after", "2020-01-01")
                    .click("Add token");

            phone.page().locator(".error").waitFor();
            assertThat(phone.page().getByLabel("Name").inputValue()).isEqualTo("kept");
            assertThat(phone.page().locator(".error").innerText()).containsIgnoringCase("future");
            phone.look("tokens-wrong");
        }
    }
}
