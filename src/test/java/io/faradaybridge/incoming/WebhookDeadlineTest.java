package io.faradaybridge.incoming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** What the sender of a webhook is answered while the database holds its statement. */
class WebhookDeadlineTest {

    private BridgeWorld world;
    private Link link;
    private Connection somebody;
    private int process;

    @BeforeEach
    void lockALink() throws SQLException {
        world = BridgeWorld.shared();
        link = Link.exported(world, "SEC");
        link.awaitQuiet();
        somebody = world.database().dataSource().getConnection();
        somebody.setAutoCommit(false);
        process = somebody.unwrap(PGConnection.class).getBackendPID();
        try (var statement = somebody.createStatement()) {
            statement.execute("SELECT pg_current_xact_id()");
            statement.execute("SELECT 1 FROM faraday_bridge.issue_link WHERE vulnerability_id = " + link.vulnerability()
                    + " FOR UPDATE");
        }
    }

    @AfterEach
    void letGo() throws SQLException {
        somebody.rollback();
        somebody.close();
    }

    private CompletableFuture<HttpResponse<String>> webhook() {
        return CompletableFuture.supplyAsync(() -> world.post(
                "/_api/v3/integrations/jira/update-issues",
                "{\"title\": \"" + link.issueKey() + "\", \"status\": \"Done\"}",
                Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN)));
    }

    /** Who waits at the database for what somebody has locked. */
    private List<Integer> waiting() {
        return world.rows()
                .sql("SELECT w.pid FROM pg_locks w WHERE NOT w.granted AND w.locktype = 'transactionid' AND EXISTS ("
                        + "SELECT FROM pg_locks h WHERE h.granted AND h.transactionid = w.transactionid AND h.pid = ?)")
                .param(process)
                .query(Integer.class)
                .list();
    }

    @Test
    void it_is_answered_in_time_and_nothing_goes_on_waiting_at_the_database() throws SQLException {
        CompletableFuture<HttpResponse<String>> webhook = webhook();
        await().until(() -> !waiting().isEmpty());

        assertRefused(webhook);
        await().atMost(Duration.ofSeconds(60)).until(() -> waiting().isEmpty());
        somebody.rollback();
        assertThat(webhook().join().statusCode()).isEqualTo(202);
    }

    @Test
    void a_database_that_does_not_react_is_left() throws Exception {
        CompletableFuture<HttpResponse<String>> webhook = webhook();
        await().until(() -> !waiting().isEmpty());
        int stuck = waiting().get(0);
        signal("-STOP", stuck);
        try {
            assertRefused(webhook);
            somebody.rollback();
            assertThat(webhook().join().statusCode()).isEqualTo(202);
        } finally {
            signal("-CONT", stuck);
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> waiting().isEmpty());
    }

    private static void assertRefused(CompletableFuture<HttpResponse<String>> webhook) {
        HttpResponse<String> answer = webhook.join();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("30");
        assertThat(answer.body()).contains("the sweep will find it");
    }

    private static void signal(String which, int process) throws Exception {
        assertThat(new ProcessBuilder("kill", which, String.valueOf(process))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }
}
