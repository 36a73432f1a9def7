package io.faradaybridge.sandbox.jira;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/**
 * A plain HTTP/1.1 server. Written by hand because an ordinary one hides what this sandbox needs: the request line as
 * sent, the Date header, and hanging up without an answer.
 */
final class HttpFront {

    private static final int IDLE_MILLIS = 60_000;
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int LARGEST_BODY = 16 * 1024 * 1024;

    private final Function<RawRequest, Answer> handler;
    private final ExecutorService threads;
    private final Clock clock;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private ServerSocket listener;
    private int port;

    HttpFront(int port, Function<RawRequest, Answer> handler, ExecutorService threads, Clock clock) {
        this.handler = handler;
        this.threads = threads;
        this.clock = clock;
        this.port = port;
    }

    int port() {
        return port;
    }

    /** Takes the port; callers wait until {@link #start}. */
    synchronized void bind() {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            port = socket.getLocalPort();
            listener = socket;
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox Jira cannot listen on port " + port, e);
        }
    }

    synchronized void start() {
        if (listener == null) {
            bind();
        }
        ServerSocket socket = listener;
        threads.execute(() -> accept(socket));
    }

    synchronized void stop() {
        if (listener == null) {
            return;
        }
        close(listener);
        listener = null;
        connections.forEach(HttpFront::close);
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.add(connection);
                if (socket.isClosed()) {
                    close(connection);
                }
                threads.execute(() -> serve(connection));
            } catch (IOException stopped) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            connection.setSoTimeout(IDLE_MILLIS);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            OutputStream out = connection.getOutputStream();
            boolean more = true;
            while (more) {
                more = exchange(in, out);
            }
        } catch (IOException hungUp) {
            // The caller's affair: real servers do not care either.
        } finally {
            connections.remove(connection);
        }
    }

    private boolean exchange(InputStream in, OutputStream out) throws IOException {
        String requestLine = line(in);
        String[] words = requestLine.split(" ");
        if (words.length != 3 || !words[1].startsWith("/")) {
            send(out, Answer.html(400, "<h1>HTTP Status 400 – Bad Request</h1>"), false, false);
            return false;
        }
        Map<String, List<String>> headers = headers(in);
        String connection = headers.getOrDefault("Connection", List.of("")).get(0);
        boolean keep = words[2].equals("HTTP/1.1")
                ? !connection.equalsIgnoreCase("close")
                : connection.equalsIgnoreCase("keep-alive");
        if (headers.getOrDefault("Expect", List.of("")).get(0).equalsIgnoreCase("100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
        RawRequest request = new RawRequest(words[0], words[1], headers, body(in, headers));
        Answer answer = handler.apply(request);
        if (answer.isDropped()) {
            return false;
        }
        send(out, answer, keep, request.method().equals("HEAD"));
        return keep;
    }

    private static Map<String, List<String>> headers(InputStream in) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("Not a header: " + line);
            }
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static byte[] body(InputStream in, Map<String, List<String>> headers) throws IOException {
        if (headers.getOrDefault("Transfer-Encoding", List.of("")).get(0).equalsIgnoreCase("chunked")) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
                whole.write(exactly(in, size));
                line(in);
            }
            while (!line(in).isEmpty()) {
                // trailers
            }
            return whole.toByteArray();
        }
        return exactly(
                in,
                Integer.parseInt(
                        headers.getOrDefault("Content-Length", List.of("0")).get(0)));
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";")[0].strip(), 16);
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        if (length > LARGEST_BODY) {
            throw new IOException("Body of " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() > LONGEST_LINE) {
                throw new EOFException();
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private void send(OutputStream out, Answer answer, boolean keep, boolean headOnly) throws IOException {
        StringBuilder head = new StringBuilder(256)
                .append("HTTP/1.1 ")
                .append(answer.status())
                .append(" \r\nDate: ")
                .append(DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        ZonedDateTime.now(clock).withZoneSameInstant(ZoneOffset.UTC)))
                .append("\r\n");
        answer.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (answer.status() != 204) {
            head.append("Content-Length: ").append(answer.body().length).append("\r\n");
        }
        head.append(keep ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (!headOnly) {
            whole.writeBytes(answer.body());
        }
        out.write(whole.toByteArray());
        out.flush();
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception alreadyGone) {
            // nothing is left to close
        }
    }
}
