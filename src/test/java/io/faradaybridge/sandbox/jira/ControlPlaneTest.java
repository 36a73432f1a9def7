package io.faradaybridge.sandbox.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlPlaneTest {

    private final SandboxJira jira =
            SandboxJira.start(SandboxJira.Options.dataCenter().contextPath("/jira"));
    private final SignedClient curl = new SignedClient(jira.baseUrl(), "", null, "");

    @AfterEach
    void close() {
        jira.close();
    }

    private HttpResponse<String> call(String method, String path, JsonNode body) {
        return curl.sendWith(null, method, "/sandbox" + path, body);
    }

    @Test
    void a_person_moves_and_deletes_issues_by_curl() {
        call("POST", "/issues", Json.object("project", "SEC", "type", "Bug", "summary", "Weak cipher"));

        JsonNode moved = SignedClient.json(call("POST", "/issues/SEC-1/move", Json.object("status", "Done")));
        assertThat(moved.path("status").asText()).isEqualTo("Done");
        assertThat(jira.issue("SEC-1").transitionsBy("jdoe")).isEqualTo(1);
        assertThat(call("POST", "/issues/SEC-1/project", Json.object("project", "WEB"))
                        .body())
                .contains("\"key\":\"WEB-1\"");
        assertThat(call("GET", "/issues", null).body()).contains("Weak cipher");
        assertThat(call("DELETE", "/issues/WEB-1", null).statusCode()).isEqualTo(204);

        assertThat(jira.issues()).isEmpty();
    }

    @Test
    void an_administrator_renames_a_project_by_curl_and_its_old_keys_still_lead_there() {
        jira.createPerson("SEC", "Bug", "Weak cipher");
        String id = jira.issue("SEC-1").id();

        assertThat(call("PUT", "/projects/SEC/key", Json.object("key", "RTE")).statusCode())
                .isEqualTo(204);

        assertThat(jira.issue("RTE-1").id()).isEqualTo(id);
        assertThat(call("GET", "/issues/SEC-1", null).body()).contains("\"key\":\"RTE-1\"", "\"project\":\"RTE\"");
        assertThat(jira.createPerson("SEC", "Bug", "Another").key()).isEqualTo("RTE-2");
        assertThat(call("PUT", "/projects/RTE/key", Json.object("key", "WEB")).body())
                .contains("There is a project WEB already.");
    }

    @Test
    void says_what_it_needs_when_a_body_lacks_it() {
        jira.createPerson("SEC", "Bug", "x");

        assertThat(call("POST", "/issues/SEC-1/move", Json.object()).body())
                .isEqualTo("{\"message\":\"The body needs \\\"status\\\".\"}");
        assertThat(call("POST", "/issues/SEC-1/move", Json.object("status", "Nowhere"))
                        .body())
                .contains("SEC has no status");
        assertThat(call("POST", "/issues/SEC-7/move", Json.object("status", "Done"))
                        .body())
                .contains("There is no issue SEC-7.");
    }

    @Test
    void trouble_is_made_and_ended_by_curl() {
        JsonNode fault = Json.object("fault", "ERROR_BEFORE", "status", 503, "method", "GET", "path", "/serverInfo");
        assertThat(call("POST", "/faults", fault).statusCode()).isEqualTo(204);
        assertThat(call("GET", "/faults", null).body()).contains("\"times\":1");

        assertThat(curl.sendWith(null, "GET", "/rest/api/2/serverInfo", null).statusCode())
                .isEqualTo(503);

        assertThat(curl.sendWith(null, "GET", "/rest/api/2/serverInfo", null).statusCode())
                .isEqualTo(200);
        assertThat(call("GET", "/requests", null).body()).contains("\"status\":503");
        call("DELETE", "/requests", null);
        assertThat(jira.requests()).isEmpty();
    }

    @Test
    void automation_and_an_application_link_are_set_up_by_curl() {
        KeyPair keys = SandboxJira.freshKeyPair();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        call("POST", "/application-links", Json.object("consumerKey", "faraday", "publicKey", pem));
        jira.authorise("faraday", "token", "bridge");
        SignedClient client = new SignedClient(jira.baseUrl(), "faraday", keys.getPrivate(), "token");
        assertThat(client.get("/myself").statusCode()).isEqualTo(200);
        call("POST", "/tokens/token/expire", Json.object());
        assertThat(client.get("/myself").body()).isEqualTo("oauth_problem=token_expired");

        try (WebhookReceiver receiver = new WebhookReceiver()) {
            call("PUT", "/automation", Json.object("url", receiver.url(), "token", "t", "duplication", 1.0));
            jira.createPerson("SEC", "Bug", "x");
            jira.movePerson("SEC-1", "Done");
            await().atMost(Duration.ofSeconds(60)).until(() -> receiver.posts().size() == 2);
        }
    }

    @Test
    void an_issue_has_a_page_for_people() {
        jira.createPerson("SEC", "Bug", "<b>Weak</b> cipher");

        HttpResponse<String> page = curl.sendWith(null, "GET", "/browse/SEC-1", null);

        assertThat(page.body()).contains("SEC-1", "&lt;b&gt;Weak&lt;/b&gt; cipher", "To Do");
        assertThat(curl.sendWith(null, "GET", "/browse/SEC-2", null).statusCode())
                .isEqualTo(404);
    }
}
