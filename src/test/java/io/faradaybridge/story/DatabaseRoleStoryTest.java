package io.faradaybridge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.DatabaseRole;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.PgBouncer;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The bridge as a role that may do in Faraday's database what the shipped script grants, and nothing else. */
@Tag("long")
@ExtendWith(OutputCaptureExtension.class)
class DatabaseRoleStoryTest {

    private static final List<String> NOT_GRANTED = List.of(
            "DELETE FROM vulnerability",
            "UPDATE vulnerability SET name = 'x'",
            "INSERT INTO vulnerability (name) VALUES ('x')",
            "UPDATE vulnerability_status_history SET user_id = 1",
            "UPDATE workspace SET name = 'x'",
            "UPDATE configuration SET key = 'x'",
            "DELETE FROM configuration",
            "UPDATE user_token SET user_id = 1",
            "DELETE FROM comment",
            "UPDATE faraday_user SET password = 'x'",
            "SELECT otp_secret FROM faraday_user",
            "INSERT INTO roles_users (user_id, role_id) VALUES (1, 1)",
            "CREATE SCHEMA x");

    private BridgeWorld world;
    private DatabaseRole role;

    @BeforeEach
    void grant() {
        world = BridgeWorld.beforeTheFirstStart(SandboxJira.Options.dataCenter());
        role = world.role();
    }

    @AfterEach
    void leave() {
        world.close();
    }

    @Test
    void every_flow_works_and_readiness_names_a_missing_right() {
        world.start();

        everyFlowWorks();
        assertThat(NOT_GRANTED).allSatisfy(statement -> assertThatThrownBy(
                        () -> JdbcClient.create(role.connecting(world.database().name()))
                                .sql(statement)
                                .update())
                .as(statement)
                .rootCause()
                .hasMessageContaining("permission denied"));
        assertThat(world.readiness()).isEqualTo("UP");
        world.rows()
                .sql("REVOKE UPDATE ON severities_histogram FROM " + role.name())
                .update();

        await().until(() -> world.readiness().equals("DOWN"));
        assertThat(world.readinessDetails()).contains("UPDATE on severities_histogram", role.name());
        assertThat(world.readinessDetails()).doesNotContain("does not answer");
    }

    @Test
    @Tag("long")
    void every_flow_works_through_a_pgbouncer_with_transaction_pooling() {
        Optional<PgBouncer> installed = PgBouncer.before(role);
        assumeThat(installed).as("PgBouncer is installed").isPresent();
        try (PgBouncer pooler = installed.get()) {
            world.with("bridge.database.url", pooler.jdbcUrl(world.database().name()))
                    .start();

            everyFlowWorks();

            assertThat(world.readiness()).isEqualTo("UP");
            world.stop();
        }
    }

    @Test
    void tables_of_another_role_are_named_without_noise_and_the_script_gives_them_to_the_bridge(CapturedOutput log) {
        world.database().withBridge(); // as after a restore without owners

        world.start();

        await().until(() -> world.readinessDetails().contains("ownership of "));
        assertThat(world.readiness()).isEqualTo("DOWN");
        await().during(Duration.ofSeconds(3)).until(() -> !log.getAll().contains("bad SQL grammar"));
        role.grant();
        await().until(() -> world.readiness().equals("UP"));
        Link.exported(world, "SEC").awaitQuiet();
        assertThat(log.getAll()).containsOnlyOnce("waits for its database").doesNotContain("bad SQL grammar");
    }

    private void everyFlowWorks() {
        List<Link> links = Link.exported(world, "SEC", 8);
        for (Link link : links.subList(0, 4)) {
            world.setStatus(link.vulnerability(), "closed");
        }
        for (Link link : links.subList(4, 8)) {
            world.jira().movePerson(link.issueKey(), "Done");
            assertThat(world.post(
                                    "/_api/v3/integrations/jira/update-issues",
                                    "{\"title\": \"" + link.issueKey() + "\", \"status\": \"Done\"}",
                                    Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN))
                            .statusCode())
                    .isEqualTo(202);
        }
        links.subList(0, 4).forEach(link -> link.awaitJira("Done"));
        links.subList(4, 8).forEach(link -> link.awaitFaraday("closed"));
        assertThat(world.post(
                                "/_api/v3/integrations/jira/tokens",
                                "{\"alias\": \"of a story\"}",
                                BridgeWorld.basic("faraday", "faraday"))
                        .statusCode())
                .isEqualTo(201);
        // the counters too are written under this role
        await().until(() -> world.rows()
                .sql("SELECT count(*) = 0 FROM faraday_bridge.dirty_workspace WHERE marks <> counted_marks")
                .query(Boolean.class)
                .single());
    }
}
