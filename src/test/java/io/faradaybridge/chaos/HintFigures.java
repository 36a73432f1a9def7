package io.faradaybridge.chaos;

import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.FreePort;
import io.faradaybridge.sandbox.SampleFaraday;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The webhooks of a bridge beside those of a controller written by hand, in turns, so that the machine is the same for
 * both. They say what the bridge has just done itself, so that each is one hint on a row and no further work.
 */
final class HintFigures {

    private static final int HINTS = Integer.getInteger("figures.hints", 20_000);
    private static final int TURNS = 10;

    private final BridgeProcess bridge;
    private final FaradayDatabase.Instance database;
    private final List<String> options;
    private final Path folder;

    /**
     * @param bridge a bridge with links, at rest
     * @param options of the JVM of the controller
     */
    HintFigures(BridgeProcess bridge, FaradayDatabase.Instance database, List<String> options, Path folder) {
        this.bridge = bridge;
        this.database = database;
        this.options = options;
        this.folder = folder;
    }

    void measure(FiguresOfOne.Report report) {
        database.rows().sql("""
                    UPDATE faraday_bridge.issue_link
                       SET driving_from = faraday_status, driving_to_id = '', driving_to_name = 'To Do',
                           driving_since = now(), lease_token = gen_random_uuid(), lease_until = now() + interval '1 hour'
                     WHERE ended_at IS NULL""").update();
        // as autovacuum does it within a minute; until then each webhook reads all links, whoever takes it
        database.rows().sql("ANALYZE faraday_bridge.issue_link").update();
        int port = FreePort.next();
        Process plain = handWritten(port);
        try {
            FiguresOfOne.await(() -> listens(port));
            Side bridges = new Side("the bridge", bridge.port(), bridge.pid());
            Side controllers = new Side("hand-written controller", port, plain.pid());
            bridges.send(HINTS); // both get warm
            controllers.send(HINTS);
            for (int turn = 0; turn < TURNS; turn++) {
                bridges.take(HINTS / TURNS);
                controllers.take(HINTS / TURNS);
            }
            report.is("hints a second, bridge / hand-written", bridges.report(report) / controllers.report(report));
        } finally {
            plain.destroyForcibly().onExit().join();
        }
    }

    /** One of the two that take webhooks. */
    private final class Side {

        private final String name;
        private final int port;
        private final long pid;
        private final List<String> keys = database.rows()
                .sql("SELECT issue_key FROM faraday_bridge.issue_link WHERE ended_at IS NULL")
                .query(String.class)
                .list();
        private int taken;
        private double seconds;
        private double cpuSeconds;

        Side(String name, int port, long pid) {
            this.name = name;
            this.port = port;
            this.pid = pid;
        }

        void send(int count) {
            HintSenders.send(port, SampleFaraday.TOKEN_OF_ADMIN, keys, "To Do", count);
        }

        void take(int count) {
            double cpu = ProcessFigures.cpuSeconds(pid);
            long before = echoes();
            long begun = System.nanoTime();
            send(count);
            seconds += FiguresOfOne.secondsSince(begun);
            cpuSeconds += ProcessFigures.cpuSeconds(pid) - cpu;
            taken += count;
            if (echoes() - before != count) {
                throw new IllegalStateException("Not every webhook left its hint on a row of " + name);
            }
        }

        /** Hints a second. */
        double report(FiguresOfOne.Report report) {
            report.is("hints a second, " + name, taken / seconds);
            report.is("ms of the processor of a hint on a row, " + name, cpuSeconds * 1000 / taken);
            return taken / seconds;
        }
    }

    private long echoes() {
        return database.rows()
                .sql("SELECT sum(echo_hints) FROM faraday_bridge.issue_link")
                .query(Long.class)
                .single();
    }

    private Process handWritten(int port) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                HandWritten.class.getName(),
                "--server.port=" + port,
                "--bridge.database.url=" + database.jdbcUrl(),
                "--bridge.database.username=" + database.username(),
                "--bridge.database.password=" + database.password()));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("hand-written.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
