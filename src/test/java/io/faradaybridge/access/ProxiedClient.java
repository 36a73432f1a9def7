package io.faradaybridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.BridgeWorld;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A client behind a proxy that the bridge of that world trusts. */
record ProxiedClient(BridgeWorld world, String address) {

    static final String API = "/_api/v3/integrations/jira/";

    private static final String WEBHOOK = API + "update-issues";
    private static final String GOOD = "{\"title\": \"SEC-1\", \"status\": \"Done\"}";
    private static final AtomicInteger addresses = new AtomicInteger();

    /** With an address that no other has. */
    static ProxiedClient of(BridgeWorld world) {
        return new ProxiedClient(world, "198.51.100." + addresses.incrementAndGet());
    }

    ProxiedClient from(String elsewhere) {
        return new ProxiedClient(world, elsewhere);
    }

    HttpResponse<String> basic(String username, String password) {
        return world.get(API + "session", headers(BridgeWorld.basic(username, password)));
    }

    /** By a form, or with cookies. */
    HttpResponse<String> session(String body, Map<String, String> headers) {
        return world.post(API + "session", body, headers(headers));
    }

    HttpResponse<String> webhook(String token) {
        return webhook(token, GOOD);
    }

    HttpResponse<String> webhook(String token, String body) {
        return world.post(WEBHOOK, body, headers(Map.of("X-Jira-Token", token)));
    }

    private Map<String, String> headers(Map<String, String> own) {
        Map<String, String> headers = new HashMap<>(own);
        headers.put("X-Forwarded-For", address);
        return headers;
    }

    static void assertLimited(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(BridgeWorld.json(answer.body()).path("message").asText()).contains("too many");
        assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 60);
    }
}
