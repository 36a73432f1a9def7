package io.faradaybridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.web.RequestBodies;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that no client of the API makes: answered in its shape all the same, by whatever refuses them. */
class StrangeRequestsStoryTest {

    private static final String API = "/_api/v3/integrations/jira";

    private BridgeWorld world;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
    }

    private record Answer(int status, String head, String body) {}

    /** As it is written, with nothing put in order by a client. */
    private Answer send(String request, String headers, byte[] body) throws IOException {
        try (Socket socket = new Socket("localhost", world.url("").getPort())) {
            String basic = BridgeWorld.basic("faraday", "faraday").get("Authorization");
            OutputStream out = socket.getOutputStream();
            out.write((request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: " + basic + "\r\n"
                            + headers + "\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String[] parts = answer.split("\r\n\r\n", 2);
            return new Answer(Integer.parseInt(parts[0].split(" ")[1]), parts[0], dechunked(parts[0], parts[1]));
        }
    }

    private static String dechunked(String head, String body) {
        return head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")
                ? body.replaceFirst("^[0-9a-fA-F]+\r\n", "").replaceFirst("\r\n0\r\n\r\n$", "")
                : body;
    }

    private static String message(Answer answer) {
        assertThat(answer.head()).as(answer.body()).containsIgnoringCase("Content-Type: application/json");
        JsonNode json = BridgeWorld.json(answer.body());
        assertThat(json.path("message").asText()).as(answer.body()).isNotEmpty();
        return json.path("message").asText();
    }

    static Stream<Arguments> strange() {
        return Stream.of(
                Arguments.of(404, "GET " + API + "/nope", "", "nothing at"),
                Arguments.of(404, "GET " + API + "/status/", "", "without a slash at its end"),
                Arguments.of(404, "GET /nothing", "", "nothing at"),
                Arguments.of(404, "GET " + API + "/nope", "Accept: text/html\r\n", "nothing at"),
                Arguments.of(404, "GET " + API + "/nope", "Accept: nonsense\r\n", "nothing at"),
                Arguments.of(405, "PATCH " + API + "/enabled", "", "possible are [PUT]"),
                Arguments.of(406, "GET " + API + "/status", "Accept: text/html\r\n", ""),
                Arguments.of(406, "GET " + API + "/status", "Accept: nonsense\r\n", ""),
                Arguments.of(400, "GET " + API + "//status", "", "cannot be read"),
                Arguments.of(400, "GET " + API + "/projects/SEC;x=1/statuses", "", "cannot be read"),
                Arguments.of(400, "GET " + API + "/projects/%0d%0aX:1/statuses", "", "cannot be read"),
                Arguments.of(400, "GET " + API + "/projects/SEC%2Fstatuses", "", "cannot be read"),
                Arguments.of(400, "GET " + API + "/projects/SEC%2Fissue-types%2FBug/fields", "", "cannot be read"),
                Arguments.of(400, "GET " + API + "/projects/x%2f..%2fSEC/issue-types/Bug/fields", "", "cannot be read"),
                Arguments.of(400, "GET " + API + "/projects/SEC/issue-types/%2e%2e/fields", "", "cannot be read"),
                Arguments.of(400, "GET " + API + "/update-issues%2f", "", "cannot be read"),
                Arguments.of(400, "GET " + API + "/projects/SEC%00/statuses", "", "cannot be read"),
                Arguments.of(400, "GET " + API + "/projects/%ff/statuses", "", "cannot be read"),
                Arguments.of(400, "GET " + API + "/projects/..%2f..%2f/statuses", "", "cannot be read"),
                Arguments.of(400, "GET " + API + "/vulnerabilities?q=" + "x".repeat(40_000), "", "cannot be read"),
                Arguments.of(417, "GET " + API + "/status", "Expect: nonsense\r\n", ""),
                Arguments.of(501, "GET " + API + "/status", "Transfer-Encoding: nonsense\r\n", ""));
    }

    @ParameterizedTest(name = "{1} {2}")
    @MethodSource("strange")
    void are_refused_in_the_shape_of_errors(int status, String request, String headers, String message)
            throws IOException {
        Answer answer = send(request, headers, new byte[0]);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(message(answer)).contains(message);
    }

    @Test
    void a_key_may_be_percent_encoded_and_in_lower_case() throws IOException {
        assertThat(send("GET " + API + "/projects/%53%45%43/statuses", "", new byte[0])
                        .status())
                .isEqualTo(200);
        assertThat(send("GET " + API + "/projects/sec/statuses", "", new byte[0])
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_large_body_is_refused_whether_or_not_it_says_so_before() throws IOException {
        byte[] large = ("{\"enabled\": true, \"more\": \"" + "x".repeat(RequestBodies.MOST_BYTES) + "\"}")
                .getBytes(StandardCharsets.US_ASCII);
        String put = "PUT " + API + "/enabled";
        String json = "Content-Type: application/json\r\n";

        Answer refused = send(put, json + "Content-Length: " + large.length + "\r\n", large);
        assertThat(refused.status()).as(refused.body()).isEqualTo(413);
        assertThat(message(refused)).contains("larger than 2 MiB");
        Answer chunked = send(put, json + "Transfer-Encoding: chunked\r\n", oneChunk(large));
        assertThat(chunked.status()).as(chunked.body()).isEqualTo(413);
    }

    private static byte[] oneChunk(byte[] body) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.write((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunk.write(body);
        chunk.write("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return chunk.toByteArray();
    }
}
