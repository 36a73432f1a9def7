package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.oauth.OAuth;
import net.oauth.OAuthAccessor;
import net.oauth.OAuthConsumer;
import net.oauth.OAuthException;
import net.oauth.OAuthMessage;
import net.oauth.signature.RSA_SHA1;

/** A caller of Jira that signs with the client's half of the library Jira has inside. */
final class SignedClient {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String base;
    private final String consumerKey;
    private final PrivateKey key;
    private final String token;

    private final Duration patience;

    SignedClient(String base, String consumerKey, PrivateKey key, String token) {
        this(base, consumerKey, key, token, Duration.ofSeconds(20));
    }

    private SignedClient(String base, String consumerKey, PrivateKey key, String token, Duration patience) {
        this.base = base;
        this.consumerKey = consumerKey;
        this.key = key;
        this.token = token;
        this.patience = patience;
    }

    SignedClient withToken(String other) {
        return new SignedClient(base, consumerKey, key, other, patience);
    }

    SignedClient hangingUpAfter(Duration limit) {
        return new SignedClient(base, consumerKey, key, token, limit);
    }

    HttpResponse<String> get(String pathAndQuery) {
        return send("GET", "/rest/api/2" + pathAndQuery, null);
    }

    HttpResponse<String> post(String path, JsonNode body) {
        return send("POST", "/rest/api/2" + path, body);
    }

    HttpResponse<String> put(String path, JsonNode body) {
        return send("PUT", "/rest/api/2" + path, body);
    }

    JsonNode read(String pathAndQuery) {
        return json(get(pathAndQuery));
    }

    static JsonNode json(HttpResponse<String> answer) {
        return Json.parse(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse<String> send(String method, String pathAndQuery, JsonNode body) {
        return sendWith(authorization(method, pathAndQuery), method, pathAndQuery, body);
    }

    /** @param extra more OAuth parameters, names and values in turn */
    String authorization(String method, String pathAndQuery, String... extra) {
        OAuthConsumer consumer = new OAuthConsumer(null, consumerKey, null, null);
        consumer.setProperty(OAuth.OAUTH_SIGNATURE_METHOD, OAuth.RSA_SHA1);
        consumer.setProperty(RSA_SHA1.PRIVATE_KEY, key);
        OAuthAccessor accessor = new OAuthAccessor(consumer);
        accessor.accessToken = token;
        try {
            OAuthMessage message = new OAuthMessage(method, base + pathAndQuery, OAuth.newList(extra));
            message.addRequiredParameters(accessor);
            return message.getAuthorizationHeader(null);
        } catch (OAuthException | IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> sendWith(String authorization, String method, String pathAndQuery, JsonNode body) {
        try {
            return trySend(authorization, method, pathAndQuery, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> trySend(String authorization, String method, String pathAndQuery, JsonNode body)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + pathAndQuery))
                .timeout(patience)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(Json.bytes(body)));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A form as a browser sends it. */
    HttpResponse<String> submit(String path, String form) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static JsonNode draft(String project, String type, String summary) {
        return Json.object(
                "fields",
                Json.object(
                        "project", Json.object("key", project),
                        "issuetype", Json.object("name", type),
                        "summary", summary));
    }

    static JsonNode bulk(JsonNode... drafts) {
        return Json.object("issueUpdates", List.of(drafts));
    }

    static JsonNode transition(String id) {
        return Json.object("transition", Json.object("id", id));
    }

    static List<String> texts(JsonNode array, String name) {
        return Arrays.stream(Json.MAPPER.convertValue(array, JsonNode[].class))
                .map(node -> node.path(name).asText())
                .toList();
    }
}
