package io.faradaybridge.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.client.PrivateAuthority;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A test of the connection says what is wrong, and what to do about it. */
class ConnectionTestStoryTest {

    private static BridgeWorld world;

    private final Administrator administrator = new Administrator(world, "faraday");

    @BeforeAll
    static void start() {
        world = Administrator.unconnected(SandboxJira.Options.dataCenter().contextPath("/jira"))
                .with("bridge.connection.watch-interval", "1h")
                .start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void authorise() {
        world.jira().calm();
        administrator.connect();
        administrator.link();
        administrator.authorise();
    }

    @AfterEach
    void calm() {
        world.jira().calm();
    }

    private JsonNode problem(String code) {
        JsonNode test = administrator.done("POST", "connection/test", "");
        assertThat(test.path("ok").asBoolean()).isFalse();
        assertThat(test.path("problem").asText()).as(test.toString()).isEqualTo(code);
        assertThat(test.path("message").asText()).isNotEmpty();
        assertThat(test.path("hint").asText()).isNotEmpty();
        assertThat(test.has("account")).isFalse();
        return test;
    }

    private void fault(Fault fault) {
        world.jira().calm();
        world.jira().faults().sometimes(1, "GET", "/myself$", fault);
    }

    private void moveTo(String url) {
        world.configure("value || '{\"url\": \"" + url + "\"}'");
        StoredCredentials now = world.bean(CredentialStore.class).find().orElseThrow();
        world.bean(CredentialStore.class)
                .save(new StoredCredentials(
                        now.type(),
                        url,
                        now.consumerKey(),
                        now.token(),
                        now.tokenSecret(),
                        now.sessionHandle(),
                        now.email(),
                        now.savedAt(),
                        now.expiresAt(),
                        now.authorizationExpiresAt(),
                        "",
                        ""));
    }

    @Test
    void a_good_connection_is_shown_with_account_and_jira() {
        JsonNode test = administrator.done("POST", "connection/test", "");

        assertThat(test.path("ok").asBoolean()).isTrue();
        assertThat(test.path("account").path("display_name").asText()).isEqualTo("faraday-bridge");
        assertThat(test.path("jira").path("kind").asText()).isEqualTo("data_center");
        assertThat(test.path("jira").path("version").asText()).isEqualTo("10.3.5");
        assertThat(test.path("jira").path("title").asText()).isEqualTo("Sandbox Jira");
        assertThat(test.has("problem")).isFalse();
    }

    @Test
    void anonymous() {
        fault(Fault.anonymous());
        problem("anonymous");
    }

    @Test
    void a_captcha() {
        fault(Fault.captcha());
        assertThat(problem("captcha").path("hint").asText()).contains("in a browser");
    }

    @Test
    void clocks_that_differ() {
        world.jira().clockAhead(Duration.ofMinutes(20));
        assertThat(problem("clock_skew").path("message").asText()).contains("behind Jira's", "NTP");
    }

    @Test
    void a_revoked_token() {
        world.jira()
                .revokeToken(
                        world.bean(CredentialStore.class).find().orElseThrow().token());
        problem("token_rejected");
    }

    @Test
    void an_unknown_consumer() {
        world.configure("value || '{\"consumer_key\": \"nobody\"}'");
        StoredCredentials now = world.bean(CredentialStore.class).find().orElseThrow();
        world.bean(CredentialStore.class)
                .save(new StoredCredentials(
                        now.type(), now.site(), "nobody", now.token(), "", "", "", now.savedAt(), null, null, "", ""));
        assertThat(problem("unknown_consumer").path("hint").asText()).contains("Atlassian product");
    }

    @Test
    void another_public_key_in_jira() {
        world.jira().link("faraday-key", SandboxJira.freshKeyPair().getPublic());
        problem("bad_signature");
    }

    @Test
    void an_address_that_is_not_jiras_base_url() {
        moveTo(world.jira().baseUrl().replace("localhost", "127.0.0.1"));
        JsonNode test = administrator.done("POST", "connection/test", "");
        // The sandbox verifies what arrives, so it accepts the bridge; the difference is reported all the same.
        assertThat(test.path("message").asText())
                .contains("its own address is " + world.jira().baseUrl());
    }

    @Test
    void a_missing_context_path() {
        moveTo(world.jira().baseUrl().replace("/jira", ""));
        assertThat(problem("wrong_base_url").path("message").asText())
                .contains("there is one at " + world.jira().baseUrl() + ";");
    }

    @Test
    void a_path_too_long() {
        moveTo(world.jira().baseUrl() + "/some/folder");
        assertThat(problem("wrong_base_url").path("message").asText())
                .contains("there is one at " + world.jira().baseUrl() + ";");
    }

    @Test
    void a_page_for_people() {
        fault(Fault.html());
        problem("wrong_base_url");
    }

    @Test
    void a_jira_that_is_not_running() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            moveTo("http://127.0.0.1:" + free.getLocalPort());
        }
        problem("connection_refused");
    }

    @Test
    void a_jira_that_does_not_answer() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            moveTo("http://127.0.0.1:" + silent.getLocalPort());
            problem("timeout");
        }
    }

    @Test
    void a_name_that_nobody_knows() {
        moveTo("https://jira.invalid");
        problem("unknown_host");
    }

    @Test
    void a_server_that_speaks_no_tls() {
        moveTo(world.jira().baseUrl().replace("http:", "https:"));
        assertThat(problem("tls").path("hint").asText()).contains("bridge.jira.ca-file");
    }

    @Test
    void an_untrusted_certificate_is_reported_at_saving_in_the_test_and_in_the_activity(@TempDir Path folder)
            throws Exception {
        try (ServerSocket server = new PrivateAuthority(folder).server("dns:jira.internal,dns:localhost")) {
            handshakes(server);
            String url = "https://localhost:" + server.getLocalPort();

            moveTo(url);
            JsonNode test = problem("tls");
            world.export(world.vulnerabilities(1), "SEC");
            String warnings = administrator
                    .put("connection", "{'url': '" + url + "'}")
                    .path("warnings")
                    .toString();

            assertThat(List.of(warnings, test.path("message").asText())).allSatisfy(said -> assertThat(said)
                    .contains("CN=Jira (names: jira.internal, localhost), issued by CN=Private CA")
                    .contains("bridge.jira.ca-file")
                    .doesNotContain("PKIX"));
            await().until(() -> administrator
                    .get("activity?outcome=away&limit=1")
                    .toString()
                    .contains("issued by CN=Private CA"));
        }
    }

    private static void handshakes(ServerSocket server) {
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket caller = server.accept()) {
                    caller.getInputStream().read();
                } catch (IOException refused) {
                    // as it should be
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Test
    void an_address_that_is_not_allowed() {
        moveTo("http://10.1.2.3");
        assertThat(problem("blocked_address").path("message").asText()).contains("bridge.jira.allowed-networks");
    }

    @Test
    void a_jira_that_is_ill() {
        fault(Fault.errorBefore(503));
        problem("unavailable");
        fault(Fault.tooManyRequests(Duration.ofSeconds(1)));
        problem("rate_limited");
    }

    @Test
    void nothing_configured() {
        administrator.done("DELETE", "connection/credentials", "");
        assertThat(problem("not_connected").path("message").asText()).contains("not authorised");
        world.configure("value - 'url'");
        assertThat(problem("not_connected").path("message").asText()).contains("set its URL");
    }
}
