package io.faradaybridge.sandbox;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullMarked;

/** A PgBouncer with transaction pooling and otherwise as it comes, before a database; where the machine has one. */
@NullMarked
public final class PgBouncer implements AutoCloseable {

    private final Path directory = TemporaryFiles.directory("pgbouncer");
    private final int port;
    private final Process process;

    private PgBouncer(String program, DatabaseRole role) {
        try {
            port = FreePort.next();
            Path settings = directory.resolve("pgbouncer.ini");
            Path users = directory.resolve("users.txt");
            Files.writeString(users, "\"" + role.name() + "\" \"" + role.name() + "\"\n");
            Files.writeString(
                    settings,
                    """
                    [databases]
                    * = host=127.0.0.1 port=%d
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = plain
                    auth_file = %s
                    pool_mode = transaction
                    default_pool_size = 4
                    """.formatted(
                                            URI.create(role.faraday().jdbcUrl().substring("jdbc:".length()))
                                                    .getPort(),
                                            port,
                                            users)
                            + (System.getProperty("user.name").equals("root") ? "user = nobody\n" : ""));
            settings.toFile().setReadable(true, false);
            users.toFile().setReadable(true, false);
            process = new ProcessBuilder(program, settings.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("PgBouncer to listen, see " + directory)
                .ignoreExceptions()
                .until(() -> {
                    new Socket(InetAddress.getLoopbackAddress(), port).close();
                    return true;
                });
    }

    /** Empty where PgBouncer is not installed. */
    public static Optional<PgBouncer> before(DatabaseRole role) {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
                        List.of("/usr/sbin", "/usr/local/sbin").stream())
                .map(folder -> Path.of(folder, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new PgBouncer(program.toString(), role));
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        TemporaryFiles.delete(directory);
    }
}
