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

    /** A new one that owns the database and Faraday's tables, as in a hosted PostgreSQL, and is no superuser. */
    public static DatabaseRole plainOwner(FaradayDatabase.Instance faraday) {
        DatabaseRole role = create(faraday);
        FaradayDatabase.execute(faraday.dataSource(), """
                DO $$ DECLARE name text; BEGIN
                    FOR name IN SELECT c.oid::regclass FROM pg_class c
                                 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v') LOOP
                        EXECUTE 'ALTER TABLE ' || name || ' OWNER TO %1$s';
                    END LOOP;
                END $$;
                ALTER DATABASE "%2$s" OWNER TO %1$s""".formatted(role.name(), faraday.name()));
        return role;
    }

    /** What the shipped script grants, run by a superuser. */
    public DatabaseRole grant() {
        return grant(faraday.dataSource());
    }

    /** The same, run by whom this is connected as. */
    public DatabaseRole grant(DataSource by) {
        try (InputStream script = DatabaseRole.class.getResourceAsStream("/db/grants.sql")) {
            FaradayDatabase.execute(
                    by,
                    new String(script.readAllBytes(), StandardCharsets.UTF_8)
                            .replaceAll("(?m)^\\\\.*$", "") // psql's own
                            .replace(":'role'", "'" + name + "'"));
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
