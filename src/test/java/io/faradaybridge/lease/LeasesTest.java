package io.faradaybridge.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.FaradayDatabase;
import java.time.Duration;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Work that one replica does at a time, also while replicas of the version before are still there. */
class LeasesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String OLD = "00000000-0000-0000-0000-000000000001";
    private static final String OTHER = "00000000-0000-0000-0000-000000000002";

    private JdbcClient rows;
    private Leases leases;

    @BeforeEach
    void open() {
        rows = FaradayDatabase.shared().newBridgeDatabase().rows();
        leases = new Leases(rows);
    }

    private void timePasses() {
        rows.sql("UPDATE faraday_bridge.lease SET held_until = held_until - interval '10 minutes'")
                .update();
    }

    @Test
    void one_has_it_until_it_is_released() {
        assertThat(leases.take("sweep", "a", "", MINUTE)).isTrue();
        assertThat(leases.take("sweep", "b", "", MINUTE)).isFalse();
        assertThat(leases.take("adoption", "b", "", MINUTE)).as("other work").isTrue();

        assertThat(leases.release("sweep", "a")).isTrue();

        assertThat(leases.find("sweep")).isEmpty();
        assertThat(leases.take("sweep", "b", "", MINUTE)).isTrue();
    }

    @Test
    void or_until_its_time_is_over() {
        leases.take("sweep", "a", "", MINUTE);
        timePasses();
        assertThat(leases.find("sweep")).get().satisfies(lease -> assertThat(lease.held())
                .isFalse());

        assertThat(leases.take("sweep", "b", "", MINUTE)).isTrue();

        assertThat(leases.release("sweep", "a")).as("of one that lost it").isFalse();
        assertThat(leases.find("sweep")).get().satisfies(lease -> assertThat(lease.held())
                .isTrue());
    }

    @Test
    void its_holder_renews_it() {
        leases.take("sweep", "a", "", Duration.ofSeconds(1));

        assertThat(leases.take("sweep", "a", "", MINUTE)).isTrue();

        assertThat(leases.find("sweep").orElseThrow().left()).isBetween(Duration.ofSeconds(30), MINUTE);
    }

    @Test
    void whoever_finds_it_taken_reads_who_has_it() {
        leases.take("embedded-broker", "a", "on host-a", MINUTE);

        assertThat(leases.find("embedded-broker")).get().satisfies(lease -> {
            assertThat(lease.holder()).isEqualTo("a");
            assertThat(lease.place()).isEqualTo("on host-a");
        });
    }

    /** The statements of the version before the table was there, word for word. */
    static Stream<Arguments> ofTheVersionBefore() {
        return Stream.of(
                Arguments.of(
                        "sweep",
                        """
                        INSERT INTO faraday_bridge.runtime_state AS s (name, value)
                        VALUES ('sweep', jsonb_build_object('by', :replica::text,
                                                            'until', extract(epoch FROM clock_timestamp()) + 120))
                        ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now()
                         WHERE (s.value ->> 'until')::float8 < extract(epoch FROM clock_timestamp())
                            OR s.value ->> 'by' = :replica""",
                        "DELETE FROM faraday_bridge.runtime_state WHERE name = 'sweep' AND value ->> 'by' = :replica"),
                Arguments.of("adoption", """
                        INSERT INTO faraday_bridge.runtime_state AS s (name, value)
                        VALUES ('adoption', jsonb_build_object('by', :replica::text,
                                                               'until', clock_timestamp() + 120 * interval '1 second'))
                        ON CONFLICT (name) DO UPDATE SET value = s.value || excluded.value, updated_at = now()
                         WHERE (s.value ->> 'until')::timestamptz < clock_timestamp() OR s.value ->> 'by' = :replica""", """
                        UPDATE faraday_bridge.runtime_state
                           SET value = value || jsonb_build_object('until', clock_timestamp(), 'problem', NULL)
                         WHERE name = 'adoption' AND value ->> 'by' = :replica"""),
                Arguments.of(
                        "embedded-broker",
                        """
                        INSERT INTO faraday_bridge.runtime_state AS s (name, value)
                        VALUES ('embedded-broker', jsonb_build_object('holder', :replica::text, 'host', 'host-a',
                                'folder', '/var/lib/bridge', 'until',
                                clock_timestamp() + 20000 * interval '1 millisecond'))
                        ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now()
                         WHERE s.value ->> 'holder' = :replica
                            OR (s.value ->> 'until')::timestamptz < clock_timestamp()""",
                        "DELETE FROM faraday_bridge.runtime_state WHERE name = 'embedded-broker'"
                                + " AND value ->> 'holder' = :replica"),
                Arguments.of(
                        "token-renewal",
                        """
                        UPDATE faraday_bridge.token_renewal
                           SET holder = :replica::uuid, held_until = now() + interval '150 seconds'
                         WHERE held_until IS NULL OR held_until < now()""",
                        "UPDATE faraday_bridge.token_renewal SET held_until = NULL, sent_for = NULL"
                                + " WHERE holder = :replica::uuid"));
    }

    private int says(String replica, String statement) {
        return rows.sql(statement).param("replica", replica).update();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofTheVersionBefore")
    void what_a_replica_of_the_version_before_has_in_hand_no_other_does(String work, String take, String release) {
        assertThat(says(OLD, take)).isEqualTo(1);
        assertThat(leases.take(work, "new", "", MINUTE)).isFalse();
        assertThat(says(OTHER, take)).isZero();

        says(OLD, release);

        assertThat(leases.take(work, "new", "", MINUTE)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofTheVersionBefore")
    void what_another_has_in_hand_a_replica_of_the_version_before_leaves_alone(
            String work, String take, String release) {
        says(OLD, take);
        says(OLD, release);
        leases.take(work, "new", "", MINUTE);

        assertThat(says(OLD, take)).isZero();

        leases.release(work, "new");
        assertThat(says(OLD, take)).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofTheVersionBefore")
    void one_of_the_version_before_that_was_killed_is_followed_by_another_after_its_time(
            String work, String take, String release) {
        says(OLD, take);
        timePasses();

        assertThat(leases.take(work, "new", "", MINUTE)).isTrue();

        assertThat(says(OLD, release)).isBetween(0, 1);
        assertThat(leases.find(work).orElseThrow().holder()).isEqualTo("new");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofTheVersionBefore")
    void what_is_in_hand_when_the_database_is_migrated_stays_so(String work, String take, String release) {
        FaradayDatabase.Instance database = FaradayDatabase.shared().newDatabase();
        rows = database.rows();
        migrate(database, "19");
        says(OLD, take);

        migrate(database, "latest");

        assertThat(new Leases(rows).take(work, "new", "", MINUTE)).isFalse();
    }

    private static void migrate(FaradayDatabase.Instance database, String version) {
        Flyway.configure()
                .dataSource(database.dataSource())
                .schemas("faraday_bridge")
                .target(version)
                .load()
                .migrate();
    }

    @Test
    void the_folder_of_a_broker_of_the_previous_version_is_named() {
        says(OLD, (String) ofTheVersionBefore().toList().get(2).get()[1]);

        assertThat(leases.find("embedded-broker").orElseThrow().place()).isEqualTo("on host-a, in /var/lib/bridge");
    }
}
