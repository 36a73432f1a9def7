package io.faradaybridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.SandboxJira;
import io.faradaybridge.web.RequestBodies;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders of bodies that come slowly, or are too large, or are nobody's: whoever else sends is answered meanwhile. */
@Tag("long")
class SlowBodiesStoryTest {

    private static final String API = "/_api/v3/integrations/jira/";
    private static final int MANY = 205;
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final String NOBODY = "";
    private static final String USER =
            "Authorization: " + BridgeWorld.basic("faraday", "faraday").get("Authorization") + "\r\n";
    private static final String RIGHT_TOKEN = "X-Jira-Token: " + SampleFaraday.TOKEN_OF_ADMIN + "\r\n";

    private static BridgeWorld world;

    @BeforeAll
    static void start() {
        world = BridgeWorld.asleep(SandboxJira.Options.dataCenter())
                .with("bridge.access.body-deadline", DEADLINE)
                .start();
        webhook(); // the API's document is made once, and takes its time
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static Socket open(String call, String headers, int length) throws IOException {
        Socket socket = new Socket("localhost", world.url("").getPort());
        socket.setSoTimeout(60_000);
        write(
                socket,
                "POST " + API + call + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                        + "Content-Length: " + length + "\r\n\r\n");
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Many at once, a byte every now and then; they end when the server answers. */
    private static void dribble(List<Socket> sockets, CompletableFuture<?> until) throws InterruptedException {
        while (!until.isDone()) {
            sockets.forEach(SlowBodiesStoryTest::oneByte);
            new CountDownLatch(1).await(500, TimeUnit.MILLISECONDS);
        }
    }

    private static void oneByte(Socket socket) {
        try {
            write(socket, " ");
        } catch (IOException refused) {
            assertThat(socket.isConnected()).isTrue(); // the bridge closed it, which is its right
        }
    }

    private static HttpResponse<String> webhook() {
        return world.post(
                API + "update-issues",
                "{\"title\": \"SEC-999999\", \"status\": \"Done\"}",
                Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"session of nobody", "webhook of nobody", "export of nobody", "webhook", "export"})
    void two_hundred_slow_bodies_stop_neither_the_webhook_nor_sign_in(String senders) throws Exception {
        String call =
                senders.startsWith("session") ? "session" : senders.startsWith("export") ? "export" : "update-issues";
        String headers = senders.endsWith("nobody") ? NOBODY : call.equals("export") ? USER : RIGHT_TOKEN;
        List<Socket> sockets = new ArrayList<>();
        for (int n = 0; n < MANY; n++) {
            sockets.add(open(call, headers, 4000));
        }
        CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> {
            for (int n = 0; n < 5; n++) {
                assertThat(webhook().statusCode()).isEqualTo(202);
                assertThat(world.get(API + "session", BridgeWorld.basic("client", "client"))
                                .statusCode())
                        .isEqualTo(200);
            }
        });

        dribble(sockets, answered.orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS));

        answered.get();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void a_body_has_one_deadline_however_often_a_byte_of_it_comes() throws Exception {
        Map<Socket, CompletableFuture<String>> answers = new LinkedHashMap<>();
        long began = System.nanoTime();
        for (String call : List.of("session", "export", "update-issues")) {
            Socket socket = open(call, USER + RIGHT_TOKEN, 4000);
            answers.put(socket, CompletableFuture.supplyAsync(() -> {
                String answer = toTheEnd(socket);
                assertThat(Duration.ofNanos(System.nanoTime() - began))
                        .as(call)
                        .isBetween(DEADLINE, DEADLINE.multipliedBy(3));
                return answer;
            }));
        }

        dribble(
                List.copyOf(answers.keySet()),
                CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new)));

        for (Map.Entry<Socket, CompletableFuture<String>> each : answers.entrySet()) {
            assertThat(each.getValue().get()).startsWith("HTTP/1.1 400 ").contains("did not arrive");
            each.getKey().close();
        }
    }

    private static String toTheEnd(Socket socket) {
        try {
            return answer(socket);
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"export, 401", "update-issues, 401"})
    void who_may_not_call_is_not_waited_for(String call, int status) throws IOException {
        try (Socket socket = open(call, NOBODY, 4000)) {
            long began = System.nanoTime();

            assertThat(answer(socket)).startsWith("HTTP/1.1 " + status);

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(DEADLINE);
        }
    }

    @Test
    void a_connection_goes_on_after_an_answer_that_needed_no_body() {
        for (int n = 0; n < 50; n++) {
            assertThat(world.post(API + "export", "{\"vulnerability_ids\": [1]}", BridgeWorld.basic("faraday", "wrong"))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(webhook().statusCode()).isEqualTo(202);
        }
    }

    @Test
    void who_is_not_signed_in_may_send_a_few_kilobytes() {
        String padding = " ".repeat(RequestBodies.MOST_BYTES_OF_NOBODY);
        String credentials = "{\"username\": \"client\", \"password\": \"client\"}";

        assertThat(world.post(API + "session", credentials, Map.of()).statusCode())
                .isEqualTo(200);
        HttpResponse<String> large = world.post(API + "session", credentials + padding, Map.of());
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.body()).contains("larger than 8 KiB");
    }

    @Test
    void a_webhook_of_nobody_is_refused_before_its_body_is_read() {
        HttpResponse<String> refused =
                world.post(API + "update-issues", "x".repeat(1024 * 1024 + 1), Map.of("X-Jira-Token", "made-up"));

        assertThat(refused.statusCode()).isEqualTo(401);
    }

    @Test
    void the_port_of_health_and_metrics_waits_for_no_body() throws Exception {
        int port = world.context().getEnvironment().getRequiredProperty("management.server.port", Integer.class);
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(60_000);
            write(socket, "POST /observe/health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000\r\n\r\na");
            long began = System.nanoTime();

            assertThat(answer(socket)).startsWith("HTTP/1.1 400").contains("no call at this port takes a body");

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(DEADLINE);
        }
        assertThat(world.readiness()).isEqualTo("UP");
    }

    @Test
    void a_body_that_is_called_a_form_is_not_read_before_its_sender_is_known() throws IOException {
        try (Socket socket = new Socket("localhost", world.url("").getPort())) {
            socket.setSoTimeout(60_000);
            write(
                    socket,
                    "PUT " + API + "enabled HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\n\r\na=");
            long began = System.nanoTime();

            assertThat(answer(socket)).startsWith("HTTP/1.1 401");

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(DEADLINE);
        }
    }
}
