package io.faradaybridge.incoming;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may come in, and what its sender is answered. */
class WebhookBorderTest {

    private static final String PATH = "/_api/v3/integrations/jira/update-issues";
    private static final Map<String, String> TOKEN = Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN);
    private static final String GOOD = "{\"title\": \"SEC-1\", \"status\": \"Done\"}";

    private BridgeWorld world;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown-token",
                SampleFaraday.EXPIRED_TOKEN,
                SampleFaraday.REVOKED_TOKEN,
                SampleFaraday.GITLAB_TOKEN,
                SampleFaraday.TOKEN_OF_FORMER
            })
    void tokens_that_let_nobody_in_are_refused_all_alike(String token) {
        HttpResponse<String> answer =
                world.post(PATH, GOOD, token.isEmpty() ? Map.of() : Map.of("X-Jira-Token", token));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"message\":\"X-Jira-Token is missing or not valid\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"title": "SEC-1", "status": "a "quoted" one"}      | body   | jsonEncode()
                    not json                                            | body   | jsonEncode()
                    [1, 2]                                              | body   | object
                    {"status": "Done"}                                  | title  | missing
                    {"title": "SEC-1"}                                  | status | missing
                    {"title": "SEC-1", "status": ""}                    | status | missing
                    {"title": 7, "status": "Done"}                      | title  | missing
                    {"title": "SEC-1", "status": "{{issue.status}}"}    | status | did not render
                    {"title": "no key", "status": "Done"}               | title  | issue.key
                    {"title": "SEC-1", "status": "a\\u0000b"}           | status | printable
                    {"title": "SEC-1", "status": "Done", "id": "x'"}    | id     | issue.id
                    {"title": "SEC-1", "status": "Done"} {"more": 1}    | body   | JSON
                    {"webhookEvent": "jira:version_released"}           | issue  | Issue: updated
                    {"webhookEvent": "x", "issue": {"key": "SEC-1"}}    | status | missing
                    {"key": "SEC-1", "fields": {"status": {"id": "x"}}} | status | missing
                    """)
    void a_body_that_says_nothing_usable_names_the_cure(String body, String field, String cure) {
        HttpResponse<String> answer = world.post(PATH, body, TOKEN);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(BridgeWorld.json(answer.body())
                        .at("/messages/json/" + field + "/0")
                        .asText())
                .contains(cure);
    }

    static Stream<Arguments> readable() {
        String key = "SEC-999999";
        return Stream.of(
                arguments("a line end in a text that nobody reads", utf8("""
                    {"title": "SEC-999999", "desc": "first
                    second\u0001\tthird \\d", "status": "Done"}\
                    """)),
                arguments(
                        "the whole of it as a quoted text",
                        utf8("\"{\\\"title\\\": \\\"SEC-999999\\\", \\\"status\\\": \\\"Done\\\"}\"")),
                arguments("Automation's issue data", utf8("""
                    {"self": "http://jira/10042", "id": 999999, "key": "SEC-999999", "changelog": {},
                     "fields": {"status": {"name": "Done"}, "summary": "s"}}\
                    """)),
                arguments("issue data without a key", utf8("""
                    {"id": 999999, "fields": {"status": {"name": "Done"}}}\
                    """)),
                arguments("Jira's own webhook", utf8("""
                    {"webhookEvent": "jira:issue_updated", "timestamp": 1,
                     "issue": {"id": "999999", "key": "SEC-999999", "fields": {"status": {"name": "Done"}}}}\
                    """)),
                arguments("a status by its id alone", utf8("""
                    {"key": "SEC-999999", "fields": {"status": {"id": "10001"}}}\
                    """)),
                arguments("Jira's own webhook of a deletion", utf8("""
                    {"webhookEvent": "jira:issue_deleted", "issue": {"id": "999999", "key": "SEC-999999"}}\
                    """)),
                arguments(
                        "ISO-8859-1",
                        ("{\"title\": \"" + key + "\", \"desc\": \"geprüft\", \"status\": \"Erledigt\"}")
                                .getBytes(StandardCharsets.ISO_8859_1)),
                arguments("an id and a key that is none", utf8("""
                    {"title": "{{issue.key}}", "id": "999999", "status": "Done"}\
                    """)));
    }

    private static Arguments arguments(String name, byte[] body) {
        return Arguments.of(name, body);
    }

    private static byte[] utf8(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readable")
    void is_accepted_where_issue_and_status_can_be_read(String name, byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(world.url(PATH))
                .header("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();

        HttpResponse<String> answer = world.send(request);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    @Test
    void issue_data_moves_the_vulnerability_by_the_issues_id_alone() {
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        world.jira().movePerson(link.issueKey(), "Done");

        HttpResponse<String> answer = world.post(
                PATH,
                "{\"id\": " + world.jira().issue(link.issueKey()).id()
                        + ", \"fields\": {\"status\": {\"name\": \"Done\"}}}",
                Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_PENTESTER));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        link.awaitFaraday("closed");
    }

    @Test
    void a_status_in_iso_8859_1_is_read_as_it_was_meant() {
        byte[] body =
                "{\"title\": \"SEC-1\", \"status\": \"Geschlossen für immer\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(Webhook.read(body).status()).isEqualTo("Geschlossen für immer");
    }

    @Test
    void what_is_refused_is_counted_by_its_reason_where_an_operator_looks() {
        Map<String, Double> before = Map.of("not-json", count("not-json"), "accepted", count("accepted"));
        world.rows()
                .sql("DELETE FROM faraday_bridge.activity WHERE vulnerability_id IS NULL")
                .update();

        world.post(PATH, "not json", TOKEN);
        world.post(PATH, "not json either", TOKEN);
        world.post(PATH, GOOD, TOKEN);

        assertThat(count("not-json")).isEqualTo(before.get("not-json") + 2);
        assertThat(count("accepted")).isEqualTo(before.get("accepted") + 1);
        JsonNode webhooks = Administrator.of(world).get("status").path("webhooks");
        assertThat(webhooks.at("/refused/not-json").asDouble()).isEqualTo(count("not-json"));
        assertThat(webhooks.path("accepted").asDouble()).isEqualTo(count("accepted"));
    }

    private double count(String result) {
        return world.bean(MeterRegistry.class)
                .get("bridge.webhooks")
                .tag("result", result)
                .counter()
                .count();
    }

    @Test
    void a_body_over_one_mebibyte_is_refused() {
        String body = "{\"title\": \"SEC-1\", \"status\": \"Done\", \"desc\": \"" + "x".repeat(1024 * 1024) + "\"}";

        assertThat(world.post(PATH, body, TOKEN).statusCode()).isEqualTo(413);
    }

    @Test
    void another_spelling_of_the_path_is_no_way_around_the_limit() {
        String body = "{\"title\": \"SEC-1\", \"status\": \"Done\", \"desc\": \"" + "x".repeat(1024 * 1024) + "\"}";

        assertThat(world.post(PATH.replace("update", "%75pdate"), body, TOKEN).statusCode())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1000\r\n\r\n{\"title\": \"SEC-1\"",
                "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"tit\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"title\": \"SEC-1\"}\r\n0\r\n\r\n"
            })
    void a_body_that_does_not_arrive_as_announced_is_the_senders_fault(String rest) throws IOException {
        try (Socket socket =
                new Socket(world.url(PATH).getHost(), world.url(PATH).getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + "X-Jira-Token: "
                                    + SampleFaraday.TOKEN_OF_ADMIN + "\r\n" + rest)
                            .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 40, 1000})
    void a_body_in_chunks_of_any_size_is_read_whole(int chunk) throws IOException {
        String body = "{\"title\": \"SEC-999999\", \"status\": \"Done\", \"desc\": \"" + "x".repeat(300) + "\"}";
        StringBuilder chunks = new StringBuilder();
        for (int from = 0; from < body.length(); from += chunk) {
            String part = body.substring(from, Math.min(from + chunk, body.length()));
            chunks.append(Integer.toHexString(part.length()))
                    .append("\r\n")
                    .append(part)
                    .append("\r\n");
        }
        for (int i = 0; i < 20; i++) {
            try (Socket socket =
                    new Socket(world.url(PATH).getHost(), world.url(PATH).getPort())) {
                socket.setSoTimeout(30_000);
                socket.getOutputStream()
                        .write(("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Jira-Token: "
                                        + SampleFaraday.TOKEN_OF_ADMIN + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        + chunks
                                        + "0\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();

                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .as("request %d", i)
                        .startsWith("HTTP/1.1 202 ");
            }
        }
    }

    @Test
    void a_body_nested_ten_thousand_deep_is_refused() {
        String body = "{\"title\": " + "[".repeat(10_000) + "]".repeat(10_000) + "}";

        assertThat(world.post(PATH, body, TOKEN).statusCode()).isEqualTo(400);
    }

    @Test
    void headers_of_camel_do_not_steer_the_route() {
        Map<String, String> headers = new HashMap<>(TOKEN);
        headers.put("CAmelHttpResponseCode", "299");
        headers.put("CamelHttpResponseCode", "299");
        headers.put("CamelBeanMethodName", "close");
        headers.put("CAmelBeanMethodName", "close");
        headers.put("CamelHttpUri", "http://localhost:1/");

        HttpResponse<String> answer = world.post(PATH, GOOD, headers);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("camel"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/plain;charset=UTF-16",
                "application/json; charset=utf-8",
                "nonsense"
            })
    void the_name_of_the_content_type_does_not_matter(String type) {
        HttpRequest request = HttpRequest.newBuilder(world.url(PATH))
                .header("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN)
                .header("Content-Type", type)
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofString(GOOD))
                .build();

        assertThat(world.send(request).statusCode()).isEqualTo(202);
    }

    @Test
    void an_empty_body_is_refused_like_any_other_that_is_not_json() {
        HttpResponse<String> answer = world.post(PATH, "", TOKEN);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"body\"");
    }

    @Test
    void only_posts_are_taken() {
        assertThat(world.get(PATH, TOKEN).statusCode()).isIn(401, 405);
    }
}
