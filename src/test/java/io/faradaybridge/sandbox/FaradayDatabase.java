package io.faradaybridge.sandbox;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The development world's Faraday: a PostgreSQL server with Faraday's tables, roles and permissions, the users and
 * workspaces of {@link SampleFaraday}, and, when asked for, its vulnerabilities. Listens on the loopback address only.
 */
@NullMarked
public final class FaradayDatabase implements AutoCloseable {

    private static final List<String> EMPTY = List.of("schema.sql", "roles.sql", "world.sql", "counters.sql");
    private static final List<String> SAMPLE = List.of("vulnerabilities.sql", "counters.sql");
    private static final String EMPTY_TEMPLATE = "template_empty";
    private static final String SAMPLE_TEMPLATE = "template_sample";
    private static final String WITH_BRIDGE = "_with_bridge";

    private static @Nullable FaradayDatabase shared;

    private final PostgresServer server;
    private final @Nullable Path temporary;
    private final Set<String> templates = new HashSet<>();
    private final AtomicInteger databases = new AtomicInteger();

    private FaradayDatabase(Path directory, int port, boolean keep) {
        this.temporary = keep ? null : directory;
        this.server = new PostgresServer(directory, port);
        server.start();
        AtTheEnd.run(this::close);
    }

    /** A server of its own, on any free port, with everything in it gone when it is closed. */
    public static FaradayDatabase start() {
        return new FaradayDatabase(TemporaryFiles.directory("faraday-sandbox-database"), 0, false);
    }

    /** A server whose databases outlive the process, as {@code mvn spring-boot:test-run} wants it. */
    public static FaradayDatabase start(Path directory, int port) {
        return new FaradayDatabase(directory.toAbsolutePath(), port, true);
    }

    /** The server that the tests of this JVM share; ends with it. Take a database of your own from it. */
    public static synchronized FaradayDatabase shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /** A fresh database with users, workspaces and assets, and no vulnerability. */
    public Instance newDatabase() {
        return create("empty_" + databases.incrementAndGet(), EMPTY_TEMPLATE);
    }

    /** The same with the bridge's own schema, for tests without a bridge. */
    public Instance newBridgeDatabase() {
        return create("empty_" + databases.incrementAndGet(), EMPTY_TEMPLATE + WITH_BRIDGE);
    }

    /** A fresh database with the vulnerabilities of {@link SampleFaraday} too. */
    public Instance newSampleDatabase() {
        return create("sample_" + databases.incrementAndGet(), SAMPLE_TEMPLATE);
    }

    /** The same with the bridge's own schema, which a bridge that starts need not make. */
    public Instance newSampleBridgeDatabase() {
        return create("sample_" + databases.incrementAndGet(), SAMPLE_TEMPLATE + WITH_BRIDGE);
    }

    /** The database of that name as it was left, or a new one with the sample vulnerabilities. */
    public Instance openSampleDatabase(String name) {
        return exists(name) ? Instance.pooled(server, name) : create(name, SAMPLE_TEMPLATE);
    }

    /** A database of its own from scripts in the order of their names in an image of PostgreSQL. */
    public Instance newDatabase(List<Path> scripts) {
        String name = "scripts_" + databases.incrementAndGet();
        execute("postgres", "CREATE DATABASE " + name);
        try {
            for (Path script : scripts) {
                execute(name, Files.readString(script));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Instance.pooled(server, name);
    }

    public int port() {
        return server.port();
    }

    /** Breaks every connection; nobody can connect until {@link #restart()}. */
    public void stop() {
        server.stop();
    }

    /** Back on the same port with the same data; starts the server if it was stopped. */
    public void restart() {
        server.stop();
        server.start();
    }

    @Override
    public void close() {
        server.stop();
        if (temporary != null) {
            TemporaryFiles.deleteSoon(temporary);
        }
    }

    private synchronized Instance create(String name, String template) {
        prepare(template);
        execute("postgres", "CREATE DATABASE \"" + name + "\" TEMPLATE " + template);
        return Instance.pooled(server, name);
    }

    /** Templates are made anew by each process, since an older one's may be of an older schema. */
    private void prepare(String template) {
        if (!templates.add(template)) {
            return;
        }
        execute("postgres", "DROP DATABASE IF EXISTS " + template);
        if (template.endsWith(WITH_BRIDGE)) {
            create(template, template.replace(WITH_BRIDGE, ""));
            Instance faraday = new Instance(server, template);
            new Instance(server, template, DatabaseRole.bridge(faraday).connecting(template)).withBridge();
        } else if (template.equals(EMPTY_TEMPLATE)) {
            execute("postgres", "CREATE DATABASE " + template);
            EMPTY.forEach(script -> execute(template, read(script)));
        } else {
            create(template, EMPTY_TEMPLATE);
            SAMPLE.forEach(script -> execute(template, read(script)));
        }
    }

    private boolean exists(String name) {
        try (Connection connection =
                        new Instance(server, "postgres").dataSource().getConnection();
                var query = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            query.setString(1, name);
            try (ResultSet found = query.executeQuery()) {
                return found.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String database, String sql) {
        execute(new Instance(server, database).dataSource(), sql);
    }

    /** Runs a script of {@code src/test/resources/faraday}. */
    static void run(DataSource database, String script) {
        execute(database, read(script));
    }

    static void execute(DataSource database, String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(String script) {
        try (InputStream file = FaradayDatabase.class.getResourceAsStream("/faraday/" + script)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One database in the server.
     *
     * @param dataSource the same for all who ask, so that their transactions are; keeps its connections, since a new one
     *     costs more than what most tests ask it for
     */
    public record Instance(PostgresServer server, String name, DataSource dataSource) {

        /** One whose connections are never kept: a database with a connection is nobody's template. */
        Instance(PostgresServer server, String name) {
            this(server, name, connecting(server.jdbcUrl(name)));
        }

        static Instance pooled(PostgresServer server, String name) {
            HikariDataSource pool = new HikariDataSource();
            pool.setPoolName(name);
            pool.setDataSource(connecting(server.jdbcUrl(name)));
            pool.setMinimumIdle(0);
            pool.setMaximumPoolSize(10);
            pool.setIdleTimeout(10_000);
            pool.setConnectionTimeout(5_000);
            pool.setInitializationFailTimeout(-1);
            return new Instance(server, name, pool);
        }

        private static DataSource connecting(String url) {
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setUrl(url);
            dataSource.setUser(PostgresServer.USERNAME);
            dataSource.setPassword(PostgresServer.PASSWORD);
            return dataSource;
        }

        public String jdbcUrl() {
            return server.jdbcUrl(name);
        }

        public String username() {
            return PostgresServer.USERNAME;
        }

        public String password() {
            return PostgresServer.PASSWORD;
        }

        public JdbcClient rows() {
            return JdbcClient.create(dataSource);
        }

        /** A backup of it, whose state {@link #restore} brings back. Breaks its connections. */
        public void dump() {
            Instance other = new Instance(server, "postgres");
            FaradayDatabase.execute(
                    other.dataSource(),
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
            FaradayDatabase.execute(
                    other.dataSource(), "CREATE DATABASE \"" + name + "_dump\" TEMPLATE \"" + name + "\"");
        }

        /** Once for each {@link #dump}. Breaks its connections. */
        public void restore() {
            Instance other = new Instance(server, "postgres");
            FaradayDatabase.execute(other.dataSource(), "DROP DATABASE \"" + name + "\" WITH (FORCE)");
            FaradayDatabase.execute(
                    other.dataSource(), "ALTER DATABASE \"" + name + "_dump\" RENAME TO \"" + name + "\"");
        }

        /** The same with the bridge's own schema, as the bridge makes it when it starts. */
        public Instance withBridge() {
            Flyway.configure()
                    .dataSource(dataSource)
                    .schemas("faraday_bridge")
                    .load()
                    .migrate();
            return this;
        }
    }
}
