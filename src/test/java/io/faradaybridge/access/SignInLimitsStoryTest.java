package io.faradaybridge.access;

import static io.faradaybridge.access.ProxiedClient.assertLimited;
import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whom guesses make wait, and whom not; a bridge behind a trusted proxy, each story's client with an address of its own. */
@Tag("long")
class SignInLimitsStoryTest {

    private static final int PER_NAME = 4;
    private static final int PER_ADDRESS = 8;
    private static final int WRONG_TOKENS = 6;
    private static final int LOOKS = 20;

    private static BridgeWorld world;

    private final ProxiedClient client = ProxiedClient.of(world);

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

    @Test
    void many_wrong_passwords_at_once_are_no_more_than_one_after_the_other() {
        assertThat(client.basic("assetowner", "assetowner").statusCode()).isEqualTo(200);
        List<CompletableFuture<HttpResponse<String>>> guesses = new ArrayList<>();
        for (int guess = 0; guess < 60; guess++) {
            String password = "guess-" + guess;
            String from = "203.0.113." + guess;
            guesses.add(CompletableFuture.supplyAsync(() -> client.from(from).basic("former", password)));
        }

        assertThat(guesses)
                .filteredOn(guess -> guess.join().statusCode() == 401)
                .as("judged")
                .hasSizeBetween(1, PER_NAME + 1);
        assertLimited(client.basic("former", "former"));
    }

    @Test
    void who_signed_in_from_an_address_lately_is_not_locked_out_by_guesses_from_elsewhere_or_of_other_names() {
        assertThat(client.basic("twin", "pentester").statusCode()).isEqualTo(200);
        world.rows()
                .sql("UPDATE faraday_user SET fs_uniquifier = ? WHERE username = 'twin'")
                .param(UUID.randomUUID().toString())
                .update(); // the password that was right a minute ago is refused
        for (int guess = 0; guess < 3 * PER_NAME; guess++) {
            client.from("203.0.113." + guess).basic("twin", "guess-" + guess);
        }
        for (int guess = 0; guess < 2 * PER_ADDRESS; guess++) {
            client.basic("nobody-" + guess, "nobody");
        }
        assertLimited(client.from("192.0.2.99").basic("twin", "pentester"));
        assertLimited(client.basic("nobody", "nobody"));

        assertThat(client.basic("twin", "pentester").statusCode()).isEqualTo(200);
        for (int guess = 0; guess < PER_NAME; guess++) {
            assertThat(client.basic("twin", "guess-" + guess).statusCode()).isEqualTo(401);
        }
        assertLimited(client.basic("twin", "guess"));
    }

    @Test
    void the_addresses_of_one_ipv6_network_are_one_client() {
        for (int guess = 0; guess < PER_ADDRESS; guess++) {
            assertThat(client.from("2001:db8:7:7::" + guess)
                            .basic("anybody-" + guess, "nobody")
                            .statusCode())
                    .isEqualTo(401);
        }

        assertLimited(client.from("2001:db8:7:7:1:2:3:4").basic("nobody", "nobody"));
        assertThat(client.from("2001:db8:7:8::1").basic("anybody", "nobody").statusCode())
                .isEqualTo(401);
    }

    @Test
    void an_address_that_a_client_writes_before_the_proxys_does_not_change_the_client() {
        for (int guess = 0; guess < 2 * PER_ADDRESS; guess++) {
            client.from("spoof-" + guess + ", 10.1.2.3").basic("somebody-" + guess, "nobody");
        }

        assertLimited(client.from("10.1.2.3").basic("nobody", "nobody"));
    }

    @Test
    void a_token_has_a_limit_of_its_own_for_what_makes_the_bridge_ask_jira() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().clearRequests();
        List<Integer> answers = new ArrayList<>();
        for (int made = 0; made < LOOKS + 10; made++) {
            answers.add(client.webhook(
                            SampleFaraday.TOKEN_OF_ASSET_OWNER,
                            "{\"title\": \"" + link.issueKey() + "\", \"status\": \"Made Up " + made + "\"}")
                    .statusCode());
        }

        assertThat(answers).filteredOn(answer -> answer == 202).hasSizeBetween(LOOKS, LOOKS + 5);
        assertThat(answers).last().isEqualTo(429);
        link.awaitQuiet();
        assertThat(link.calls()).hasSizeLessThanOrEqualTo(LOOKS + 5);
        assertThat(client.webhook(SampleFaraday.TOKEN_OF_PENTESTER).statusCode())
                .isEqualTo(202);
    }

    @Test
    void webhooks_that_cost_no_look_do_not_count_for_the_token() {
        for (int n = 0; n < 2 * LOOKS; n++) {
            assertThat(client.webhook(
                                    SampleFaraday.TOKEN_OF_OUTSIDER,
                                    "{\"title\": \"SEC-999999\", \"status\": \"Done\"}")
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    @Test
    void who_sends_bodies_that_say_nothing_waits_like_who_sends_wrong_tokens() {
        for (int n = 0; n < WRONG_TOKENS; n++) {
            assertThat(client.webhook(SampleFaraday.TOKEN_OF_ADMIN, "nonsense").statusCode())
                    .isEqualTo(400);
        }

        assertLimited(client.webhook("unknown"));
    }
}
