package io.faradaybridge.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Ten thousand messages that could not be used: shown at once, sent again once each, and discarded. */
@Tag("long")
class ManyDeadLettersTest {

    private static final String INBOX = "/_api/v3/integrations/jira/inbox";
    private static final int ALL = 10_000;
    private static final int REPLAYED = 500;

    private static BridgeWorld world;

    @BeforeAll
    static void begin() {
        world = BridgeWorld.of(SandboxJira.Options.dataCenter());
    }

    @AfterAll
    static void end() {
        world.close();
    }

    private static void letters(int count, String cause, String body) {
        world.rows()
                .sql("""
            INSERT INTO faraday_bridge.dead_letter (origin, correlation_id, body, content_type, headers, cause, attempts, message_id)
            SELECT 'vuln-status', :mark || n, convert_to(:body || n, 'UTF8'), 'text', '{}', replace(:cause, '#', n::text), 1, :mark || n
              FROM generate_series(1, :count) n""")
                .param("mark", "letter-" + cause.hashCode() + "-")
                .param("body", body)
                .param("cause", cause)
                .param("count", count)
                .update();
    }

    private static JsonNode deadLetters() {
        JsonNode lists = BridgeWorld.json(world.get(INBOX, BridgeWorld.basic("faraday", "faraday"))
                        .body())
                .path("lists");
        return lists.get(lists.size() - 1);
    }

    private static JsonNode group(String id) {
        return StreamSupport.stream(deadLetters().path("groups").spliterator(), false)
                .filter(group -> group.path("group").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static HttpResponse<String> act(Object port, String action, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + INBOX + action))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        BridgeWorld.basic("faraday", "faraday").forEach(request::header);
        return world.send(request.build());
    }

    /** A page of the console, beside ten thousand rows as small and as soon as beside ten. */
    private static String page(String path) {
        HttpResponse<String> signedIn = world.send(HttpRequest.newBuilder(world.url("/jira-bridge/do/post/session"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("text%3A%2Fusername=faraday&text%3A%2Fpassword=faraday"
                        + "&_next=/jira-bridge&_page=/jira-bridge/sign-in"))
                .build());
        HttpRequest request = HttpRequest.newBuilder(world.url("/jira-bridge" + path))
                .header(
                        "Cookie",
                        signedIn.headers()
                                .firstValue("Set-Cookie")
                                .orElseThrow()
                                .split(";")[0])
                .build();
        world.send(request); // the first one reads the templates
        long started = System.nanoTime();
        HttpResponse<String> answer = world.send(request);
        long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
        System.out.println(ALL + " dead letters: " + path + " takes " + millis + " ms");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(millis).as("far beyond the half second of a quiet machine").isLessThan(5_000);
        return answer.body();
    }

    private static long number(String condition) {
        return world.rows()
                .sql("SELECT count(*) FROM faraday_bridge.dead_letter WHERE " + condition)
                .query(Long.class)
                .single();
    }

    private static String confirmed(JsonNode group) {
        return "{\"group\": \"" + group.path("group").asText() + "\", \"confirm\": " + group.path("count") + "}";
    }

    @Test
    void equal_causes_are_one_row_each_is_sent_again_once_and_the_rest_is_discarded() {
        letters(
                ALL - REPLAYED - 1,
                "names no vulnerability: expected the id of one as a number, not #",
                "=cmd|'/c calc'!A");
        letters(REPLAYED, "The database did not answer within # s", "no JSON ");
        letters(1, "=HYPERLINK(\"http://evil.example\", \"<script>\")", "{}");
        deadLetters();
        long started = System.nanoTime();
        JsonNode list = deadLetters();
        long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
        System.out.println(ALL + " dead letters: all lists with their groups take " + millis + " ms");

        assertThat(millis).as("far beyond what a quiet machine needs").isLessThan(5_000);
        assertThat(list.path("count").asInt()).isEqualTo(ALL);
        assertThat(list.path("groups"))
                .extracting(group -> group.path("count").asInt())
                .containsExactly(ALL - REPLAYED - 1, REPLAYED, 1);

        assertThat(page("/inbox/dead-letters"))
                .contains("9,499", "&lt;script&gt;", "50 of 10,000")
                .doesNotContain("<script>\"")
                .hasSizeLessThan(150_000);

        String csv = world.get(INBOX + "/dead-letters.csv", BridgeWorld.basic("pentester", "pentester"))
                .body();
        assertThat(csv.lines()).hasSize(ALL + 1);
        assertThat(csv).startsWith("id,group,at,code,cause,").contains("\"'=HYPERLINK(\"\"http://evil.example\"\"");
        assertThat(world.get(INBOX + "/dead-letters.csv", BridgeWorld.basic("client", "client"))
                        .statusCode())
                .isEqualTo(403);

        String replay = confirmed(list.path("groups").get(1));
        try (ConfigurableApplicationContext other = world.startAnother()) {
            List<CompletableFuture<HttpResponse<String>>> calls = Stream.of(
                            String.valueOf(world.url("").getPort()),
                            String.valueOf(other.getEnvironment().getProperty("local.server.port")))
                    .map(port -> CompletableFuture.supplyAsync(() -> act(port, "/dead-letters/replay", replay)))
                    .toList();
            calls.forEach(CompletableFuture::join);
            int replayed = calls.stream()
                    .map(call -> BridgeWorld.json(call.join().body()))
                    .filter(report -> report.path("confirmed").asBoolean())
                    .mapToInt(report -> report.path("count").asInt())
                    .sum();
            while (number("state = 'waiting' AND cause LIKE 'The database did not%'") > 0) { // a call has its time
                JsonNode rest = group(list.path("groups").get(1).path("group").asText());
                HttpResponse<String> answer = act(world.url("").getPort(), "/dead-letters/replay", confirmed(rest));
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                replayed += BridgeWorld.json(answer.body()).path("count").asInt();
            }
            assertThat(replayed).isEqualTo(REPLAYED);
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> number("state = 'waiting' AND cause LIKE 'The message is not JSON%'") == REPLAYED);
        assertThat(number("state = 'replayed' AND state_by = 'faraday'")).isEqualTo(REPLAYED);
        assertThat(world.rows()
                        .sql("SELECT count(*) FROM faraday_bridge.activity WHERE outcome = 'REPLAYED'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(REPLAYED);
        JsonNode back = deadLetters();
        assertThat(back.path("groups")).as("the new ones have one cause").hasSize(3);

        Object port = world.url("").getPort();
        JsonNode largest = back.path("groups").get(0);
        HttpResponse<String> other = act(
                port,
                "/dead-letters/discard",
                confirmed(back.path("groups").get(1)).replaceAll("confirm\": \\d+", "confirm\": 7"));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(BridgeWorld.json(other.body()).path("count").asInt()).isEqualTo(REPLAYED);
        assertThat(number("state = 'discarded'")).isZero();
        HttpResponse<String> discarded = act(port, "/dead-letters/discard", confirmed(largest));
        assertThat(discarded.statusCode()).as(discarded.body()).isEqualTo(200);
        assertThat(number("state = 'discarded'")).isEqualTo(ALL - REPLAYED - 1);
    }
}
