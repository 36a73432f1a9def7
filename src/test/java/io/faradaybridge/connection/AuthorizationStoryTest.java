package io.faradaybridge.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Administrators connect the bridge by OAuth: begun here, allowed in Jira, finished here. */
class AuthorizationStoryTest {

    private static final String CONNECTION = "/_api/v3/integrations/jira/connection";

    private static BridgeWorld world;

    private Administrator administrator;

    @BeforeAll
    static void start() {
        world = Administrator.unconnected(SandboxJira.Options.dataCenter().contextPath("/jira"))
                .start();
        world.rows()
                .sql("INSERT INTO roles_users (user_id, role_id) VALUES (2, 1)") // a second administrator
                .update();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void link() {
        administrator = new Administrator(world, "faraday");
        administrator.done("DELETE", "connection/credentials", "");
        administrator.connect();
        administrator.link();
        world.jira().clearRequests();
    }

    @AfterEach
    void calm() {
        world.jira().calm();
        world.jira().allowAtOnce(false);
    }

    private static int pending() {
        return world.rows()
                .sql("SELECT count(*) FROM faraday_bridge.secret WHERE name LIKE 'jira.authorization.%'")
                .query(Integer.class)
                .single();
    }

    @Test
    void a_jira_data_center_under_a_context_path_is_connected_and_exported_to() {
        assertThat(administrator.connection().path("authorization_state").asText())
                .isNotEqualTo("authorized");

        HttpResponse<String> page = administrator.back(administrator.allowed(), "text/html,*/*;q=0.8");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.body()).contains("Jira is connected", "acts as faraday-bridge");
        JsonNode connection = administrator.connection();
        assertThat(connection.path("authorization_state").asText()).isEqualTo("authorized");
        assertThat(connection.path("credentials").path("type").asText()).isEqualTo("oauth1");
        assertThat(connection.path("credentials").path("source").asText()).isEqualTo("stored");
        assertThat(connection.path("credentials").path("renewable").asBoolean()).isTrue();
        assertThat(connection.path("credentials").path("expires_at").asText()).startsWith("203");
        assertThat(connection.path("warnings").findValuesAsText("")).isEmpty();
        assertThat(administrator.state()).isEqualTo("authorized");
        assertThat(administrator
                        .done("POST", "connection/test", "")
                        .path("account")
                        .path("display_name")
                        .asText())
                .isEqualTo("faraday-bridge");
        assertThat(Link.exported(world, "SEC").issueKey()).startsWith("SEC-");
        assertThat(world.jira().rejectedSignatures()).isEmpty();
    }

    @Test
    @Tag("long")
    void a_jira_cloud_is_connected_and_exported_to() {
        BridgeWorld cloud =
                Administrator.unconnected(SandboxJira.Options.cloud()).start();
        try {
            Administrator there = new Administrator(cloud, "faraday");
            there.connect();
            there.link();

            there.authorise();

            assertThat(there.done("POST", "connection/test", "")
                            .path("jira")
                            .path("kind")
                            .asText())
                    .isEqualTo("cloud");
            assertThat(Link.exported(cloud, "SEC").issueKey()).startsWith("SEC-");
        } finally {
            cloud.close();
        }
    }

    @Test
    void a_code_is_typed_in_by_hand_where_no_browser_can_come_back() {
        JsonNode begun = administrator.done("POST", "connection/authorize", "{\"callback\": \"oob\"}");
        assertThat(begun.path("callback").asText()).isEqualTo("oob");
        world.jira().allowAtOnce(true);
        String page = world.send(HttpRequest.newBuilder(
                                URI.create(begun.path("authorize_url").asText()))
                        .build())
                .body();
        String code = page.replaceAll("(?s).*<b>'(.+)'</b>.*", "$1");

        JsonNode finished = administrator.done("POST", "connection/verifier", "{\"verifier\": \" " + code + " \"}");

        assertThat(finished.path("authorization_state").asText()).isEqualTo("authorized");
        assertThat(finished.path("account").path("display_name").asText()).isEqualTo("faraday-bridge");
    }

    @Test
    void a_denial_is_reported_and_ends_the_authorisation() {
        String url = administrator
                .done("POST", "connection/authorize", "")
                .path("authorize_url")
                .asText();

        URI back = administrator.denied(url);
        HttpResponse<String> page = administrator.back(back, "text/html");

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("the access was denied in Jira", "begin the authorisation again");
        assertThat(pending()).isZero();
        assertThat(administrator.state()).isNotEqualTo("authorized");
    }

    @Test
    void a_missing_verifier_is_a_denial() {
        URI back = administrator.allowed();

        HttpResponse<String> answer =
                administrator.back(URI.create("http://x/?" + back.getRawQuery().replaceAll("&oauth_verifier=.*", "")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("oauth_verifier", "denied");
        assertThat(pending()).isZero();
    }

    @Test
    void an_authorisation_is_finished_once() {
        URI back = administrator.allowed();
        assertThat(administrator.back(back).statusCode()).isEqualTo(200);

        HttpResponse<String> again = administrator.back(back);

        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(again.body()).contains("was used already");
        assertThat(administrator.state()).isEqualTo("authorized");
    }

    @Test
    void an_authorisation_expires_after_ten_minutes() {
        URI back = administrator.allowed();
        world.rows()
                .sql("UPDATE faraday_bridge.authorization_request SET expires_at = expires_at - interval '10 minutes'")
                .update();

        HttpResponse<String> late = administrator.back(back);

        assertThat(late.statusCode()).isEqualTo(400);
        assertThat(late.body()).contains("has expired after ten minutes");
        administrator.done("POST", "connection/authorize", "");
        assertThat(pending()).as("the expired one is cleared away").isEqualTo(1);
    }

    @Test
    void a_request_token_that_jira_does_not_know_any_more_is_reported() {
        URI back = administrator.allowed();
        world.jira().clockAhead(java.time.Duration.ofSeconds(299)); // not yet a skewed clock
        world.jira().faults().next(1, "POST", "/access-token$", io.faradaybridge.sandbox.jira.Fault.tokenExpired());

        HttpResponse<String> late = administrator.back(back);

        assertThat(late.statusCode()).isEqualTo(400);
        assertThat(late.body()).contains("ten minutes for it are over");
    }

    @Test
    void only_who_began_can_finish() {
        URI back = administrator.allowed();

        HttpResponse<String> foreign = new Administrator(world, "assetowner").back(back);
        HttpResponse<String> page = new Administrator(world, "assetowner").back(back, "text/html");

        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.body()).contains("was begun by faraday");
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("was begun by faraday");
        assertThat(administrator.back(back).statusCode())
                .as("the other user took nothing away")
                .isEqualTo(200);
    }

    @Test
    void nobody_finishes_without_signing_in_or_without_the_permission() {
        URI back = administrator.allowed();
        String path = CONNECTION + "/callback?" + back.getRawQuery();

        assertThat(world.get(path, Map.of("Accept", "text/html")).statusCode()).isEqualTo(401);
        assertThat(new Administrator(world, "pentester").back(back).statusCode())
                .isEqualTo(403);
        assertThat(administrator.back(back).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "oauth_token=",
                "oauth_token=unknown&oauth_verifier=x",
                "oauth_token=%3Cscript%3E&oauth_verifier=%3Cscript%3E",
                "oauth_verifier=x"
            })
    void an_unknown_return_is_refused_with_a_reason_and_not_shown(String query) {
        HttpResponse<String> page = administrator.back(URI.create("http://x/?" + query), "text/html");

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("oauth_token").doesNotContain("script>");
        assertThat(administrator.back(URI.create("http://x/?" + query)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void what_jira_shows_as_a_name_is_escaped() {
        world.jira().allowAtOnce(true);
        String url = administrator
                .done("POST", "connection/authorize", "")
                .path("authorize_url")
                .asText();

        URI back = administrator.redirected(url + "&user=%3Cb%3Eeve%3C%2Fb%3E");

        assertThat(administrator.back(back, "text/html").body())
                .contains("&lt;b&gt;eve&lt;/b&gt;")
                .doesNotContain("<b>");
    }

    @Test
    void a_connection_that_was_changed_meanwhile_takes_no_consent_for_the_old_one() {
        URI back = administrator.allowed();
        administrator.done(
                "PUT",
                "connection",
                "{\"url\": \"" + world.jira().baseUrl() + "\", \"consumer_key\": \"another-key\"}");

        assertThat(administrator.back(back).statusCode()).isEqualTo(400);
        assertThat(administrator.state()).isNotEqualTo("authorized");
    }

    @Test
    void the_callback_is_where_browsers_reach_the_bridge() {
        String plain = administrator
                .done("POST", "connection/authorize", "")
                .path("callback")
                .asText();
        assertThat(plain).isEqualTo(world.url(CONNECTION + "/callback").toString());

        HttpRequest.Builder proxied = HttpRequest.newBuilder(world.url(CONNECTION + "/authorize"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "faraday.example.org");
        BridgeWorld.basic("faraday", "faraday").forEach(proxied::header);
        assertThat(BridgeWorld.json(world.send(proxied.build()).body())
                        .path("callback")
                        .asText())
                .isEqualTo("https://faraday.example.org" + CONNECTION + "/callback");
    }

    @Test
    void what_is_missing_before_is_named() {
        world.configure("value - 'consumer_key'");
        assertThat(administrator.send("POST", "connection/authorize", "").body())
                .contains("consumer_key", "PUT connection");
        world.configure("value - 'url'");
        assertThat(administrator.send("POST", "connection/authorize", "").body())
                .contains("url", "PUT connection");
        assertThat(administrator
                        .send("POST", "connection/authorize", "{\"callback\": \"http://evil.example\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(administrator.send("POST", "connection/authorize", "[]").statusCode())
                .isEqualTo(400);
    }

    @Test
    void jiras_reason_is_reported_if_it_gives_no_request_token() {
        administrator.done(
                "PUT",
                "connection",
                "{\"url\": \"" + world.jira().baseUrl() + "\", \"consumer_key\": \"unknown-key\"}");

        HttpResponse<String> refused = administrator.send("POST", "connection/authorize", "");

        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(refused.body()).contains("no such consumer key").doesNotContain("oauth_signature");
    }

    @Test
    void any_replica_finishes_what_another_began_and_only_one_of_them() throws Exception {
        URI back = administrator.allowed();
        try (ConfigurableApplicationContext other = world.startAnother()) {
            var first = new FutureTask<>(() -> administrator.back(back));
            var second = new FutureTask<>(() -> elsewhere(other, back));
            new Thread(first).start();
            new Thread(second).start();

            assertThat(List.of(first.get().statusCode(), second.get().statusCode()))
                    .containsExactlyInAnyOrder(200, 400);
            URI again = administrator.allowed();
            HttpResponse<String> finished = elsewhere(other, again);

            assertThat(finished.statusCode()).as(finished.body()).isEqualTo(200);
            assertThat(administrator.state()).isEqualTo("authorized");
            assertThat(administrator.back(again).statusCode()).as("once").isEqualTo(400);
        }
        assertThat(administrator.done("POST", "connection/test", "").path("ok").asBoolean())
                .as("the one where it began works with what the other one got")
                .isTrue();
        assertThat(pending()).isZero();
    }

    /** The browser comes back to another replica than where it began. */
    private HttpResponse<String> elsewhere(ConfigurableApplicationContext replica, URI back) {
        String port = replica.getEnvironment().getProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://localhost:" + port + CONNECTION + "/callback?" + back.getRawQuery()));
        BridgeWorld.basic("faraday", "faraday").forEach(request::header);
        return world.send(request.header("Accept", "application/json").build());
    }

    @Test
    void each_change_of_it_is_on_record_with_its_secrets_masked() {
        administrator.authorise();

        assertThat(world.rows()
                        .sql("SELECT username || ' ' || what || ' ' || after::text FROM faraday_bridge.setup_change"
                                + " ORDER BY id DESC LIMIT 1")
                        .query(String.class)
                        .single())
                .startsWith("faraday connection.credentials")
                .contains("\"access_token\": \"***\"", "oauth1");
    }
}
