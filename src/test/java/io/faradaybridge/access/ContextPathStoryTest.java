package io.faradaybridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A bridge under a path, behind a proxy that nobody can go around. */
@Tag("long")
class ContextPathStoryTest {

    private static final String API = "/bridge/_api/v3/integrations/jira/";
    private static BridgeWorld world;

    @BeforeAll
    static void start() {
        world = BridgeWorld.asleep(SandboxJira.Options.dataCenter())
                .with("server.servlet.context-path", "/bridge")
                .with("server.forward-headers-strategy", "framework")
                .with("bridge.access.trusted-proxies", "127.0.0.1,::1")
                .start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static HttpResponse<String> signIn(Map<String, String> headers) {
        return world.post(API + "session", "{\"username\": \"pentester\", \"password\": \"pentester\"}", headers);
    }

    @Test
    void a_session_begins_works_and_is_held_to_its_token() {
        HttpResponse<String> signedIn = signIn(Map.of());
        Map<String, String> cookie = new HashMap<>(Map.of(
                "Cookie",
                signedIn.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0]));

        assertThat(world.get(API + "activity", cookie).statusCode()).isEqualTo(200);
        assertThat(world.post(API + "dead-letters/999999/replay", "", cookie).statusCode())
                .isEqualTo(403);
        cookie.put(
                "X-CSRF-Token",
                BridgeWorld.json(signedIn.body()).path("csrf_token").asText());
        assertThat(world.post(API + "dead-letters/999999/replay", "", cookie).statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_webhook_is_taken_and_guarded_there_too() {
        Map<String, String> token = Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN);
        String desc = "x".repeat(1024 * 1024);

        assertThat(world.post(API + "update-issues", "{\"title\": \"SEC-1\", \"status\": \"Done\"}", token)
                        .statusCode())
                .isEqualTo(202);
        assertThat(world.post(
                                API + "update-issues",
                                "{\"title\": \"SEC-1\", \"status\": \"Done\", \"desc\": \"" + desc + "\"}",
                                token)
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void the_proxys_headers_for_https_and_path_are_used() {
        Map<String, String> proxied =
                Map.of("X-Forwarded-Proto", "https", "X-Forwarded-Prefix", "/faraday", "X-Forwarded-For", "192.0.2.1");

        HttpResponse<String> signedIn = signIn(proxied);

        assertThat(signedIn.statusCode()).isEqualTo(200);
        assertThat(signedIn.headers().firstValue("Set-Cookie").orElseThrow()).contains("; Secure", "; Path=/;");
        assertThat(signIn(Map.of()).headers().firstValue("Set-Cookie").orElseThrow())
                .doesNotContain("Secure");
    }

    @Test
    void the_document_names_the_path() {
        JsonNode document = BridgeWorld.json(world.get(API + "openapi.json", BridgeWorld.basic("client", "client"))
                .body());

        assertThat(document.at("/servers/0/url").asText()).isEqualTo("/bridge");
    }
}
