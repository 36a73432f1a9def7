package io.faradaybridge.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.TreeMap;

/** STOMP 1.2 frame by frame over a socket, as a few lines of Python would speak it. */
public final class Stomp implements AutoCloseable {

    private final Socket socket;

    public Stomp(int port, String user, String password) throws IOException {
        this(port, user, password, Map.of());
    }

    /** @param further headers of CONNECT, such as {@code client-id} */
    public Stomp(int port, String user, String password, Map<String, String> further) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(90_000);
        Map<String, String> headers = new TreeMap<>(further);
        headers.putAll(Map.of("accept-version", "1.2", "host", "localhost", "login", user, "passcode", password));
        String answer = exchange("CONNECT", headers, new byte[0]);
        if (!answer.startsWith("CONNECTED")) {
            throw new IOException(answer);
        }
    }

    /** Sends without content-length, so the broker takes the body as text. */
    public String sendText(String queue, String body) throws IOException {
        return send(queue, body, Map.of());
    }

    /** Sends with content-length, so the broker takes the body as bytes. */
    public String sendBytes(String queue, byte[] body) throws IOException {
        return exchange(
                "SEND",
                Map.of("destination", queue, "receipt", "1", "content-length", Integer.toString(body.length)),
                body);
    }

    /** The broker's answer: a RECEIPT, or an ERROR. */
    public String send(String queue, String body, Map<String, String> headers) throws IOException {
        Map<String, String> all = new TreeMap<>(headers);
        all.put("destination", queue);
        all.put("receipt", "1");
        return exchange("SEND", all, body.getBytes(UTF_8));
    }

    /** @return the answer to its receipt */
    public String subscribe(String destination) throws IOException {
        return exchange(
                "SUBSCRIBE", Map.of("destination", destination, "id", "1", "receipt", "subscribed"), new byte[0]);
    }

    public String exchange(String command, Map<String, String> headers, byte[] body) throws IOException {
        StringBuilder head = new StringBuilder(command).append('\n');
        headers.forEach(
                (name, value) -> head.append(name).append(':').append(value).append('\n'));
        OutputStream out = socket.getOutputStream();
        out.write(head.append('\n').toString().getBytes(UTF_8));
        out.write(body);
        out.write(0);
        out.flush();
        return receive();
    }

    /** The next frame of the broker, such as a MESSAGE of a subscription. */
    public String receive() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        for (int read = in.read(); read != 0; read = in.read()) {
            if (read < 0) {
                throw new IOException("the broker closed the connection after: " + answer.toString(UTF_8));
            }
            answer.write(read);
        }
        return answer.toString(UTF_8).stripLeading();
    }

    @Override
    public void close() throws IOException {
        socket.getOutputStream().write("DISCONNECT\n\n\0".getBytes(UTF_8));
        socket.close();
    }
}
