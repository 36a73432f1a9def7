package io.faradaybridge.sandbox.jira;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.util.Map;
import net.oauth.OAuth;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OAuthServletsTest {

    private static final KeyPair KEYS = SandboxJira.freshKeyPair();
    private static final String SERVLETS = "/plugins/servlet/oauth/";
    private static final String CALLBACK = "http://bridge.example/done?state=7";

    private final SandboxJira jira =
            SandboxJira.start(SandboxJira.Options.dataCenter().linked("faraday", KEYS.getPublic()));
    private final SignedClient client = new SignedClient(jira.baseUrl(), "faraday", KEYS.getPrivate(), null);

    @AfterEach
    void close() {
        jira.close();
    }

    private static HttpResponse<String> call(SignedClient signer, String servlet, String... extra) {
        String path = SERVLETS + servlet;
        return signer.sendWith(signer.authorization("POST", path, extra), "POST", path, null);
    }

    private static Map<String, String> form(HttpResponse<String> answer) {
        return OAuth.newMap(OAuth.decodeForm(answer.body()));
    }

    private String requestToken() {
        return form(call(client, "request-token", OAuth.OAUTH_CALLBACK, CALLBACK))
                .get(OAuth.OAUTH_TOKEN);
    }

    private Map<String, String> consent(String requestToken) {
        jira.allowAtOnce(true);
        String location = client.sendWith(
                        null, "GET", SERVLETS + "authorize?user=bridge&oauth_token=" + requestToken, null)
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(location).startsWith(CALLBACK + "&oauth_token=" + requestToken);
        return OAuth.newMap(OAuth.decodeForm(location.substring(location.indexOf('?') + 1)));
    }

    @Test
    void three_steps_give_a_token_that_acts_as_the_person_who_consented() {
        String requestToken = requestToken();
        String verifier = consent(requestToken).get(OAuth.OAUTH_VERIFIER);

        Map<String, String> granted =
                form(call(client.withToken(requestToken), "access-token", OAuth.OAUTH_VERIFIER, verifier));

        assertThat(granted)
                .containsEntry("oauth_expires_in", "157680000")
                .containsEntry("oauth_authorization_expires_in", "160272000")
                .containsKey("oauth_session_handle");
        SignedClient authorised = client.withToken(granted.get(OAuth.OAUTH_TOKEN));
        assertThat(authorised.read("/myself").path("name").asText()).isEqualTo("bridge");
        assertThat(call(client.withToken(requestToken), "access-token", OAuth.OAUTH_VERIFIER, verifier)
                        .body())
                .isEqualTo("oauth_problem=token_rejected");
    }

    @Test
    void an_expired_token_is_renewed_by_its_session_until_that_ends_too() {
        String requestToken = requestToken();
        String verifier = consent(requestToken).get(OAuth.OAUTH_VERIFIER);
        Map<String, String> first =
                form(call(client.withToken(requestToken), "access-token", OAuth.OAUTH_VERIFIER, verifier));
        SignedClient holder = client.withToken(first.get(OAuth.OAUTH_TOKEN));
        jira.expireToken(first.get(OAuth.OAUTH_TOKEN));

        Map<String, String> renewed =
                form(call(holder, "access-token", "oauth_session_handle", first.get("oauth_session_handle")));

        SignedClient again = client.withToken(renewed.get(OAuth.OAUTH_TOKEN));
        assertThat(again.get("/myself").statusCode()).isEqualTo(200);
        assertThat(holder.get("/myself").body()).isEqualTo("oauth_problem=token_rejected");
        jira.expireSession(renewed.get(OAuth.OAUTH_TOKEN));
        assertThat(call(again, "access-token", "oauth_session_handle", renewed.get("oauth_session_handle"))
                        .body())
                .isEqualTo("oauth_problem=permission_denied");
    }

    @Test
    void a_denial_comes_back_as_the_verifier_denied() {
        String requestToken = requestToken();

        HttpResponse<String> page =
                client.sendWith(null, "GET", SERVLETS + "authorize?oauth_token=" + requestToken, null);
        assertThat(page.body()).contains("Allow faraday", "name=\"deny\"");
        HttpResponse<String> denied =
                client.submit(SERVLETS + "authorize", "oauth_token=" + requestToken + "&deny=Deny");

        assertThat(denied.headers().firstValue("Location").orElse("")).endsWith("&oauth_verifier=denied");
        assertThat(call(client.withToken(requestToken), "access-token", OAuth.OAUTH_VERIFIER, "denied")
                        .body())
                .isEqualTo("oauth_problem=permission_denied");
    }

    @Test
    void says_what_is_missing_or_wrong_on_the_way() {
        HttpResponse<String> relative = call(client, "request-token", OAuth.OAUTH_CALLBACK, "/done");
        assertThat(relative.statusCode()).isEqualTo(400);
        assertThat(relative.body())
                .contains("oauth_problem=parameter_rejected", "oauth_parameters_rejected=oauth_callback");

        SignedClient early = client.withToken(requestToken());
        assertThat(call(early, "access-token", OAuth.OAUTH_VERIFIER, "x").body())
                .isEqualTo("oauth_problem=permission_unknown");
        String consented = requestToken();
        consent(consented);
        assertThat(call(client.withToken(consented), "access-token").body())
                .contains("oauth_problem=parameter_absent", "oauth_parameters_absent=oauth_verifier");
        assertThat(call(client.withToken(consented), "access-token", OAuth.OAUTH_VERIFIER, "x")
                        .body())
                .isEqualTo("oauth_problem=token_rejected");
    }

    @Test
    void without_a_callback_the_code_is_shown_on_the_page() {
        String requestToken =
                form(call(client, "request-token", OAuth.OAUTH_CALLBACK, "oob")).get(OAuth.OAUTH_TOKEN);

        HttpResponse<String> page =
                client.submit(SERVLETS + "authorize", "oauth_token=" + requestToken + "&approve=Allow&user=bridge");

        String code = page.body().replaceAll("(?s).*<b>'(.+)'</b>.*", "$1");
        assertThat(call(client.withToken(requestToken), "access-token", OAuth.OAUTH_VERIFIER, code)
                        .statusCode())
                .isEqualTo(200);
    }
}
