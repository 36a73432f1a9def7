package io.faradaybridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whom guesses make wait, and whom not; a bridge behind a trusted proxy, each story's client with an address of its own. */
class SignInLimitsStoryTest {

    private static final String API = "/_api/v3/integrations/jira/";
    private static final String WEBHOOK = API + "update-issues";
    private static final String GOOD = "{\"title\": \"SEC-1\", \"status\": \"Done\"}";
    private static final int PER_NAME = 4;
    private static final int PER_ADDRESS = 8;
    private static final int WRONG_TOKENS = 6;
    private static final int LOOKS = 20;

    private static final AtomicInteger addresses = new AtomicInteger();
    private static BridgeWorld world;

    private final String address = "198.51.100." + addresses.incrementAndGet();

    @BeforeAll
    static void start() {
        world = BridgeWorld.asleep(SandboxJira.Options.dataCenter())
                .with("bridge.access.trusted-proxies", "127.0.0.1,::1")
                .with("bridge.access.failures-per-name", PER_NAME)
                .with("bridge.access.failures-per-address", PER_ADDRESS)
                .with("bridge.access.wrong-tokens-per-address", WRONG_TOKENS)
                .with("bridge.access.looks-per-token", LOOKS)
                .start();
        world.rows().sql("""
            INSERT INTO faraday_user (id, username, name, password, email, active, user_type, state_otp,
                                                  fs_uniquifier, last_login_ip, current_login_ip, login_count, preferences)
                        SELECT 900, 'twin', name, password, 'twin@faraday.example', true, user_type, state_otp, 'twin',
                               last_login_ip, current_login_ip, login_count, preferences
                          FROM faraday_user WHERE username = 'pentester'\
            """).update();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private HttpResponse<String> basic(String username, String password, String from) {
        Map<String, String> headers = new HashMap<>(BridgeWorld.basic(username, password));
        headers.put("X-Forwarded-For", from);
        return world.get(API + "session", headers);
    }

    private HttpResponse<String> webhook(String token) {
        return world.post(WEBHOOK, GOOD, Map.of("X-Jira-Token", token, "X-Forwarded-For", address));
    }

    private static void assertLimited(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(BridgeWorld.json(answer.body()).path("message").asText()).contains("too many");
        assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 60);
    }

    @Test
    void many_wrong_passwords_at_once_are_no_more_than_one_after_the_other() {
        assertThat(basic("assetowner", "assetowner", address).statusCode()).isEqualTo(200);
        List<CompletableFuture<HttpResponse<String>>> guesses = new ArrayList<>();
        for (int guess = 0; guess < 60; guess++) {
            String password = "guess-" + guess;
            String from = "203.0.113." + guess;
            guesses.add(CompletableFuture.supplyAsync(() -> basic("former", password, from)));
        }

        assertThat(guesses)
                .filteredOn(guess -> guess.join().statusCode() == 401)
                .as("judged")
                .hasSizeBetween(1, PER_NAME + 1);
        assertLimited(basic("former", "former", address));
    }

    @Test
    void who_signed_in_from_an_address_lately_is_not_locked_out_by_guesses_from_elsewhere_or_of_other_names() {
        assertThat(basic("twin", "pentester", address).statusCode()).isEqualTo(200);
        world.rows()
                .sql("UPDATE faraday_user SET fs_uniquifier = ? WHERE username = 'twin'")
                .param(UUID.randomUUID().toString())
                .update(); // the password right a minute ago is not what lets in
        for (int guess = 0; guess < 3 * PER_NAME; guess++) {
            basic("twin", "guess-" + guess, "203.0.113." + guess);
        }
        for (int guess = 0; guess < 2 * PER_ADDRESS; guess++) {
            basic("nobody-" + guess, "nobody", address);
        }
        assertLimited(basic("twin", "pentester", "192.0.2.99"));
        assertLimited(basic("nobody", "nobody", address));

        assertThat(basic("twin", "pentester", address).statusCode()).isEqualTo(200);
        for (int guess = 0; guess < PER_NAME; guess++) {
            assertThat(basic("twin", "guess-" + guess, address).statusCode()).isEqualTo(401);
        }
        assertLimited(basic("twin", "guess", address));
    }

    @Test
    void the_addresses_of_one_ipv6_network_are_one_client() {
        for (int guess = 0; guess < PER_ADDRESS; guess++) {
            assertThat(basic("anybody-" + guess, "nobody", "2001:db8:7:7::" + guess)
                            .statusCode())
                    .isEqualTo(401);
        }

        assertLimited(basic("nobody", "nobody", "2001:db8:7:7:1:2:3:4"));
        assertThat(basic("anybody", "nobody", "2001:db8:7:8::1").statusCode()).isEqualTo(401);
    }

    @Test
    void what_a_client_writes_before_the_proxys_word_does_not_make_it_another() {
        for (int guess = 0; guess < 2 * PER_ADDRESS; guess++) {
            basic("somebody-" + guess, "nobody", "spoof-" + guess + ", 10.1.2.3");
        }

        assertLimited(basic("nobody", "nobody", "10.1.2.3"));
    }

    @Test
    void a_token_has_a_limit_of_its_own_for_what_makes_the_bridge_ask_jira() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().clearRequests();
        List<Integer> answers = new ArrayList<>();
        for (int made = 0; made < LOOKS + 10; made++) {
            answers.add(world.post(
                            WEBHOOK,
                            "{\"title\": \"" + link.issueKey() + "\", \"status\": \"Made Up " + made + "\"}",
                            Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ASSET_OWNER, "X-Forwarded-For", address))
                    .statusCode());
        }

        assertThat(answers).filteredOn(answer -> answer == 202).hasSizeBetween(LOOKS, LOOKS + 5);
        assertThat(answers).last().isEqualTo(429);
        link.awaitQuiet();
        assertThat(world.jira().requests().stream()
                        .filter(call -> call.path().contains("/issue/"))
                        .count())
                .isLessThanOrEqualTo(LOOKS + 5);
        assertThat(webhook(SampleFaraday.TOKEN_OF_PENTESTER).statusCode()).isEqualTo(202);
    }

    @Test
    void webhooks_that_cost_no_look_do_not_count_for_the_token() {
        for (int n = 0; n < 2 * LOOKS; n++) {
            assertThat(world.post(
                                    WEBHOOK,
                                    "{\"title\": \"SEC-999999\", \"status\": \"Done\"}",
                                    Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_OUTSIDER, "X-Forwarded-For", address))
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    @Test
    void who_sends_bodies_that_say_nothing_waits_like_who_sends_wrong_tokens() {
        for (int n = 0; n < WRONG_TOKENS; n++) {
            assertThat(world.post(
                                    WEBHOOK,
                                    "nonsense",
                                    Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN, "X-Forwarded-For", address))
                            .statusCode())
                    .isEqualTo(400);
        }

        assertLimited(webhook("unknown"));
    }
}
