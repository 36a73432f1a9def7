package io.faradaybridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.faraday.FaradayAccess;
import io.faradaybridge.sandbox.DatabaseRole;
import io.faradaybridge.sandbox.FaradayDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the bridge finds out about its database before it creates anything there. */
class DatabaseMigrationTest {

    private DatabaseMigration migration;

    @AfterEach
    void stop() {
        migration.stop();
    }

    private DatabaseMigration start(DataSource database) {
        JdbcClient jdbc = JdbcClient.create(database);
        migration = new DatabaseMigration(database, new FaradayAccess(jdbc), new ConnectionLimit(jdbc, 5));
        migration.start();
        return migration;
    }

    @Test
    void a_database_that_is_not_faradays_is_reported_and_nothing_is_created_in_it() {
        FaradayDatabase.Instance server = FaradayDatabase.shared().newDatabase();
        String name = "shop_" + UUID.randomUUID().toString().substring(0, 8);
        server.rows().sql("CREATE DATABASE " + name).update();
        DataSource shop = DatabaseRole.owner(server).connecting(name);

        start(shop);

        assertThat(migration.done()).isFalse();
        assertThat(migration.problem().orElseThrow())
                .contains("'" + name + "' is not Faraday's", "vulnerability", "bridge.database.url");
        assertThat(JdbcClient.create(shop)
                        .sql("SELECT count(*) FROM pg_namespace WHERE nspname = 'faraday_bridge'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void rights_that_are_missing_are_named_and_once_they_are_granted_it_goes_on() {
        FaradayDatabase.Instance faraday = FaradayDatabase.shared().newDatabase();
        DatabaseRole role = DatabaseRole.create(faraday);

        start(role.connecting(faraday.name()));

        assertThat(migration.done()).isFalse();
        assertThat(migration.problem().orElseThrow())
                .contains(
                        "the role '" + role.name() + "' lacks rights",
                        "SELECT on vulnerability",
                        "UPDATE on vulnerability (status)",
                        "INSERT on severities_histogram",
                        "CREATE on the database",
                        "grants.sql");

        role.grant();
        await().until(migration::done);
        assertThat(migration.problem()).isEmpty();
    }

    @Test
    void a_single_right_taken_away_later_is_named() {
        FaradayDatabase.Instance faraday = FaradayDatabase.shared().newDatabase();
        DatabaseRole role = DatabaseRole.create(faraday).grant();
        start(role.connecting(faraday.name()));
        assertThat(migration.done()).isTrue();

        faraday.rows().sql("REVOKE UPDATE ON configuration FROM " + role.name()).update();

        assertThat(migration.problem().orElseThrow())
                .contains("UPDATE on configuration")
                .doesNotContain("SELECT");
    }

    @Test
    void a_role_that_is_refused_is_no_outage() {
        FaradayDatabase.Instance faraday = FaradayDatabase.shared().newDatabase();

        start(DatabaseRole.unknown(faraday).connecting(faraday.name()));

        assertThat(migration.problem().orElseThrow()).contains("refuses the bridge's role", "bridge.database.username");
    }

    @Test
    void a_pool_larger_than_postgresqls_free_connections_is_reported() {
        FaradayDatabase.Instance faraday = FaradayDatabase.shared().newDatabase();
        start(faraday.dataSource());

        assertThat(new ConnectionLimit(faraday.rows(), 5).warning()).isEmpty();
        assertThat(new ConnectionLimit(faraday.rows(), 500).warning().orElseThrow())
                .contains("bridge.database.pool-size is 500", "max_connections 200");
    }

    @Test
    void a_database_that_a_build_between_two_releases_migrated_gets_what_it_lacks(@TempDir Path folder)
            throws IOException {
        FaradayDatabase.Instance faraday = FaradayDatabase.shared().newDatabase();
        try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/db/migration"))) {
            for (Path migration : migrations
                    .filter(file -> !file.getFileName().toString().startsWith("V30__"))
                    .toList()) {
                Files.copy(migration, folder.resolve(migration.getFileName()));
            }
        }
        Flyway.configure()
                .dataSource(faraday.dataSource())
                .schemas("faraday_bridge")
                .locations("filesystem:" + folder)
                .load()
                .migrate();

        start(faraday.dataSource());

        assertThat(migration.done()).isTrue();
        assertThat(faraday.rows()
                        .sql("SELECT count(*) FROM faraday_bridge.replaced_file")
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
