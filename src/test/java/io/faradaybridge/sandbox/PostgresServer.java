package io.faradaybridge.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL process of its own on a loopback port. It ends with this JVM however that ends: the server's parent is a
 * shell that waits for its standard input to close.
 */
@NullMarked
final class PostgresServer {

    static final String USERNAME = "faraday";
    static final String PASSWORD = "faraday";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final String END_WITH_PARENT = """
            exec 3<&0
            "$@" 3<&- </dev/null &
            server=$!
            { cat <&3 >/dev/null; kill -INT "$server"; } 2>/dev/null &
            wait "$server"
            """;

    private final Path data;
    private final Path log;
    private final int port;
    private final Path binaries;
    private final UnprivilegedUser user;
    private @Nullable Process process;

    /** @param port 0 for any free one, kept over restarts */
    PostgresServer(Path directory, int port) {
        this.data = directory.resolve("data");
        this.log = directory.resolve("postgres.log");
        this.port = port == 0 ? FreePort.next() : port;
        this.binaries = PostgresBinaries.unpack();
        this.user = UnprivilegedUser.find();
    }

    int port() {
        return port;
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    synchronized void start() {
        try {
            if (!Files.exists(data.resolve("PG_VERSION"))) {
                initialise();
            }
            user.own(data);
            process = new ProcessBuilder(user.command(
                            "sh",
                            "-c",
                            END_WITH_PARENT,
                            "postgres",
                            binaries.resolve("bin/postgres").toString(),
                            "-D",
                            data.toString(),
                            "-p",
                            Integer.toString(port),
                            "-c",
                            "listen_addresses=127.0.0.1",
                            "-c",
                            "unix_socket_directories=",
                            "-c",
                            "max_connections=200",
                            // A crash of the machine may lose a development database; a crash of a process may not.
                            "-c",
                            "fsync=off",
                            "-c",
                            "full_page_writes=off"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be started in " + data, e);
        }
        awaitReady(process);
    }

    /** Ends open sessions and stops; what was committed is there after the next {@link #start()}. */
    synchronized void stop() {
        Process running = process;
        if (running == null) {
            return;
        }
        process = null;
        try {
            running.getOutputStream().close();
            if (!running.waitFor(30, TimeUnit.SECONDS)) {
                running.descendants().forEach(ProcessHandle::destroyForcibly);
                running.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void initialise() throws IOException {
        Files.createDirectories(data);
        user.own(data);
        Path password = Files.createTempFile(data.toAbsolutePath().getParent(), "password", null);
        try {
            Files.writeString(password, PASSWORD);
            user.own(password);
            Process initdb = new ProcessBuilder(user.command(
                            binaries.resolve("bin/initdb").toString(),
                            "--pgdata=" + data,
                            "--username=" + USERNAME,
                            "--pwfile=" + password,
                            // Each connection of each pool signs in: SCRAM's 4096 rounds were a quarter of a bridge's
                            // start.
                            "--auth=md5",
                            "--encoding=UTF8",
                            "--no-locale",
                            "--no-sync"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (initdb.waitFor() != 0) {
                throw new IllegalStateException("initdb failed in " + data
                        + "; as root the directory must be one that others may enter:\n" + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Files.delete(password);
        }
    }

    private void awaitReady(Process started) {
        Instant deadline = Instant.now().plus(START_TIMEOUT);
        while (true) {
            try (Connection ready = DriverManager.getConnection(jdbcUrl("postgres"), USERNAME, PASSWORD)) {
                requireOurs(ready);
                return;
            } catch (SQLException e) {
                if (!started.isAlive() || Instant.now().isAfter(deadline)) {
                    stop();
                    throw new IllegalStateException("PostgreSQL did not start on port " + port + ":\n" + logTail(), e);
                }
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while PostgreSQL was starting", e);
            }
        }
    }

    /** On a port given by hand another server may have been first. */
    private void requireOurs(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet directory = statement.executeQuery("SHOW data_directory")) {
            directory.next();
            if (!Path.of(directory.getString(1)).equals(data)) {
                stop();
                throw new IllegalStateException("Port " + port + " is taken by the PostgreSQL server of "
                        + directory.getString(1) + "; end that one, or choose another port");
            }
        }
    }

    private String logTail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "(no log at " + log + ")";
        }
    }

    /** PostgreSQL refuses to run as root, as which containers and build agents often run: somebody lesser must run it. */
    private record UnprivilegedUser(List<String> prefix, boolean ownsFiles) {

        private static final String NOBODY = "65534";

        /**
         * The first that works here. In a new user namespace the process still owns our files; where the container
         * forbids that, nobody runs the server and gets the files.
         */
        static UnprivilegedUser find() {
            List<UnprivilegedUser> candidates = List.of(
                    new UnprivilegedUser(List.of(), true),
                    new UnprivilegedUser(List.of("unshare", "-U"), true),
                    new UnprivilegedUser(
                            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"), false),
                    new UnprivilegedUser(List.of("su", "-s", "/bin/sh", "nobody", "-c"), false));
            return candidates.stream()
                    .filter(UnprivilegedUser::works)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("PostgreSQL does not run as root, and neither unshare,"
                            + " setpriv nor su could start a process as somebody else; run this as another user"));
        }

        List<String> command(String... command) {
            List<String> whole = new ArrayList<>(prefix);
            if (prefix.contains("su")) {
                // su takes one text for the shell; what follows it means something else on each system.
                whole.add(Stream.of(command)
                        .map(word -> "'" + word.replace("'", "'\\''") + "'")
                        .collect(Collectors.joining(" ", "exec ", "")));
            } else {
                whole.addAll(List.of(command));
            }
            return whole;
        }

        void own(Path path) throws IOException {
            if (ownsFiles) {
                return;
            }
            try (var files = Files.walk(path)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.setAttribute(file, "unix:uid", Integer.parseInt(NOBODY));
                }
            }
        }

        private boolean works() {
            try {
                Process id = new ProcessBuilder(command("id", "-u"))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                String uid = new String(id.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return id.waitFor() == 0 && !uid.isBlank() && !uid.strip().equals("0");
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
