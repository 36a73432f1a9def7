package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** Somebody who sets the integration up, by the API alone. */
record Administrator(BridgeWorld world, String user) {

    private static final String API = "/_api/v3/integrations/jira";

    static Administrator of(BridgeWorld world) {
        return new Administrator(world, "faraday");
    }

    /** @param path below the integration, such as {@code projects/SEC}; single quotes in {@code body} stand for double ones */
    HttpResponse<String> tryPut(String path, String body, String... headers) {
        return send(
                HttpRequest.newBuilder(world.url(API + "/" + path))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body.replace('\'', '"'))),
                headers);
    }

    HttpResponse<String> tryGet(String path) {
        return send(HttpRequest.newBuilder(world.url(path.isEmpty() ? API : API + "/" + path)));
    }

    HttpResponse<String> tryDelete(String path) {
        return send(HttpRequest.newBuilder(world.url(API + "/" + path)).DELETE());
    }

    JsonNode put(String path, String body) {
        return successful(tryPut(path, body));
    }

    JsonNode get(String path) {
        return successful(tryGet(path));
    }

    JsonNode delete(String path) {
        return successful(tryDelete(path));
    }

    /** Faraday's row as it is stored. */
    JsonNode row() {
        return BridgeWorld.json(world.rows()
                .sql("SELECT value::text FROM configuration WHERE key = 'jira_integration'")
                .query(String.class)
                .optional()
                .orElse("null"));
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        BridgeWorld.basic(user, user).forEach(request::header);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return world.send(request.build());
    }

    private static JsonNode successful(HttpResponse<String> answer) {
        if (answer.statusCode() >= 300) {
            throw new AssertionError(answer.request().uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return BridgeWorld.json(answer.body());
    }
}
