package io.faradaybridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.faradaybridge.sandbox.ApiContract;
import io.faradaybridge.sandbox.BridgeWorld;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same for the body of every call that the API's document names. */
class RequestBodiesStoryTest {

    private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH");

    private BridgeWorld world;
    private final List<Call> calls = new ArrayList<>();

    private record Call(String method, String path, JsonNode schema) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
        JsonNode document = BridgeWorld.json(world.get(ApiContract.DOCUMENT, BridgeWorld.basic("faraday", "faraday"))
                .body());
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(call -> {
                    String method = call.getKey().toUpperCase(Locale.ROOT);
                    if (METHODS.contains(method)
                            && call.getValue().has("requestBody")
                            && !path.getKey().endsWith("/update-issues")) {
                        String schema = call.getValue()
                                .at("/requestBody/content")
                                .path("application/json")
                                .at("/schema/$ref")
                                .asText();
                        calls.add(new Call(
                                method,
                                path.getKey().replace("{key}", "SEC").replaceAll("\\{[^}]*}", "1"),
                                document.at(schema.replace("#", ""))));
                    }
                }));
    }

    private HttpResponse<String> send(Call call, String type, String body) {
        return world.send(HttpRequest.newBuilder(world.url(call.path()))
                .method(call.method(), BodyPublishers.ofString(body))
                .header("Content-Type", type)
                .header("Authorization", BridgeWorld.basic("faraday", "faraday").get("Authorization"))
                .build());
    }

    @Test
    void a_misspelt_key_is_refused_by_its_name_and_nothing_is_done() {
        assertThat(calls).hasSizeGreaterThan(15).allSatisfy(call -> {
            HttpResponse<String> answer = send(call, "application/json", "{\"isue_type\": \"Task\"}");
            assertThat(answer.statusCode()).as(call + " " + answer.body()).isEqualTo(400);
            assertThat(BridgeWorld.json(answer.body())
                            .at("/messages/json/isue_type/0")
                            .asText())
                    .as(call.toString())
                    .contains("is unknown; known keys are ");
        });
    }

    @Test
    void each_value_of_another_kind_than_the_document_shows_is_refused_by_its_name() {
        Map<String, String> ofAnotherKind =
                Map.of("string", "{}", "boolean", "\"yes\"", "integer", "\"7\"", "array", "7", "object", "[]");
        assertThat(calls)
                .allSatisfy(
                        call -> call.schema().path("properties").properties().forEach(property -> {
                            String kind = property.getValue().path("type").asText();
                            if (ofAnotherKind.containsKey(kind)
                                    && !property.getKey().equals("expires_at")) {
                                HttpResponse<String> answer = send(
                                        call,
                                        "application/json",
                                        "{\"" + property.getKey() + "\": " + ofAnotherKind.get(kind) + "}");
                                assertThat(answer.statusCode())
                                        .as(call + " " + answer.body())
                                        .isEqualTo(400);
                                assertThat(BridgeWorld.json(answer.body())
                                                .at("/messages/json")
                                                .path(property.getKey())
                                                .path(0)
                                                .asText())
                                        .as(call + " " + answer.body())
                                        .startsWith("must be ");
                            }
                        }));
    }

    @Test
    void what_the_document_requires_is_asked_for_by_its_name() {
        assertThat(calls).allSatisfy(call -> call.schema().path("required").forEach(name -> assertThat(
                        BridgeWorld.json(send(call, "application/json", "{}").body())
                                .at("/messages/json")
                                .path(name.asText())
                                .path(0)
                                .asText())
                .as(call.toString())
                .startsWith("is missing; it must be ")));
    }

    @Test
    void a_body_in_chunks_whose_sender_closes_its_half_of_the_connection_is_answered() {
        assertThat(calls).allSatisfy(call -> {
            try (Socket socket = new Socket("localhost", world.url("").getPort())) {
                socket.setSoTimeout(60_000);
                socket.getOutputStream()
                        .write((call.method() + " " + call.path() + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                                        + BridgeWorld.basic("faraday", "faraday")
                                                .get("Authorization")
                                        + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        + "8\r\n{\"isue_t\r\nd\r\nype\": \"Task\"}\r\n0\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();

                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .as(call.toString())
                        .startsWith("HTTP/1.1 400 ")
                        .contains("is unknown; known keys are ");
            }
        });
    }

    @Test
    void an_export_with_a_misspelt_issue_type_exports_nothing() {
        int vulnerability = world.vulnerabilities(1).get(0);

        HttpResponse<String> answer = send(
                new Call("POST", ApiContract.API + "/export", MissingNode.getInstance()),
                "application/json",
                "{\"vulnerability_ids\": [" + vulnerability + "], \"project\": \"OPS\", \"isue_type\": \"Task\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("isue_type", "issue_type");
        assertThat(world.rows()
                        .sql("SELECT count(*) FROM faraday_bridge.export_item WHERE vulnerability_id = ?")
                        .param(vulnerability)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void another_content_type_is_refused_with_the_expected_one() {
        assertThat(calls).allSatisfy(call -> {
            for (String type :
                    List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
                HttpResponse<String> answer = send(call, type, "{}");
                assertThat(answer.statusCode()).as(call + " " + answer.body()).isEqualTo(415);
                assertThat(BridgeWorld.json(answer.body()).path("message").asText())
                        .as(call.toString())
                        .contains("must be application/json", type.split(";")[0], "Content-Type: application/json");
            }
        });
    }
}
