package io.faradaybridge.incoming;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.SampleFaraday;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However the bytes of webhooks come, and however many come at once, each leaves its hint. */
class WebhookArrivalTest {

    private static final String PATH = "/_api/v3/integrations/jira/update-issues";

    private BridgeWorld world;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
    }

    private static String head(int length, String more) {
        return "POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nX-Jira-Token: " + SampleFaraday.TOKEN_OF_ADMIN
                + "\r\nContent-Length: " + length + more + "\r\n\r\n";
    }

    private static String body(String key) {
        return "{\"title\": \"" + key + "\", \"status\": \"Done\"}";
    }

    private int hints(String keysLike) {
        return world.rows()
                .sql("SELECT count(*) FROM faraday_bridge.unlinked_hint WHERE issue_key LIKE ?")
                .param(keysLike)
                .query(Integer.class)
                .single();
    }

    private Socket connection() throws IOException {
        Socket socket = new Socket(world.url(PATH).getHost(), world.url(PATH).getPort());
        socket.setSoTimeout(90_000);
        return socket;
    }

    private static void send(Socket socket, String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void several_in_one_packet_are_accepted_one_after_the_other() throws IOException {
        StringBuilder packet = new StringBuilder();
        for (int n = 1; n <= 3; n++) {
            String body = body("SEC-71000" + n);
            packet.append(head(body.length(), n < 3 ? "" : "\r\nConnection: close"))
                    .append(body);
        }
        try (Socket socket = connection()) {
            send(socket, packet.toString());

            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers.split("HTTP/1.1 202 ", -1)).as(answers).hasSize(4);
            assertThat(answers.split("\"event\"", -1)).as(answers).hasSize(4);
        }
        assertThat(hints("SEC-71000_")).isEqualTo(3);
    }

    @Test
    void a_body_that_comes_after_its_head_is_waited_for() throws IOException {
        String body = body("SEC-720001");
        try (Socket socket = connection()) {
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            send(socket, head(body.length(), "\r\nExpect: 100-continue\r\nConnection: close"));
            assertThat(answer.readLine()).startsWith("HTTP/1.1 100");
            send(socket, body.substring(0, 10));
            send(socket, body.substring(10));

            assertThat(answer.lines()).anyMatch(line -> line.startsWith("HTTP/1.1 202 "));
        }
        assertThat(hints("SEC-720001")).isEqualTo(1);
    }

    @Test
    void two_hundred_at_once_are_all_accepted() {
        ExecutorService senders = Executors.newFixedThreadPool(200);
        try {
            List<CompletableFuture<Integer>> answers = IntStream.range(0, 200)
                    .mapToObj(n -> CompletableFuture.supplyAsync(
                            () -> world.post(
                                            PATH,
                                            body("SEC-%d".formatted(730_000 + n)),
                                            Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN))
                                    .statusCode(),
                            senders))
                    .toList();

            assertThat(answers.stream().map(CompletableFuture::join).toList()).containsOnly(202);
        } finally {
            senders.shutdown();
        }
        assertThat(hints("SEC-730___")).isEqualTo(200);
    }
}
