package io.faradaybridge.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.NullMarked;
import org.postgresql.ds.PGSimpleDataSource;

/** Whom the bridge is to PostgreSQL. Its password is its name. */
@NullMarked
public record DatabaseRole(FaradayDatabase.Instance faraday, String name) {

    /** The one that made Faraday's tables. */
    public static DatabaseRole owner(FaradayDatabase.Instance faraday) {
        return new DatabaseRole(faraday, faraday.username());
    }

    /** The one that all worlds' bridges are: what the shipped script does not grant turns their tests red. */
    static DatabaseRole bridge(FaradayDatabase.Instance faraday) {
        FaradayDatabase.execute(faraday.dataSource(), """
                DO $$ BEGIN
                    CREATE ROLE faraday_bridge LOGIN PASSWORD 'faraday_bridge';
                EXCEPTION WHEN duplicate_object THEN NULL;
                END $$""");
        return new DatabaseRole(faraday, "faraday_bridge").grant();
    }

    /** A new one that may connect, and nothing else. */
    public static DatabaseRole create(FaradayDatabase.Instance faraday) {
        DatabaseRole role = unknown(faraday);
        faraday.rows()
                .sql("CREATE ROLE " + role.name() + " LOGIN PASSWORD '" + role.name() + "'")
                .update();
        return role;
    }

    /** One that PostgreSQL does not know. */
    public static DatabaseRole unknown(FaradayDatabase.Instance faraday) {
        return new DatabaseRole(
                faraday,
                "bridge_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12));
    }

    /** What the shipped script grants. */
    public DatabaseRole grant() {
        try (InputStream script = DatabaseRole.class.getResourceAsStream("/db/grants.sql")) {
            FaradayDatabase.execute(
                    faraday.dataSource(),
                    new String(script.readAllBytes(), StandardCharsets.UTF_8).replace(":'role'", "'" + name + "'"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public DataSource connecting(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(faraday.jdbcUrl().replaceFirst("/[^/]+$", "/" + database));
        source.setUser(name);
        source.setPassword(name);
        return source;
    }
}
