package io.faradaybridge.access;

import static io.faradaybridge.access.ProxiedClient.assertLimited;
import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SandboxFaraday;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bridge behind a proxy, beside a Faraday that it may ask; each story's client has an address of its own. */
class SignInStoryTest {

    private static final int PER_NAME = 4;
    private static final int PER_ADDRESS = 8;
    private static final int WRONG_TOKENS = 6;

    private static BridgeWorld world;
    private static SandboxFaraday faraday;

    private final ProxiedClient client = ProxiedClient.of(world);

    @BeforeAll
    static void start() {
        world = BridgeWorld.asleep(SandboxJira.Options.dataCenter());
        faraday = SandboxFaraday.start(world.database().dataSource(), 0);
        world.with("bridge.faraday.url", faraday.url() + "/#/vulns/{id}")
                .with("bridge.public-url", "https://faraday.example.org")
                .with("bridge.access.trusted-proxies", "127.0.0.1,::1")
                .with("bridge.access.failures-per-name", PER_NAME)
                .with("bridge.access.failures-per-address", PER_ADDRESS)
                .with("bridge.access.wrong-tokens-per-address", WRONG_TOKENS)
                .start();
    }

    @AfterAll
    static void stop() {
        world.close();
        faraday.close();
    }

    @AfterEach
    void calm() {
        faraday.trouble(0);
    }

    private HttpResponse<String> byFaradaySession(String cookies) {
        return client.session("{\"faraday_session\": true}", Map.of("Cookie", cookies));
    }

    @Test
    void an_account_of_a_directory_signs_in_through_faraday() {
        assertThat(client.session("{\"username\": \"directory\", \"password\": \"directory\"}", Map.of())
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.basic("directory", "wrong").statusCode()).isEqualTo(401);
    }

    @Test
    void a_script_of_such_an_account_does_not_sign_in_to_faraday_at_each_call() {
        world.rows()
                .sql("UPDATE faraday_user SET fs_uniquifier = ? WHERE username = 'directory'")
                .param(UUID.randomUUID().toString())
                .update(); // nothing that was remembered before counts
        int before = faraday.logins();

        for (int call = 0; call < 5; call++) {
            assertThat(client.basic("directory", "directory").statusCode()).isEqualTo(200);
        }

        assertThat(faraday.logins()).isEqualTo(before + 1);
    }

    @Test
    void faraday_checks_an_account_with_a_second_factor_and_its_password_alone_is_refused() {
        int before = faraday.logins();

        assertThat(client.basic("twofactor", "twofactor").statusCode()).isEqualTo(401);

        assertThat(faraday.logins()).isEqualTo(before + 1);
    }

    @Test
    void whoever_is_signed_in_to_faraday_enters_with_that_session() {
        HttpResponse<String> entered =
                byFaradaySession("theme=dark; faraday_session_2=" + faraday.signedIn("twofactor"));

        assertThat(entered.statusCode()).as(entered.body()).isEqualTo(200);
        assertThat(BridgeWorld.json(entered.body()).path("username").asText()).isEqualTo("twofactor");
        String own = entered.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        HttpResponse<String> later = world.get(ProxiedClient.API + "session", Map.of("Cookie", own));
        assertThat(BridgeWorld.json(later.body()).path("username").asText()).isEqualTo("twofactor");
    }

    @Test
    void a_session_that_is_nobodys_who_may_sign_in_lets_nobody_in() {
        assertThat(byFaradaySession("faraday_session_2=over").statusCode()).isEqualTo(401);
        assertThat(byFaradaySession("faraday_session_2=" + faraday.signedIn("former"))
                        .statusCode())
                .as("not active")
                .isEqualTo(401);
        assertThat(byFaradaySession("faraday_session_2=" + faraday.signedIn("unheard-of"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(byFaradaySession("theme=dark").statusCode()).isEqualTo(400);
        assertThat(byFaradaySession("theme=dark").body()).contains("faraday_session", "sign in to Faraday");
    }

    @Test
    void who_guesses_sessions_waits() {
        for (int guess = 0; guess < PER_ADDRESS; guess++) {
            assertThat(byFaradaySession("faraday_session_2=guess-" + guess).statusCode())
                    .isEqualTo(401);
        }

        assertLimited(byFaradaySession("faraday_session_2=" + faraday.signedIn("twofactor")));
    }

    @Test
    void a_session_that_faraday_cannot_be_asked_about_is_not_a_wrong_one() {
        String session = faraday.signedIn("twofactor");
        faraday.trouble(500);

        assertThat(byFaradaySession("faraday_session_2=" + session).statusCode())
                .isEqualTo(503);
    }

    @Test
    void a_local_account_does_not_need_faraday() {
        int before = faraday.logins();

        assertThat(client.basic("pentester", "pentester").statusCode()).isEqualTo(200);

        assertThat(faraday.logins()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 429, 500})
    void a_faraday_that_cannot_be_asked_is_not_a_wrong_password(int status) {
        faraday.trouble(status);

        HttpResponse<String> answer = client.basic("directory", "another-" + status);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("answered " + status, "bridge.faraday.login-url");
    }

    @Test
    void a_cookie_behind_a_public_https_address_goes_over_https_only() {
        HttpResponse<String> answer =
                client.session("{\"username\": \"pentester\", \"password\": \"pentester\"}", Map.of());

        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).contains("; Secure");
    }

    @Test
    void who_guesses_passwords_of_one_user_waits_from_wherever_they_guess() {
        for (int guess = 0; guess < PER_NAME; guess++) {
            assertThat(client.from("203.0.113." + guess)
                            .basic("assetowner", "guess-" + guess)
                            .statusCode())
                    .isEqualTo(401);
        }

        assertLimited(client.basic("assetowner", "guess"));
        assertLimited(client.basic("assetowner", "assetowner"));
        assertThat(client.basic("client", "client").statusCode())
                .as("others sign in")
                .isEqualTo(200);
    }

    @Test
    void who_guesses_users_from_one_address_waits_whatever_the_names() {
        for (int guess = 0; guess < PER_ADDRESS; guess++) {
            assertThat(client.basic("nobody-" + guess, "nobody").statusCode()).isEqualTo(401);
        }

        assertLimited(client.basic("nobody", "nobody"));
        assertThat(client.from("192.0.2.77").basic("outsider", "outsider").statusCode())
                .as("from elsewhere")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody-at-all", "directory", "twofactor", "former", "pentester"})
    void a_faraday_that_does_not_answer_reveals_nothing_about_a_name(String name) {
        faraday.trouble(503);

        HttpResponse<String> answer = client.basic(name, "wrong");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("answered 503");
    }

    @Test
    void a_script_that_signed_in_just_now_is_not_locked_out_by_others_guesses() {
        assertThat(client.basic("faraday", "faraday").statusCode()).isEqualTo(200);
        for (int guess = 0; guess <= PER_NAME; guess++) {
            client.basic("faraday", "guess-" + guess);
        }
        assertLimited(client.basic("faraday", "guess"));

        assertThat(client.basic("faraday", "faraday").statusCode()).isEqualTo(200);
    }

    @Test
    void sign_ins_that_succeed_do_not_count() {
        for (int call = 0; call < 2 * PER_ADDRESS; call++) {
            assertThat(client.basic("outsider", "outsider").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void who_sends_wrong_tokens_waits_but_a_token_known_to_be_right_goes_on() {
        assertThat(client.webhook(SampleFaraday.TOKEN_OF_PENTESTER).statusCode())
                .isEqualTo(202);
        for (int wrong = 0; wrong < WRONG_TOKENS; wrong++) {
            assertThat(client.webhook("wrong-" + wrong).statusCode()).isEqualTo(401);
        }

        assertLimited(client.webhook("wrong"));
        assertThat(client.webhook(SampleFaraday.TOKEN_OF_PENTESTER).statusCode())
                .isEqualTo(202);
        assertThat(client.from("192.0.2.78").webhook("wrong").statusCode())
                .as("from elsewhere")
                .isEqualTo(401);
    }

    @Test
    void a_token_that_was_right_and_is_revoked_does_not_go_on() {
        String token = "short-lived-" + UUID.randomUUID();
        world.rows().sql("""
                        INSERT INTO user_token (user_id, token, alias, scope, revoked, hide)
                        VALUES (3, ?, 'short-lived', 'jira', false, false)""").param(token).update();
        assertThat(client.webhook(token).statusCode()).isEqualTo(202);
        world.rows()
                .sql("UPDATE user_token SET revoked = true WHERE token = ?")
                .param(token)
                .update();
        for (int wrong = 1; wrong < WRONG_TOKENS; wrong++) {
            client.webhook("wrong-" + wrong);
        }

        assertThat(client.webhook(token).statusCode()).isEqualTo(401);
        assertLimited(client.webhook(token));
    }
}
