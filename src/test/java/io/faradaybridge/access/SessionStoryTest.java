package io.faradaybridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.web.ApiTerms;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person signs in with a browser. */
class SessionStoryTest {

    private static final String API = "/_api/v3/integrations/jira/";
    private static final String SESSION = API + "session";

    private BridgeWorld world;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
    }

    /** A browser's memory: the cookie, and what the page knows. */
    private record Browser(String cookie, String csrf) {

        static Browser of(HttpResponse<String> answer) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return new Browser(
                    cookieOf(answer).split(";")[0],
                    BridgeWorld.json(answer.body()).path("csrf_token").asText());
        }

        Map<String, String> reading() {
            return Map.of("Cookie", cookie);
        }

        Map<String, String> changing() {
            return Map.of("Cookie", cookie, ApiTerms.CSRF_HEADER, csrf);
        }
    }

    private static String cookieOf(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElseThrow();
    }

    private HttpResponse<String> signIn(String username, String password) {
        return world.post(
                SESSION, "{\"username\": \"" + username + "\", \"password\": \"" + password + "\"}", Map.of());
    }

    private HttpResponse<String> delete(String path, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(world.url(path)).DELETE();
        headers.forEach(request::header);
        return world.send(request.build());
    }

    /** Somebody whom no other story knows, with the password of the sample's pentester. */
    private String newcomer() {
        String name = "newcomer-" + UUID.randomUUID();
        world.rows().sql("""
                        WITH made AS (
                          INSERT INTO faraday_user (username, name, password, active, user_type, state_otp,
                                 fs_uniquifier, last_login_ip, current_login_ip, login_count, preferences)
                          SELECT :name, 'Nina Newcomer', password, true, user_type, state_otp, md5(:name), '', '', 0, '{}'
                            FROM faraday_user WHERE username = 'pentester' RETURNING id)
                        INSERT INTO roles_users (user_id, role_id) SELECT id, 3 FROM made""").param("name", name).update();
        return name;
    }

    private void change(String what, String username) {
        world.rows()
                .sql("UPDATE faraday_user SET " + what + " WHERE username = :name")
                .param("name", username)
                .update();
    }

    @Test
    void a_sign_in_returns_the_user_and_the_permissions() {
        HttpResponse<String> answer = signIn("pentester", "pentester");

        Browser browser = Browser.of(answer);
        JsonNode said = BridgeWorld.json(answer.body());
        assertThat(said.path("username").asText()).isEqualTo("pentester");
        assertThat(said.path("permissions").toString())
                .contains("\"jira:update\"")
                .doesNotContain("jira:delete");
        assertThat(cookieOf(answer))
                .startsWith("faraday_bridge_session=")
                .contains("; HttpOnly", "; SameSite=Lax", "; Path=/");
        assertThat(BridgeWorld.json(world.get(SESSION, browser.reading()).body()))
                .isEqualTo(said);
        assertThat(world.get(API + "activity", browser.reading()).statusCode()).isEqualTo(200);
    }

    @Test
    void faradays_own_name_of_the_field_does_as_well() {
        assertThat(world.post(SESSION, "{\"email\": \"client\", \"password\": \"client\"}", Map.of())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_session_of_faradays_counts_only_where_faraday_can_be_asked() {
        HttpResponse<String> answer =
                world.post(SESSION, "{\"faraday_session\": true}", Map.of("Cookie", "faraday_session_2=any"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("bridge.faraday.login-url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pentester", "nobody", "former", "directory", "twofactor"})
    void a_sign_in_that_fails_does_not_say_why(String username) {
        HttpResponse<String> answer = signIn(username, username.equals("pentester") ? "wrong" : username);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .isEqualTo("{\"message\":\"sign in with the name and password of an active Faraday user; accounts with"
                        + " a second factor, of LDAP or SAML can sign in only where bridge.faraday.login-url is"
                        + " set\"}");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .as("the page asks, not the browser")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"username\": \"pentester\"}",
                "{\"username\": 7, \"password\": \"x\"}",
                "{\"username\": \"\", \"password\": \"x\"}"
            })
    void a_sign_in_without_name_or_password_says_what_is_missing(String body) {
        HttpResponse<String> answer = world.post(SESSION, body, Map.of());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(BridgeWorld.json(answer.body()).at("/messages/json").size()).isEqualTo(1);
    }

    @Test
    void a_change_without_the_sessions_token_is_refused() {
        Browser browser = Browser.of(signIn("pentester", "pentester"));
        Browser other = Browser.of(signIn("pentester", "pentester"));
        Map<String, String> foreign = Map.of("Cookie", browser.cookie(), ApiTerms.CSRF_HEADER, other.csrf());

        for (Map<String, String> headers : java.util.List.of(browser.reading(), foreign)) {
            HttpResponse<String> refused = world.post(API + "dead-letters/999999/replay", "", headers);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("X-CSRF-Token");
        }
        assertThat(world.post(API + "dead-letters/999999/replay", "", browser.changing())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_page_of_another_site_changes_nothing_with_whatever_sign_in() {
        Map<String, String> headers = new HashMap<>(BridgeWorld.basic("pentester", "pentester"));
        headers.put("Sec-Fetch-Site", "cross-site");

        assertThat(world.post(API + "dead-letters/999999/replay", "", headers).statusCode())
                .isEqualTo(403);
        assertThat(world.get(API + "activity?limit=1", headers).statusCode()).isEqualTo(200);
    }

    @Test
    void basic_needs_no_token_and_wins_over_the_cookie() {
        Browser client = Browser.of(signIn("client", "client"));
        Map<String, String> both = new HashMap<>(BridgeWorld.basic("pentester", "pentester"));
        both.putAll(client.reading());

        JsonNode said = BridgeWorld.json(world.get(SESSION, both).body());

        assertThat(said.path("username").asText()).isEqualTo("pentester");
        assertThat(said.path("csrf_token").isNull()).isTrue();
        assertThat(world.post(API + "dead-letters/999999/replay", "", both).statusCode())
                .isEqualTo(404);
        both.putAll(BridgeWorld.basic("pentester", "wrong"));
        assertThat(world.get(SESSION, both).statusCode())
                .as("a wrong password is not made good by a cookie")
                .isEqualTo(401);
    }

    @Test
    void signing_out_takes_the_cookie_away() {
        Browser browser = Browser.of(signIn("pentester", "pentester"));

        HttpResponse<String> answer = delete(SESSION, browser.changing());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(cookieOf(answer)).startsWith("faraday_bridge_session=;").contains("Max-Age=0");
        assertThat(delete(SESSION, Map.of()).statusCode())
                .as("where there is no session any more")
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password = '$2b$06$abcdefghijklmnopqrstuud/5IuQmqhVO0kfNEbHJM.fJkPiliBzC'",
                "active = false",
                "username = username || '-renamed'",
                "fs_uniquifier = md5(random()::text)"
            })
    void a_change_of_the_account_ends_its_sessions_and_remembered_passwords_at_once(String change) {
        String name = newcomer();
        Browser browser = Browser.of(signIn(name, "pentester"));
        assertThat(world.get(SESSION, browser.reading()).statusCode()).isEqualTo(200);
        assertThat(world.get(SESSION, BridgeWorld.basic(name, "pentester")).statusCode())
                .isEqualTo(200);

        change(change, name);

        assertThat(world.get(SESSION, browser.reading()).statusCode()).isEqualTo(401);
        if (!change.startsWith("fs_uniquifier")) {
            assertThat(world.get(SESSION, BridgeWorld.basic(name, "pentester")).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void a_role_taken_away_counts_at_once() {
        String name = newcomer();
        Browser browser = Browser.of(signIn(name, "pentester"));

        world.rows()
                .sql("DELETE FROM roles_users WHERE user_id = (SELECT id FROM faraday_user WHERE username = :name)")
                .param("name", name)
                .update();

        assertThat(world.get(API + "activity", browser.reading()).statusCode()).isEqualTo(403);
    }

    @Test
    void a_forged_cookie_is_nobodys() {
        assertThat(world.get(SESSION, Map.of("Cookie", "faraday_bridge_session=e30.c2lnbmF0dXJl"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_script_without_a_password_learns_how_to_sign_in() {
        HttpResponse<String> answer = world.get(API + "activity", Map.of());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"Faraday\"");
    }

    @Test
    void only_json_is_taken_as_a_sign_in_so_no_form_of_another_site_is() {
        HttpRequest form = HttpRequest.newBuilder(world.url(SESSION))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"username\": \"client\", \"password\": \"client\"}"))
                .build();

        assertThat(world.send(form).statusCode()).isEqualTo(415);
    }
}
