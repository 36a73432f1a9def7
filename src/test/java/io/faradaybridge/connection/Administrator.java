package io.faradaybridge.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Somebody who sets the connection up through the API, and in Jira what its administrator does. */
final class Administrator {

    static final String CONNECTION = "/_api/v3/integrations/jira/connection";

    private final BridgeWorld world;
    private final String user;

    Administrator(BridgeWorld world, String user) {
        this.world = world;
        this.user = user;
    }

    /** A bridge that was never connected: the projects are configured, address, key and tokens are not. */
    static BridgeWorld unconnected(SandboxJira.Options options) {
        BridgeWorld world = BridgeWorld.asleep(options)
                .with("bridge.connection.private-key-file", "")
                .with("bridge.connection.access-token", "")
                .with("bridge.connection.watch-interval", "1s")
                .with("bridge.observe", "never") // the row says enabled, as if Faraday's own integration worked
                .with("server.forward-headers-strategy", "native");
        world.connection()
                .change(world.database(), "value - 'url' - 'consumer_key' - 'authorization_state' - 'rsa_public_key'");
        return world;
    }

    HttpResponse<String> send(String method, String path, String body) {
        return send(method, path, body, "application/json");
    }

    HttpResponse<String> send(String method, String path, String body, String accept) {
        HttpRequest.Builder request = HttpRequest.newBuilder(world.url(CONNECTION + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Accept", accept);
        BridgeWorld.basic(user, user).forEach(request::header);
        return world.send(request.build());
    }

    JsonNode done(String method, String path, String body) {
        HttpResponse<String> answer = send(method, path, body);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return BridgeWorld.json(answer.body());
    }

    JsonNode connection() {
        return done("GET", "", "");
    }

    JsonNode connect() {
        return done(
                "PUT",
                "",
                "{\"url\": \"" + world.jira().baseUrl() + "/\", \"consumer_key\": \"" + SandboxConnection.CONSUMER_KEY
                        + "\"}");
    }

    /** Makes a key pair and pastes the public one into Jira's Application Link. */
    void link() {
        world.jira().link(SandboxConnection.CONSUMER_KEY, publicKey(done("POST", "/keys", "")));
    }

    private static PublicKey publicKey(JsonNode keys) {
        String pem = keys.path("rsa_public_key").asText();
        if (!pem.startsWith("-----BEGIN PUBLIC KEY-----")) {
            throw new IllegalStateException("no public key in PEM: " + keys);
        }
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(
                            Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""))));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins to authorise, allows it in Jira, and gives where Jira sends the browser back to. */
    URI allowed() {
        world.jira().allowAtOnce(true);
        return redirected(done("POST", "/authorize", "").path("authorize_url").asText());
    }

    /** Where Jira's page sends the browser. */
    URI redirected(String authorizeUrl) {
        HttpResponse<String> page =
                world.send(HttpRequest.newBuilder(URI.create(authorizeUrl)).build());
        return URI.create(page.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IllegalStateException(page.statusCode() + page.body())));
    }

    /** Presses Deny. */
    URI denied(String authorizeUrl) {
        URI page = URI.create(authorizeUrl);
        HttpResponse<String> answer =
                world.send(HttpRequest.newBuilder(URI.create(authorizeUrl.split("\\?")[0]))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(page.getRawQuery() + "&deny=Deny"))
                        .build());
        return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }

    /** The browser comes back. */
    HttpResponse<String> back(URI callback, String accept) {
        String query = callback.getRawQuery() == null ? "" : "?" + callback.getRawQuery();
        return send("GET", "/callback" + query, "", accept);
    }

    HttpResponse<String> back(URI callback) {
        return back(callback, "application/json");
    }

    /** The whole dance. */
    void authorise() {
        HttpResponse<String> answer = back(allowed());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
        }
    }

    String state() {
        return world.rows()
                .sql(
                        "SELECT coalesce(value ->> 'authorization_state', '') FROM configuration WHERE key = 'jira_integration'")
                .query(String.class)
                .single();
    }
}
