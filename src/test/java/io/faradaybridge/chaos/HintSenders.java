package io.faradaybridge.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Senders of webhooks that keep their connections and cost as little of the processor as they can: it is the
 * server's that is measured.
 */
final class HintSenders {

    private static final int CONNECTIONS = 8;
    /** Requests on one connection; Tomcat closes it after them. */
    private static final int MOST_ON_ONE = 100;

    private HintSenders() {}

    /** Each of the webhooks, from eight connections, each with one after the other. */
    static void send(int port, String token, List<String> issueKeys, String status, int count) {
        List<byte[]> requests = issueKeys.stream()
                .map(key -> request(
                        port,
                        token,
                        "{\"title\": \"" + key + "\", \"desc\": \"SQL injection in the login\","
                                + " \"priority\": \"High\", \"status\": \"" + status + "\"}"))
                .toList();
        AtomicInteger next = new AtomicInteger();
        List<Thread> senders = IntStream.range(0, CONNECTIONS)
                .mapToObj(n -> new Thread(() -> sendOn(port, requests, next, count), "sender-" + n))
                .toList();
        AtomicInteger failed = new AtomicInteger();
        senders.forEach(sender -> sender.setUncaughtExceptionHandler((thread, failure) -> {
            failed.incrementAndGet();
            System.err.println(failure.getMessage());
        }));
        senders.forEach(Thread::start);
        try {
            for (Thread sender : senders) {
                sender.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failed.get() > 0) {
            throw new IllegalStateException("Not all webhooks were accepted");
        }
    }

    private static byte[] request(int port, String token, String body) {
        return ("POST /_api/v3/integrations/jira/update-issues HTTP/1.1\r\nHost: localhost:" + port
                        + "\r\nX-Jira-Token: "
                        + token + "\r\nContent-Type: application/json\r\nContent-Length: " + body.getBytes(UTF_8).length
                        + "\r\n\r\n" + body)
                .getBytes(UTF_8);
    }

    private static void sendOn(int port, List<byte[]> requests, AtomicInteger next, int count) {
        int n = next.getAndIncrement();
        while (n < count) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setTcpNoDelay(true);
                InputStream answers = new BufferedInputStream(socket.getInputStream());
                for (int sent = 0; sent < MOST_ON_ONE && n < count; sent++) {
                    socket.getOutputStream().write(requests.get(n % requests.size()));
                    String answer = answer(answers);
                    if (!answer.startsWith("HTTP/1.1 202")) {
                        throw new IllegalStateException("A webhook was answered " + answer);
                    }
                    n = next.getAndIncrement();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The head; the body behind it is read too. */
    private static String answer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int length = 0;
        boolean chunked = false;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            head.append(line).append('\n');
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding: chunked");
        }
        in.skipNBytes(length);
        for (int size = chunked ? 1 : 0; size > 0; ) {
            size = Integer.parseInt(line(in), 16);
            in.skipNBytes(size + 2L);
        }
        return head.toString();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The connection ended in the middle of an answer");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
