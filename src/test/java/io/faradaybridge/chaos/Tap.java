package io.faradaybridge.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Stands between the bridge and the broker, and can stop what the bridge says from arriving: acknowledgements, for one. */
final class Tap implements AutoCloseable {

    private final ServerSocket listening;
    private final int brokerPort;
    private volatile boolean silent;

    Tap(int brokerPort) {
        this.brokerPort = brokerPort;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** From now on what the bridge says goes nowhere; what the broker says still arrives. */
    void silence() {
        silent = true;
    }

    void listenAgain() {
        silent = false;
    }

    private void accept() throws IOException {
        while (true) {
            Socket bridge = listening.accept();
            Socket broker;
            try {
                broker = new Socket("localhost", brokerPort);
            } catch (IOException notThere) {
                bridge.close();
                continue;
            }
            run(() -> copy(bridge, broker, true));
            run(() -> copy(broker, bridge, false));
        }
    }

    private void copy(Socket from, Socket to, boolean mayBeSilenced) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[8192];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (!(mayBeSilenced && silent)) {
                    out.write(bytes, 0, read);
                }
            }
        }
    }

    private interface Copying {
        void run() throws IOException;
    }

    private static void run(Copying task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException over) {
                        // one side went away
                    }
                },
                "tap");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
