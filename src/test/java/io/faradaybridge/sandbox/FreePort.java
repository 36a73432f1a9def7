package io.faradaybridge.sandbox;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port for a server that is started, stopped and started again. It is below those that systems give to connections, so
 * that nobody gets it while its server is away, and each process of the tests begins somewhere else.
 */
public final class FreePort {

    private static final int FIRST = 10_000;
    private static final int COUNT = 22_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 997 % COUNT));

    private FreePort() {}

    /** No two calls of this process get the same. */
    public static int next() {
        while (true) {
            int port = FIRST + NEXT.getAndIncrement() % COUNT;
            try (ServerSocket free = new ServerSocket(port)) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // the next one, then
            }
        }
    }
}
