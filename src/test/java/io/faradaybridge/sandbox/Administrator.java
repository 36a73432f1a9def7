package io.faradaybridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;

/**
 * Somebody who sets the bridge up through its API alone, and in Jira what its administrator does. Paths are below the
 * integration, such as {@code projects/SEC}.
 */
public record Administrator(BridgeWorld world, String user) {

    private static final String API = "/_api/v3/integrations/jira";

    public static Administrator of(BridgeWorld world) {
        return new Administrator(world, "faraday");
    }

    /** A bridge that was never connected: the projects are configured, address, key and tokens are not. */
    public static BridgeWorld unconnected(SandboxJira.Options options) {
        BridgeWorld world = withoutCredentials(BridgeWorld.asleep(options))
                .with("bridge.observe", "never") // the row says enabled, as if Faraday's own integration worked
                .with("bridge.access.trusted-proxies", "127.0.0.1,::1");
        world.connection()
                .change(world.database(), "value - 'url' - 'consumer_key' - 'authorization_state' - 'rsa_public_key'");
        return world;
    }

    /** A bridge beside a Faraday that never heard of Jira. */
    public static BridgeWorld beforeAnything(SandboxJira.Options options) {
        BridgeWorld world = withoutCredentials(BridgeWorld.beforeTheFirstStart(options));
        world.rows()
                .sql("DELETE FROM configuration WHERE key = 'jira_integration'")
                .update();
        return world;
    }

    private static BridgeWorld withoutCredentials(BridgeWorld asleep) {
        return asleep.with("bridge.connection.private-key-file", "")
                .with("bridge.connection.access-token", "")
                .with("bridge.connection.watch-interval", "1s");
    }

    public HttpResponse<String> send(String method, String path, String body) {
        return send(method, path, body, "application/json");
    }

    public HttpResponse<String> send(String method, String path, String body, String accept) {
        return send(method, path, body, Map.of("Accept", accept));
    }

    private HttpResponse<String> send(String method, String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(world.url(path.isEmpty() ? API : API + "/" + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        headers.forEach(request::header);
        BridgeWorld.basic(user, user).forEach(request::header);
        return world.send(request.build());
    }

    public JsonNode done(String method, String path, String body) {
        return successful(send(method, path, body));
    }

    /** Single quotes in {@code body} stand for double ones. */
    public HttpResponse<String> tryPut(String path, String body) {
        return send("PUT", path, body.replace('\'', '"'));
    }

    /** The same, based on a version of the row. */
    public HttpResponse<String> tryPut(String path, String body, String ifMatch) {
        return send("PUT", path, body.replace('\'', '"'), Map.of("If-Match", ifMatch));
    }

    public HttpResponse<String> tryGet(String path) {
        return send("GET", path, "");
    }

    public HttpResponse<String> tryDelete(String path) {
        return send("DELETE", path, "");
    }

    public JsonNode put(String path, String body) {
        return successful(tryPut(path, body));
    }

    public JsonNode get(String path) {
        return successful(tryGet(path));
    }

    public JsonNode delete(String path) {
        return successful(tryDelete(path));
    }

    private static JsonNode successful(HttpResponse<String> answer) {
        if (answer.statusCode() >= 300) {
            throw new AssertionError(
                    answer.request().method() + " " + answer.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return BridgeWorld.json(answer.body());
    }

    /** Faraday's row as it is stored. */
    public JsonNode row() {
        return BridgeWorld.json(world.rows()
                .sql("SELECT value::text FROM configuration WHERE key = 'jira_integration'")
                .query(String.class)
                .optional()
                .orElse("null"));
    }

    public String state() {
        return row().path("authorization_state").asText();
    }

    public JsonNode connection() {
        return get("connection");
    }

    public JsonNode connect() {
        return put(
                "connection",
                "{'url': '" + world.jira().baseUrl() + "/', 'consumer_key': '" + SandboxConnection.CONSUMER_KEY + "'}");
    }

    /** Pastes the public key into Jira's Application Link, of a pair that is made now if there is none: making one takes long. */
    public void link() {
        JsonNode connection = connection();
        JsonNode keys =
                connection.path("rsa_public_key").asText().isEmpty() ? done("POST", "connection/keys", "") : connection;
        world.jira()
                .link(
                        SandboxConnection.CONSUMER_KEY,
                        publicKey(keys.path("rsa_public_key").asText()));
    }

    /** As Jira reads what is pasted into an Application Link. */
    public static PublicKey publicKey(String pem) {
        if (!pem.startsWith("-----BEGIN PUBLIC KEY-----")) {
            throw new AssertionError("no public key in PEM: " + pem);
        }
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(
                            Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins to authorise, allows it in Jira, and gives where Jira sends the browser back to. */
    public URI allowed() {
        world.jira().allowAtOnce(true);
        return redirected(
                done("POST", "connection/authorize", "").path("authorize_url").asText());
    }

    /** Where Jira's page sends the browser. */
    public URI redirected(String authorizeUrl) {
        HttpResponse<String> page =
                world.send(HttpRequest.newBuilder(URI.create(authorizeUrl)).build());
        return URI.create(page.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError(page.statusCode() + page.body())));
    }

    /** Presses Deny. */
    public URI denied(String authorizeUrl) {
        URI page = URI.create(authorizeUrl);
        HttpResponse<String> answer =
                world.send(HttpRequest.newBuilder(URI.create(authorizeUrl.split("\\?")[0]))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(page.getRawQuery() + "&deny=Deny"))
                        .build());
        return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }

    /** The browser comes back. */
    public HttpResponse<String> back(URI callback, String accept) {
        String query = callback.getRawQuery() == null ? "" : "?" + callback.getRawQuery();
        return send("GET", "connection/callback" + query, "", accept);
    }

    public HttpResponse<String> back(URI callback) {
        return back(callback, "application/json");
    }

    /** All steps of the authorisation. */
    public void authorise() {
        successful(back(allowed()));
    }
}
