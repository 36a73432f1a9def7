package io.faradaybridge.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Speaks HTTP byte by byte, since a decent client would not send what a hostile one does. */
final class RawHttp {

    /** The connection ended without an answer. */
    static final int CUT = 0;
    /** Nothing came, and the connection stayed open. */
    static final int HUNG = -1;

    private static final int PATIENCE_MILLIS = 60_000;

    private RawHttp() {}

    /** The status of the answer. All is sent, then the connection is closed for writing. */
    static int send(int port, byte[] request) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
            } catch (IOException alreadyRefused) {
                // the server has heard enough; its answer may be there
            }
            InputStream in = socket.getInputStream();
            byte[] part = new byte[4096];
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                answer.write(part, 0, read);
            }
        } catch (SocketTimeoutException e) {
            return answer.size() == 0 ? HUNG : status(answer);
        } catch (IOException reset) {
            return status(answer);
        }
        return status(answer);
    }

    private static int status(ByteArrayOutputStream answer) {
        String[] line = answer.toString(ISO_8859_1).split("[ \r]", 3);
        return line.length < 2 ? CUT : Integer.parseInt(line[1]);
    }
}
