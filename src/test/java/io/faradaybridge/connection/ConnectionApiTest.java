package io.faradaybridge.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.JiraAccount;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Administrators say where Jira is and who the bridge is there. */
class ConnectionApiTest {

    private static final String PAT = "pat-of-the-service-account";

    private static BridgeWorld world;

    private Administrator administrator;

    @BeforeAll
    static void start() {
        world = Administrator.unconnected(SandboxJira.Options.dataCenter().personalAccessToken(PAT, "faraday-bridge"))
                .with(BridgeWorld.SHORT_KEYS, false)
                .start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void begin() {
        administrator = new Administrator(world, "faraday");
        administrator.done("DELETE", "connection/credentials", "");
        world.configure("value - 'url' - 'consumer_key' - 'authorization_state'");
        world.jira().calm();
    }

    @AfterEach
    void calm() {
        world.jira().calm();
        world.jira().allowAtOnce(false);
    }

    private static String put(String url) {
        return "{\"url\": \"" + url + "\", \"consumer_key\": \"faraday-key\"}";
    }

    private static String pat(String token) {
        return "{\"type\": \"personal_access_token\", \"token\": \"" + token + "\"}";
    }

    private static int secrets() {
        return world.rows()
                .sql("SELECT count(*) FROM faraday_bridge.secret WHERE name = 'jira.credentials'")
                .query(Integer.class)
                .single();
    }

    @Test
    void address_and_consumer_key_are_saved_and_other_keys_stay() {
        world.configure("value || '{\"somebody_elses\": [1.50]}'");

        JsonNode saved = administrator.connect();

        assertThat(saved.path("url").asText()).isEqualTo(world.jira().baseUrl());
        assertThat(saved.path("consumer_key").asText()).isEqualTo("faraday-key");
        assertThat(saved.path("warnings").toString()).contains("http", "use https");
        assertThat(administrator.connection().path("url").asText())
                .isEqualTo(world.jira().baseUrl());
        assertThat(world.rows()
                        .sql("SELECT value ->> 'somebody_elses' FROM configuration WHERE key = 'jira_integration'")
                        .query(String.class)
                        .single())
                .isEqualTo("[1.50]");
        assertThat(world.rows()
                        .sql("SELECT what || after::text FROM faraday_bridge.setup_change ORDER BY id DESC LIMIT 1")
                        .query(String.class)
                        .single())
                .startsWith("connection{")
                .contains(world.jira().baseUrl());
    }

    @Test
    void a_consumer_key_that_is_left_out_stays() {
        administrator.connect();

        administrator.done("PUT", "connection", "{\"url\": \"" + world.jira().baseUrl() + "\"}");

        assertThat(administrator.connection().path("consumer_key").asText()).isEqualTo("faraday-key");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    url          | {"consumer_key": "k"}
                    url          | {"url": 5}
                    url          | {"url": "  "}
                    url          | {"url": "https://a:b@jira.example.org"}
                    url          | {"url": "https://jira.example.org?x"}
                    url          | {"url": "gopher://jira.example.org"}
                    url          | {"url": "http://169.254.169.254/latest"}
                    url          | {"url": "http://2852039166/"}
                    url          | {"url": "http://10.1.2.3"}
                    url          | {"url": "http://[fd00:ec2::254]"}
                    consumer_key | {"url": "http://127.0.0.1", "consumer_key": {}}
                    consumer_key | {"url": "http://127.0.0.1", "consumer_key": "a\\u0000b"}
                    body         | []
                    body         | 7
                    body         | {
                    """)
    void what_cannot_be_used_is_refused_by_field_and_nothing_is_saved(String field, String body) {
        HttpResponse<String> refused = administrator.send("PUT", "connection", body);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(BridgeWorld.json(refused.body())
                        .path("messages")
                        .path("json")
                        .has(field))
                .as(refused.body())
                .isTrue();
        assertThat(administrator.connection().path("url").asText()).isEmpty();
    }

    @Test
    void a_consumer_key_of_any_length_is_answered_with_a_reason() {
        HttpResponse<String> refused = administrator.send(
                "PUT",
                "connection",
                "{\"url\": \"http://127.0.0.1\", \"consumer_key\": \"" + "k".repeat(10_000) + "\"}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("consumer_key", "longer than");
    }

    @Test
    void a_private_address_names_the_setting_that_allows_it() {
        assertThat(administrator
                        .send("PUT", "connection", put("http://10.1.2.3"))
                        .body())
                .contains("bridge.jira.allowed-networks, such as 10.1.2.3/32");
    }

    @Test
    void a_host_that_nobody_knows_is_saved_with_a_warning() {
        assertThat(administrator
                        .done("PUT", "connection", put("https://jira.invalid"))
                        .path("warnings")
                        .toString())
                .contains("jira.invalid is not known to the name server");
    }

    @ParameterizedTest
    @ValueSource(ints = {2048, 3072})
    void a_key_pair_is_made_and_its_private_half_stays_here(int bits) {
        JsonNode made = administrator.done("POST", "connection/keys", "{\"bits\": " + bits + "}");

        assertThat(made.path("rsa_public_key").asText()).startsWith("-----BEGIN PUBLIC KEY-----");
        assertThat(made.path("bits").asInt()).isEqualTo(bits);
        // the modulus is almost all of the key
        assertThat(Base64.getMimeDecoder()
                        .decode(made.path("rsa_public_key").asText().replaceAll("-----[A-Z ]+-----", "")))
                .hasSizeBetween(bits / 8 + 20, bits / 8 + 50);
        assertThat(made.toString()).doesNotContain("PRIVATE");
        assertThat(administrator.connection().path("rsa_public_key").asText())
                .isEqualTo(made.path("rsa_public_key").asText());
        assertThat(administrator.connection().path("private_key").asText()).isEqualTo("stored");
        assertThat(world.rows()
                        .sql("SELECT value ->> 'rsa_public_key' FROM configuration WHERE key = 'jira_integration'")
                        .query(String.class)
                        .single())
                .isEqualTo(made.path("rsa_public_key").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"bits\": 1024}", "{\"bits\": \"2048\"}", "{\"bits\": 2048.5}", "[]", "{\"bits\": 1e99}"})
    void another_size_of_key_is_refused(String body) {
        assertThat(administrator.send("POST", "connection/keys", body).statusCode())
                .isEqualTo(400);
    }

    @Test
    void the_public_key_is_had_as_it_is_pasted() {
        String made =
                administrator.send("POST", "connection/keys", "", "text/plain").body();

        assertThat(made).startsWith("-----BEGIN PUBLIC KEY-----\n").endsWith("-----END PUBLIC KEY-----\n");
        HttpResponse<String> shown = administrator.send("GET", "connection", "", "text/plain");
        assertThat(shown.body()).isEqualTo(made);
        assertThat(shown.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(administrator.connection().path("rsa_public_key").asText()).isEqualTo(made);
    }

    @Test
    void a_new_key_pair_ends_an_authorisation_by_oauth_and_says_so() {
        administrator.connect();
        administrator.link();
        administrator.authorise();
        assertThat(administrator.state()).isEqualTo("authorized");

        JsonNode made = administrator.done("POST", "connection/keys", "");

        assertThat(made.path("authorization_state").asText()).isEqualTo("unauthorized");
        assertThat(made.path("message").asText()).contains("is removed");
        assertThat(administrator.connection().path("problem").path("message").asText())
                .contains("A new key pair was made");
        assertThat(secrets()).isZero();
    }

    @Test
    void a_personal_access_token_is_tried_before_it_is_kept() {
        administrator.connect();

        JsonNode given = administrator.done("PUT", "connection/credentials", pat(PAT));

        assertThat(given.path("account").path("display_name").asText()).isEqualTo("faraday-bridge");
        assertThat(given.path("connection").path("authorization_state").asText())
                .isEqualTo("authorized");
        assertThat(given.path("connection").path("credentials").path("type").asText())
                .isEqualTo("personal_access_token");
        assertThat(given.toString()).doesNotContain(PAT);
        assertThat(administrator.done("POST", "connection/test", "").path("ok").asBoolean())
                .isTrue();
    }

    @Test
    void a_token_that_jira_does_not_accept_is_refused_with_jiras_reason() {
        administrator.connect();
        administrator.done("PUT", "connection/credentials", pat(PAT));

        HttpResponse<String> refused = administrator.send("PUT", "connection/credentials", pat("mistyped-token"));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("is not saved", "does not accept the credentials", "Jira Cloud takes an api_token")
                .doesNotContain("mistyped-token");
        assertThat(administrator.done("POST", "connection/test", "").path("ok").asBoolean())
                .as("the one before still counts")
                .isTrue();
    }

    @Test
    void a_token_cannot_be_tried_while_jira_is_away() {
        administrator.connect();
        world.jira().faults().next(1, "GET", "/myself$", Fault.errorBefore(503));

        HttpResponse<String> refused = administrator.send("PUT", "connection/credentials", pat(PAT));

        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(secrets()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    type  | {}
                    type  | {"type": "password"}
                    type  | {"type": "oauth1"}
                    token | {"type": "personal_access_token"}
                    token | {"type": "personal_access_token", "token": ""}
                    token | {"type": "personal_access_token", "token": "a b"}
                    token | {"type": "personal_access_token", "token": "a\\r\\nX-Evil: 1"}
                    email | {"type": "api_token", "token": "t"}
                    email | {"type": "api_token", "email": "nobody", "token": "t"}
                    email | {"type": "api_token", "email": "a:b@example.org", "token": "t"}
                    """)
    void credentials_that_cannot_be_are_refused_by_field(String field, String body) {
        administrator.connect();

        HttpResponse<String> refused = administrator.send("PUT", "connection/credentials", body);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(BridgeWorld.json(refused.body())
                        .path("messages")
                        .path("json")
                        .has(field))
                .as(refused.body())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    client_secret | {"type": "client_credentials", "client_id": "c", "client_secret": "s"} | Data Center 11 or later
                    token         | {"type": "scoped_token", "token": "t"} | Tokens with scopes are Jira Cloud's
                    """)
    void credentials_of_another_kind_of_jira_are_refused_with_a_reason(String field, String body, String reason) {
        administrator.connect();

        HttpResponse<String> refused = administrator.send("PUT", "connection/credentials", body);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(BridgeWorld.json(refused.body())
                        .at("/messages/json/" + field + "/0")
                        .asText())
                .contains(reason);
        assertThat(secrets()).isZero();
    }

    @Test
    void the_gateway_as_an_address_is_warned_of() {
        assertThat(administrator
                        .done("PUT", "connection", put("https://api.atlassian.com/ex/jira/5d1ed3a9-4b1c-4f0e"))
                        .path("warnings")
                        .toString())
                .contains("store the token as scoped_token");
    }

    @Test
    void without_an_address_there_is_nothing_to_try_a_token_at() {
        assertThat(administrator.send("PUT", "connection/credentials", pat(PAT)).body())
                .contains("url", "PUT connection");
    }

    @Test
    void the_credentials_given_last_count_alone() {
        administrator.connect();
        administrator.link();
        administrator.authorise();

        administrator.done("PUT", "connection/credentials", pat(PAT));
        assertThat(administrator.connection().path("credentials").path("type").asText())
                .isEqualTo("personal_access_token");

        administrator.authorise();
        assertThat(administrator.connection().path("credentials").path("type").asText())
                .isEqualTo("oauth1");
        assertThat(secrets()).isEqualTo(1);
    }

    @Test
    void credentials_are_forgotten_on_demand() {
        administrator.connect();
        administrator.done("PUT", "connection/credentials", pat(PAT));

        JsonNode left = administrator.done("DELETE", "connection/credentials", "");

        assertThat(left.path("credentials").path("type").asText()).isEqualTo("none");
        assertThat(left.path("authorization_state").asText()).isEqualTo("unauthorized");
        assertThat(left.path("problem").path("message").asText()).contains("removed by faraday");
        assertThat(left.path("warnings").toString()).contains("until it is revoked in Jira");
        assertThat(administrator
                        .done("POST", "connection/test", "")
                        .path("problem")
                        .asText())
                .isEqualTo("not_connected");
    }

    @Test
    void another_address_takes_the_token_away_so_that_no_other_host_is_given_it() {
        administrator.connect();
        administrator.done("PUT", "connection/credentials", pat(PAT));
        try (SandboxJira other = SandboxJira.start(SandboxJira.Options.dataCenter())) {
            JsonNode moved = administrator.done("PUT", "connection", put(other.baseUrl()));

            assertThat(moved.path("authorization_state").asText()).isEqualTo("unauthorized");
            assertThat(moved.path("warnings").toString()).contains("authorise the connection again");
            assertThat(secrets()).isZero();
            administrator.done("POST", "connection/test", "");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void the_same_address_in_another_spelling_is_no_change() {
        administrator.connect();
        administrator.done("PUT", "connection/credentials", pat(PAT));

        administrator.done("PUT", "connection", put(world.jira().baseUrl().replace("http:", "HTTP:") + "/"));

        assertThat(administrator.state()).isEqualTo("authorized");
        assertThat(secrets()).isEqualTo(1);
    }

    @Test
    void an_address_changed_behind_our_back_is_not_given_the_token_either() {
        administrator.connect();
        administrator.done("PUT", "connection/credentials", pat(PAT));
        try (SandboxJira other = SandboxJira.start(SandboxJira.Options.dataCenter())) {
            world.configure("value || '{\"url\": \"" + other.baseUrl() + "\"}'");

            JsonNode test = administrator.done("POST", "connection/test", "");

            assertThat(test.path("problem").asText()).isEqualTo("not_connected");
            assertThat(test.path("message").asText()).contains("are not sent there");
            assertThat(administrator.connection().path("warnings").toString()).contains("are not sent anywhere else");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void the_effect_of_another_address_on_links_is_reported() {
        administrator.connect();
        administrator.done("PUT", "connection/credentials", pat(PAT));
        io.faradaybridge.sandbox.Link.exported(world, "SEC");
        try (SandboxJira other = SandboxJira.start(SandboxJira.Options.dataCenter())) {
            assertThat(administrator
                            .done("PUT", "connection", put(other.baseUrl()))
                            .path("warnings")
                            .toString())
                    .contains("stay linked", "these ids belong to other issues");
        }
    }

    @Test
    void a_row_that_another_integration_authorised_is_recognised() {
        world.configure("value || '{\"url\": \"" + world.jira().baseUrl()
                + "\", \"authorization_state\": \"authorized\", \"rsa_public_key\": \"-----BEGIN PUBLIC KEY-----x\"}'");
        world.rows()
                .sql("DELETE FROM faraday_bridge.secret WHERE name = 'jira.private-key'")
                .update();

        assertThat(administrator.connection().path("warnings").toString())
                .contains("holds no credentials", "private key that the bridge does not have");
        world.configure("value - 'rsa_public_key'");
    }

    @Test
    void only_who_may_authenticate_integrations_sees_and_changes_it() {
        Administrator pentester = new Administrator(world, "pentester");
        List.of(
                        "GET connection",
                        "PUT connection",
                        "POST connection/keys",
                        "POST connection/authorize",
                        "POST connection/verifier",
                        "POST connection/test",
                        "PUT connection/credentials",
                        "DELETE connection/credentials")
                .forEach(call -> {
                    String[] parts = call.split(" ", 2);
                    String body = parts[0].equals("GET") ? "" : "{}";
                    assertThat(pentester.send(parts[0], parts[1], body).statusCode())
                            .as(call)
                            .isEqualTo(403);
                });
        assertThat(world.get("/_api/v3/integrations/jira/connection", Map.of()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void what_the_environment_gives_is_shown_and_not_changed_here() {
        BridgeWorld given = BridgeWorld.shared();
        Administrator there = new Administrator(given, "faraday");

        JsonNode connection = there.connection();
        assertThat(connection.path("credentials").path("source").asText()).isEqualTo("environment");
        assertThat(connection.path("private_key").asText()).isEqualTo("environment");
        assertThat(connection.path("rsa_public_key").asText()).startsWith("-----BEGIN PUBLIC KEY-----");
        assertThat(there.send("POST", "connection/keys", "").statusCode()).isEqualTo(409);
        assertThat(there.send("POST", "connection/keys", "").body()).contains("bridge.connection.private-key-file");
        assertThat(there.send("POST", "connection/authorize", "").statusCode()).isEqualTo(409);
        assertThat(there.send("PUT", "connection/credentials", pat("x")).body())
                .contains("bridge.connection.access-token", "remove that setting");
        assertThat(there.send("DELETE", "connection/credentials", "").statusCode())
                .isEqualTo(409);
        assertThat(given.bean(JiraAccount.class).site().baseUrl())
                .hasToString(given.jira().baseUrl());
    }
}
