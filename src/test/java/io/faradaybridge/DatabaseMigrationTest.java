package io.faradaybridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.faraday.FaradayAccess;
import io.faradaybridge.sandbox.DatabaseRole;
import io.faradaybridge.sandbox.FaradayDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the bridge finds out about its database before it creates anything there. */
class DatabaseMigrationTest {

    private @Nullable DatabaseMigration migration;

    @AfterEach
    void stop() {
        if (migration != null) {
            migration.stop();
        }
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

    /** Grants as they are stored, each as it would be written after GRANT or REVOKE, without the role. */
    private static final String GRANTED = """
        SELECT a.privilege_type || ' ON ' || CASE c.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE '' END || c.oid::regclass
          FROM pg_class c, aclexplode(c.relacl) a WHERE a.grantee = :role::regrole
        UNION ALL
        SELECT format('%s (%I) ON %s', a.privilege_type, t.attname, t.attrelid::regclass)
          FROM pg_attribute t, aclexplode(t.attacl) a WHERE a.grantee = :role::regrole
        UNION ALL
        SELECT a.privilege_type || ' ON SCHEMA ' || n.nspname
          FROM pg_namespace n, aclexplode(n.nspacl) a WHERE a.grantee = :role::regrole""";

    @Test
    void each_right_that_the_script_grants_is_missed() {
        FaradayDatabase.Instance faraday = FaradayDatabase.shared().newDatabase();
        DatabaseRole role = DatabaseRole.create(faraday).grant();
        FaradayAccess access = new FaradayAccess(JdbcClient.create(role.connecting(faraday.name())));
        assertThat(access.problem("faraday_bridge")).isEmpty();

        List<String> granted = faraday.rows()
                .sql(GRANTED)
                .param("role", role.name())
                .query(String.class)
                .list();

        assertThat(granted)
                .hasSizeGreaterThan(60)
                .contains("SELECT ON comment", "USAGE ON SCHEMA faraday_bridge")
                .allSatisfy(right -> {
                    faraday.rows()
                            .sql("REVOKE " + right + " FROM " + role.name())
                            .update();
                    assertThat(access.problem("faraday_bridge").orElse(""))
                            .as("without %s", right)
                            .contains(right.split(" ", 2)[0]);
                    faraday.rows().sql("GRANT " + right + " TO " + role.name()).update();
                });
    }

    @Test
    void what_an_older_script_granted_of_the_accounts_secrets_is_taken_back_as_the_page_says() {
        FaradayDatabase.Instance faraday = FaradayDatabase.shared().newDatabase();
        DatabaseRole role = DatabaseRole.create(faraday);
        faraday.rows().sql("GRANT SELECT ON faraday_user TO " + role.name()).update();

        role.grant();
        assertThat(JdbcClient.create(role.connecting(faraday.name()))
                        .sql("SELECT * FROM faraday_user")
                        .query()
                        .listOfRows())
                .as("what processes of 0.1.0 read, as long as there are some")
                .isNotEmpty();
        faraday.rows().sql("REVOKE SELECT ON faraday_user FROM " + role.name()).update();
        role.grant();

        JdbcClient rows = JdbcClient.create(role.connecting(faraday.name()));
        assertThat(rows.sql("SELECT password FROM faraday_user WHERE username = 'faraday'")
                        .query(String.class)
                        .single())
                .startsWith("$2");
        assertThat(List.of("otp_secret", "session_id", "email", "*"))
                .allSatisfy(column -> assertThatThrownBy(() -> rows.sql("SELECT " + column + " FROM faraday_user")
                                .query()
                                .listOfRows())
                        .rootCause()
                        .hasMessageContaining("permission denied for table faraday_user"));
    }

    @Test
    void an_owner_who_is_no_superuser_grants_too() {
        FaradayDatabase.Instance faraday = FaradayDatabase.shared().newDatabase();
        DatabaseRole owner = DatabaseRole.plainOwner(faraday);
        DatabaseRole role = DatabaseRole.create(faraday).grant(owner.connecting(faraday.name()));

        start(role.connecting(faraday.name()));

        assertThat(migration.problem()).isEmpty();
        role.grant(owner.connecting(faraday.name())); // repeated, with the bridge's tables there
        assertThat(new FaradayAccess(JdbcClient.create(role.connecting(faraday.name()))).problem("faraday_bridge"))
                .isEmpty();
    }

    @Test
    void a_schema_that_a_restore_gave_to_faradays_owner_becomes_the_roles() {
        FaradayDatabase.Instance faraday = FaradayDatabase.shared().newDatabase();
        DatabaseRole owner = DatabaseRole.plainOwner(faraday);
        DataSource asOwner = owner.connecting(faraday.name());
        migrate(asOwner, "classpath:db/migration");
        DatabaseRole role = DatabaseRole.create(faraday);

        assertThatThrownBy(() -> role.grant(asOwner))
                .rootCause()
                .hasMessageContaining("belong to another role than " + role.name())
                .hasMessageContaining("GRANT " + role.name() + " TO " + owner.name());
        start(role.connecting(faraday.name()));
        assertThat(migration.problem().orElseThrow())
                .contains("CREATE and USAGE on the schema faraday_bridge", "ownership of ", "superuser");

        faraday.rows().sql("GRANT " + role.name() + " TO " + owner.name()).update(); // as the error says
        role.grant(asOwner);

        await().until(migration::done);
        assertThat(migration.problem()).isEmpty();
        assertThat(faraday.rows().sql("""
                    SELECT DISTINCT pg_get_userbyid(owner) FROM (
                        SELECT relowner FROM pg_class WHERE relnamespace = 'faraday_bridge'::regnamespace
                        UNION SELECT proowner FROM pg_proc WHERE pronamespace = 'faraday_bridge'::regnamespace) AS t (owner)""").query(String.class).list()).containsExactly(role.name());
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
        migrate(faraday.dataSource(), "filesystem:" + folder);

        start(faraday.dataSource());

        assertThat(migration.done()).isTrue();
        assertThat(faraday.rows()
                        .sql("SELECT count(*) FROM faraday_bridge.replaced_file")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private static void migrate(DataSource database, String migrations) {
        Flyway.configure()
                .dataSource(database)
                .schemas("faraday_bridge")
                .locations(migrations)
                .load()
                .migrate();
    }
}
