package io.faradaybridge.jira.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraFailure.Kind;
import io.faradaybridge.jira.JiraOperation;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraSettings;
import io.faradaybridge.jira.JiraSite;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that end without a whole answer: when they end, and what is said of them. */
@Tag("long")
class BrokenCallTest {

    private static final JiraCredentials TOKEN = new JiraCredentials.PersonalAccessToken("pat-secret");

    private static final JiraSettings HASTY = SendingJira.settings(
            Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(1500), Duration.ofSeconds(1));

    private final WireJira jira = new WireJira();
    private volatile URI address = jira.url("");
    private final SendingJira sending = new SendingJira(HASTY, () -> new JiraSite(address, TOKEN));

    @AfterEach
    void stop() {
        sending.close();
        jira.close();
    }

    @ParameterizedTest
    @EnumSource(JiraOperation.class)
    void ends_a_call_in_time_though_the_answer_drips(JiraOperation operation) {
        jira.behave((request, out, socket) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(' ');
                out.flush();
                Thread.sleep(50);
            }
        });

        assertEndsAtItsDeadline(operation);
    }

    @ParameterizedTest
    @EnumSource(JiraOperation.class)
    void ends_a_call_in_time_though_the_headers_drip(JiraOperation operation) {
        jira.behave((request, out, socket) -> {
            out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write('x');
                out.flush();
                Thread.sleep(50);
            }
        });

        assertEndsAtItsDeadline(operation);
    }

    @ParameterizedTest
    @EnumSource(JiraOperation.class)
    void ends_a_call_in_time_though_no_answer_comes(JiraOperation operation) {
        jira.behave((request, out, socket) -> Thread.sleep(10_000));

        assertEndsAtItsDeadline(operation);
    }

    private void assertEndsAtItsDeadline(JiraOperation operation) {
        Duration deadline = operation == JiraOperation.CREATE || operation == JiraOperation.ATTACH
                ? HASTY.createTimeout()
                : HASTY.readTimeout();
        Instant start = Instant.now();

        JiraFailure failure = failing(operation);

        assertThat(Duration.between(start, Instant.now())).isBetween(deadline, deadline.plusMillis(700));
        assertThat(failure.kind()).isEqualTo(operation == JiraOperation.READ ? Kind.TRANSIENT : Kind.UNKNOWN_OUTCOME);
        assertThat(failure.answered()).isFalse();
        assertThat(failure).hasMessageContaining("did not answer within").hasMessageContaining("issue P-1");
    }

    @ParameterizedTest
    @EnumSource(JiraOperation.class)
    void knows_nothing_of_the_outcome_when_the_answer_is_lost(JiraOperation operation) {
        jira.behave((request, out, socket) -> socket.close());

        JiraFailure failure = failing(operation);

        assertThat(failure.kind()).isEqualTo(operation == JiraOperation.READ ? Kind.TRANSIENT : Kind.UNKNOWN_OUTCOME);
        assertThat(failure.status()).isZero();
        assertThat(jira.received()).as("never repeated by the client itself").hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(JiraOperation.class)
    void knows_nothing_of_the_outcome_when_the_answer_is_cut_off(JiraOperation operation) {
        jira.behave((request, out, socket) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"id\":"
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            socket.close();
        });

        assertThat(failing(operation).kind())
                .isEqualTo(operation == JiraOperation.READ ? Kind.TRANSIENT : Kind.UNKNOWN_OUTCOME);
    }

    @Test
    void reads_no_more_than_20_megabytes_even_of_a_packed_answer() {
        jira.behave((request, out, socket) -> {
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
                byte[] blanks = new byte[1024 * 1024];
                for (int megabyte = 0; megabyte < 25; megabyte++) {
                    packed.write(blanks);
                }
            }
        });

        JiraFailure failure = failing(JiraOperation.READ);

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageContaining("larger than 20 MB");
    }

    @ParameterizedTest
    @EnumSource(JiraOperation.class)
    void may_repeat_anything_that_met_no_listening_server(JiraOperation operation) {
        jira.close();

        assertNothingWasSent(failing(operation), "Connection refused");
    }

    @ParameterizedTest
    @EnumSource(JiraOperation.class)
    void may_repeat_anything_whose_host_is_unknown(JiraOperation operation) {
        address = URI.create("http://jira.invalid");

        assertNothingWasSent(failing(operation), "host name is not known");
    }

    @ParameterizedTest
    @EnumSource(JiraOperation.class)
    void may_repeat_anything_that_met_no_secure_server(JiraOperation operation) {
        address = URI.create(jira.url("").toString().replace("http:", "https:"));
        jira.behave(WireJira.json(400, "{}"));

        assertNothingWasSent(failing(operation), "connection could be made");
    }

    @Test
    void may_repeat_a_creation_that_no_connection_was_made_for_in_time() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Socket socket = new Socket();
                waiting.add(socket);
                new Thread(() -> connect(socket, full)).start();
            }
            TimeUnit.MILLISECONDS.sleep(300);
            address = URI.create("http://localhost:" + full.getLocalPort());
            Instant start = Instant.now();

            JiraFailure failure = failing(JiraOperation.CREATE);

            assertThat(Duration.between(start, Instant.now())).isLessThan(HASTY.createTimeout());
            assertNothingWasSent(failure, "connection could be made");
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    private static void connect(Socket socket, ServerSocket server) {
        try {
            socket.connect(server.getLocalSocketAddress());
        } catch (java.io.IOException refused) {
            // it only has to fill the queue
        }
    }

    @Test
    void may_repeat_a_creation_that_found_all_connections_busy() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        jira.behave((request, out, socket) -> {
            release.await(20, TimeUnit.SECONDS);
            WireJira.json(200, "{}").answer(request, out, socket);
        });
        try (SendingJira patient = new SendingJira(() -> new JiraSite(address, TOKEN))) {
            int all = SendingJira.SETTINGS.maxConnections();
            for (int i = 0; i < all; i++) {
                new Thread(() -> patient.send(request(JiraOperation.CREATE))).start();
            }
            Awaitility.await().until(() -> jira.received().size() == all);

            JiraFailure failure =
                    catchThrowableOfType(JiraFailure.class, () -> patient.send(request(JiraOperation.CREATE)));

            assertNothingWasSent(failure, "all connections to it are busy");
            assertThat(jira.received()).hasSize(all);
            release.countDown();
        }
    }

    @Test
    void creates_over_a_new_connection_when_jira_has_closed_the_old_one() {
        jira.behave((request, out, socket) -> {
            WireJira.json(200, "{}").answer(request, out, socket);
            socket.close();
        });
        sending.send(request(JiraOperation.READ));

        JiraAnswer answer = sending.send(request(JiraOperation.CREATE));

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void sends_nothing_that_changes_jira_on_facts_of_long_ago_as_after_a_process_was_stopped() {
        long sixSecondsAgo = System.nanoTime() - TimeUnit.SECONDS.toNanos(6);

        for (JiraOperation operation : List.of(JiraOperation.CREATE, JiraOperation.TRANSITION)) {
            JiraFailure failure = catchThrowableOfType(
                    JiraFailure.class, () -> sending.send(request(operation).madeAt(sixSecondsAgo)));

            assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
            assertThat(failure.wholeSite()).isFalse();
            assertThat(failure).hasMessageContaining("issue P-1").hasMessageContaining("5 s passed");
        }
        assertThat(jira.received()).isEmpty();

        sending.send(request(JiraOperation.READ).madeAt(sixSecondsAgo));
        sending.send(request(JiraOperation.TRANSITION));
        assertThat(jira.received()).hasSize(2).allSatisfy(request -> assertThat(request.headers())
                .doesNotContainKey("X-Bridge-Send-By"));
    }

    private static void assertNothingWasSent(JiraFailure failure, String why) {
        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(failure.wholeSite()).isTrue();
        assertThat(failure.answered()).isFalse();
        assertThat(failure)
                .hasMessageContaining(why)
                .hasMessageContaining("issue P-1")
                .hasMessageNotContaining("pat-secret");
    }

    private JiraFailure failing(JiraOperation operation) {
        return catchThrowableOfType(JiraFailure.class, () -> sending.send(request(operation)));
    }

    private static JiraRequest request(JiraOperation operation) {
        String path =
                switch (operation) {
                    case READ -> "/rest/api/2/issue/1";
                    case CREATE -> "/rest/api/2/issue/bulk";
                    case TRANSITION -> "/rest/api/2/issue/1/transitions";
                    case EDIT -> "/rest/api/2/issue/1";
                    case ATTACH -> "/rest/api/2/issue/1/attachments";
                };
        boolean read = operation == JiraOperation.READ;
        return new JiraRequest(
                operation,
                read ? "GET" : "POST",
                path,
                List.of(),
                read ? null : JsonNodeFactory.instance.objectNode(),
                "issue P-1");
    }
}
