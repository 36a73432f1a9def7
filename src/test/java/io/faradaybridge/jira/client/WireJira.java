package io.faradaybridge.jira.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that shows each request as its bytes were, and answers as badly as the test says. */
public final class WireJira implements AutoCloseable {

    /** @param target path and query, untouched */
    public record Received(String method, String target, Map<String, String> headers, String body) {}

    @FunctionalInterface
    public interface Behaviour {
        void answer(Received request, OutputStream out, Socket socket) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Thread accepting;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = json(200, "{}");

    WireJira() {
        this(InetAddress.getLoopbackAddress());
    }

    WireJira(InetAddress address) {
        this(listening(address));
    }

    /** @param server such as one that speaks TLS */
    WireJira(ServerSocket server) {
        this.server = server;
        accepting = SocketServer.accept(server, this::serve);
    }

    private static ServerSocket listening(InetAddress address) {
        try {
            return new ServerSocket(0, 50, address);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code ::1} */
    static InetAddress loopbackOfIpv6() throws IOException {
        byte[] one = new byte[16];
        one[15] = 1;
        return InetAddress.getByAddress(one);
    }

    /** This machine can speak IPv6 to itself. */
    static boolean ipv6() {
        try (ServerSocket probe = new ServerSocket(0, 1, loopbackOfIpv6())) {
            return probe.isBound();
        } catch (IOException none) {
            return false;
        }
    }

    public URI url(String contextPath) {
        return URI.create("http://localhost:" + server.getLocalPort() + contextPath);
    }

    public void behave(Behaviour next) {
        behaviour = next;
    }

    public List<Received> received() {
        return received;
    }

    public static Behaviour json(int status, String body, String... headers) {
        return raw(status, "application/json", body, headers);
    }

    static Behaviour raw(int status, String contentType, String body, String... headers) {
        return (request, out, socket) -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Said\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            if (!contentType.isEmpty()) {
                head.append("Content-Type: ").append(contentType).append("\r\n");
            }
            head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
            out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            out.write(bytes);
            out.flush();
        };
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String line = SocketServer.line(in); !line.isEmpty(); line = SocketServer.line(in)) {
                String[] start = line.split(" ");
                Map<String, String> headers = SocketServer.headers(in);
                byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
                Received request = new Received(start[0], start[1], headers, new String(body, StandardCharsets.UTF_8));
                received.add(request);
                behaviour.answer(request, socket.getOutputStream(), socket);
            }
        } catch (IOException | InterruptedException hungUp) {
            // the client's right
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            // Until this thread has left the kernel, the port still takes connections
            accepting.join();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
