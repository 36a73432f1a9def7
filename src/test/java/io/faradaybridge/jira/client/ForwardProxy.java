package io.faradaybridge.jira.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small proxy that leads out: tunnels by CONNECT, for who signs in. Every tunnel ends at one place, as a name only it knows. */
final class ForwardProxy implements AutoCloseable {

    private final ServerSocket server;
    private final String credentials;
    private final int target;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** @param target port on this machine to which everything is led */
    ForwardProxy(String user, String password, int target) {
        this.credentials =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        this.target = target;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        SocketServer.accept(server, this::serve);
    }

    String url() {
        return "http://localhost:" + server.getLocalPort();
    }

    /** The request lines of who was let through. */
    List<String> asked() {
        return asked;
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            for (String line = SocketServer.line(in); !line.isEmpty(); line = SocketServer.line(in)) {
                Map<String, String> headers = SocketServer.headers(in);
                if (!credentials.equals(headers.get("Proxy-Authorization"))) {
                    write(
                            out,
                            "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"out\"\r\nContent-Length: 0\r\n\r\n");
                    continue;
                }
                asked.add(line);
                write(out, "HTTP/1.1 200 Through\r\n\r\n");
                try (Socket jira = new Socket(InetAddress.getLoopbackAddress(), target)) {
                    SocketServer.daemon(() -> copy(jira, client));
                    in.transferTo(jira.getOutputStream());
                }
                return;
            }
        } catch (IOException hungUp) {
            // the client's right
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException hungUp) {
            // the other side's right
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
