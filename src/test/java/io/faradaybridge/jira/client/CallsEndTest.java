package io.faradaybridge.jira.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraOperation;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraSettings;
import io.faradaybridge.jira.JiraSite;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However a call ends, it gives its connection back: a pool of two outlives ten of each kind. */
@Tag("long")
class CallsEndTest {

    private static final int CONNECTIONS = 2;
    private static final int TIMES = 10;

    private static final JiraSettings FEW = new JiraSettings(
            Duration.ofSeconds(2),
            Duration.ofMillis(700),
            Duration.ofMillis(700),
            Duration.ofMillis(700),
            CONNECTIONS,
            SendingJira.LOOPBACK,
            "",
            "",
            "",
            "");

    private final WireJira jira = new WireJira();
    private final SendingJira sending = new SendingJira(
            FEW, () -> new JiraSite(jira.url(""), new JiraCredentials.PersonalAccessToken("pat-secret")));

    @AfterEach
    void stop() {
        sending.close();
        jira.close();
    }

    private static Arguments ending(String name, WireJira.Behaviour behaviour) {
        return Arguments.of(name, behaviour);
    }

    private static WireJira.Behaviour saying(String head, String body) {
        return (request, out, socket) -> {
            out.write((head + "\r\n\r\n" + body).getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        };
    }

    private static WireJira.Behaviour closing(WireJira.Behaviour behaviour) {
        return (request, out, socket) -> {
            behaviour.answer(request, out, socket);
            socket.close();
        };
    }

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    static Stream<Arguments> endings() {
        return Stream.of(
                ending(
                        "an error page said to be gzip",
                        WireJira.raw(502, "text/html", "<h1>Bad Gateway</h1>", "Content-Encoding: gzip")),
                ending("an empty page said to be gzip", WireJira.raw(502, "text/html", "", "Content-Encoding: gzip")),
                ending("an answer said to be deflate", WireJira.json(200, "{\"a\":1}", "Content-Encoding: deflate")),
                ending("an encoding that nobody knows", WireJira.json(200, "{\"a\":1}", "Content-Encoding: rot13")),
                ending("a brotli that is none", WireJira.json(200, "{\"a\":1}", "Content-Encoding: br")),
                ending("gzip that breaks off", closing((request, out, socket) -> {
                    byte[] packed = {31, (byte) 139, 8, 0, 0, 0, 0, 0, 0, 0, 1};
                    out.write((OK + "Content-Encoding: gzip\r\nContent-Length: 500\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
                    out.write(packed);
                    out.flush();
                })),
                ending("a body that breaks off", closing(saying(OK + "Content-Length: 1000", "{\"id\":"))),
                ending("a chunk that breaks off", closing(saying(OK + "Transfer-Encoding: chunked", "ff\r\n{"))),
                ending("a chunk without a size", saying(OK + "Transfer-Encoding: chunked", "zz\r\n{}\r\n0\r\n\r\n")),
                ending("a header too long", saying(OK + "X-Long: " + "x".repeat(70_000), "")),
                ending("too many headers", saying(OK + "X-Many: y\r\n".repeat(600) + "Content-Length: 0", "")),
                ending("no HTTP", closing(saying("SSH-2.0-OpenSSH_9.6", ""))),
                ending("a length that is none", saying(OK + "Content-Length: many", "{}")),
                ending("a negative length", saying(OK + "Content-Length: -5", "{}")),
                ending("nothing", (request, out, socket) -> socket.close()),
                ending("no answer in time", (request, out, socket) -> Thread.sleep(2_000)),
                ending("headers that drip", (request, out, socket) -> {
                    out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
                    drip(out);
                }),
                ending("a body that drips", (request, out, socket) -> {
                    out.write((OK + "Content-Length: 1000\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                    drip(out);
                }),
                ending("a packed answer too large", (request, out, socket) -> {
                    out.write((OK + "Content-Encoding: gzip\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
                    try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
                        byte[] blanks = new byte[1024 * 1024];
                        for (int megabyte = 0; megabyte < 25; megabyte++) {
                            packed.write(blanks);
                        }
                    }
                }),
                ending("a page for people", WireJira.raw(200, "text/html", "<html>Sign in")),
                ending("a refusal without a body", saying("HTTP/1.1 400 Bad Request\r\nContent-Length: 0", "")),
                ending("a redirect", saying("HTTP/1.1 302 Found\r\nLocation: /login.jsp\r\nContent-Length: 0", "")),
                ending("an interim answer and nothing more", closing(saying("HTTP/1.1 100 Continue", ""))));
    }

    private static void drip(java.io.OutputStream out) throws java.io.IOException, InterruptedException {
        while (true) {
            out.write('x');
            out.flush();
            Thread.sleep(50);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endings")
    void a_connection_comes_back_from(String name, WireJira.Behaviour behaviour) {
        jira.behave(behaviour);
        List<Future<Exchange>> calls = new ArrayList<>();
        ProducerTemplate template = sending.template();
        for (int i = 0; i < TIMES; i++) {
            JiraFailure failure = catchThrowableOfType(JiraFailure.class, () -> sending.send(request()));
            assertThat(failure).as(name).isNotNull();
            assertThat(failure).hasMessageNotContaining("all connections to it are busy");
        }

        assertWell(calls, template);
    }

    /** Both connections can be used at once. */
    private void assertWell(List<Future<Exchange>> calls, ProducerTemplate template) {
        jira.behave((request, out, socket) -> {
            Thread.sleep(100);
            WireJira.json(200, "{\"id\":\"1\"}", "X-AUSERNAME: bridge").answer(request, out, socket);
        });
        for (int i = 0; i < CONNECTIONS; i++) {
            calls.add(template.asyncSend(
                    JiraRoutes.SEND, call -> call.getMessage().setBody(request())));
        }
        assertThat(calls)
                .allSatisfy(call -> assertThat(call.get().getException()).isNull());
    }

    @Test
    void a_connection_comes_back_from_whatever_ends_well() {
        for (int i = 0; i < TIMES; i++) {
            jira.behave(WireJira.json(i % 2 == 0 ? 200 : 204, i % 2 == 0 ? "{}" : ""));
            sending.send(request());
        }
        assertWell(new ArrayList<>(), sending.template());
    }

    private static JiraRequest request() {
        return new JiraRequest(
                JiraOperation.CREATE,
                "POST",
                "/rest/api/2/issue/bulk",
                List.of(),
                JsonNodeFactory.instance.objectNode(),
                "an issue");
    }
}
