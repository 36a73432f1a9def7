package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.sql.Connection;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged bridge is killed while it links issues again after a restore. */
@Tag("long")
class ReclaimKillIT {

    private static final int MANY = 150;
    private static final Duration SOON = Duration.ofSeconds(60);

    private ChaosWorld world;
    private BridgeProcess bridge;

    @BeforeEach
    void start() {
        world = new ChaosWorld(SandboxJira.Options.dataCenter());
        bridge = world.bridge("bridge").start().awaitReady();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private String reclaim(Instant since, String after) {
        return bridge.call(
                "POST",
                "/adoption/reclaim",
                "{\"project\": \"SEC\", \"confirm\": true, \"since\": \"" + since + "\"" + after + "}",
                200);
    }

    private int links() {
        return world.count("faraday_bridge.issue_link");
    }

    @Test
    void half_of_the_links_are_saved_and_the_repeated_call_saves_the_others() throws Exception {
        Instant backup = Instant.now();
        List<Integer> vulnerabilities = world.vulnerabilities(MANY);
        world.export(vulnerabilities);
        world.awaitLinked(vulnerabilities, SOON);
        int issues = world.jira.issues().size();
        bridge.kill();
        Integer[] ids = vulnerabilities.toArray(Integer[]::new);
        world.rows.sql("DELETE FROM faraday_bridge.issue_link").update();
        world.rows.sql("DELETE FROM faraday_bridge.export_item").update();
        world.rows
                .sql("UPDATE vulnerability SET issuetracker = '' WHERE id = ANY (:ids)")
                .param("ids", ids, Types.ARRAY)
                .update();
        bridge.start().awaitReady();

        try (Connection held = world.database.dataSource().getConnection()) {
            held.setAutoCommit(false);
            held.createStatement()
                    .execute("SELECT FROM vulnerability WHERE id = " + vulnerabilities.get(70) + " FOR UPDATE");
            CompletableFuture<String> interrupted = CompletableFuture.supplyAsync(() -> reclaim(backup, ""));
            await().atMost(SOON).until(() -> {
                assertThat(interrupted).as("the call, which waits for the row").isNotDone();
                return world.count("pg_locks WHERE NOT granted") > 0;
            });
            bridge.kill();
            await().atMost(SOON).until(interrupted::isCompletedExceptionally);
            held.rollback();
        }
        assertThat(links()).isBetween(1, 99);
        bridge.start().awaitReady();

        String after = "";
        do {
            JsonNode page = new ObjectMapper().readTree(reclaim(backup, after));
            after = page.hasNonNull("next")
                    ? ", \"after\": \"" + page.path("next").asText() + "\""
                    : "";
        } while (!after.isEmpty());

        assertThat(links()).isEqualTo(MANY);
        assertThat(world.unlinked(vulnerabilities)).isZero();
        assertThat(vulnerabilities.stream().map(world::key).distinct()).hasSize(MANY);
        assertThat(world.count("faraday_bridge.activity WHERE outcome = 'ADOPTED'"))
                .isEqualTo(MANY);
        world.export(vulnerabilities);
        await().atMost(SOON)
                .until(() -> world.count("faraday_bridge.export_item WHERE state = 'refused' AND reason LIKE"
                                + " 'it is linked to SEC-%'")
                        == MANY);
        assertThat(world.jira.issues()).hasSize(issues);
    }
}
