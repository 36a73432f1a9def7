package io.faradaybridge.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.SampleFaraday;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who sees which exports: in the list, and while they are followed. */
class ExportVisibilityStoryTest {

    private static final String EXPORTS = "/_api/v3/integrations/jira/exports";

    private BridgeWorld world;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
    }

    /** Of a project that is not at work, so that only this story moves it. */
    private long batch(int user, int vulnerability) {
        long batch = world.rows().sql("""
            INSERT INTO faraday_bridge.export_batch
                   (user_id, username, source, project_key, issue_type, correlation_id)
            VALUES (?, 'somebody', 'api', 'GONE', 'Bug', 'story') RETURNING id\
            """).param(user).query(Long.class).single();
        world.rows().sql("""
            INSERT INTO faraday_bridge.export_item (batch_id, vulnerability_id, project_key, issue_type, state)
            VALUES (?, ?, 'GONE', 'Bug', 'reserved')\
            """).param(batch).param(vulnerability).update();
        return batch;
    }

    private void refuse(long batch) {
        world.rows()
                .sql("UPDATE faraday_bridge.export_item SET state = 'refused', reason = 'told' WHERE batch_id = ?")
                .param(batch)
                .update();
    }

    private int vulnerabilityIn(int workspace) {
        int vulnerability = world.vulnerabilities(1).get(0);
        world.rows()
                .sql("UPDATE vulnerability SET workspace_id = ? WHERE id = ?")
                .param(workspace)
                .param(vulnerability)
                .update();
        return vulnerability;
    }

    private List<Long> seenBy(String user, String query) {
        List<Long> ids = new ArrayList<>();
        BridgeWorld.json(world.get(EXPORTS + query, BridgeWorld.basic(user, user))
                        .body())
                .forEach(one -> ids.add(one.path("id").asLong()));
        return ids;
    }

    @Test
    void the_list_shows_ones_own_exports_and_those_of_ones_workspaces_newest_first() {
        long elsewhere = batch(SampleFaraday.ADMIN, vulnerabilityIn(SampleFaraday.ACME_INTERNAL));
        long inOnes = batch(SampleFaraday.ADMIN, vulnerabilityIn(SampleFaraday.PUBLIC_LAB));
        long ones = batch(SampleFaraday.OUTSIDER, vulnerabilityIn(SampleFaraday.ACME_INTERNAL));

        assertThat(seenBy("faraday", "")).startsWith(ones, inOnes, elsewhere);
        assertThat(seenBy("outsider", "")).startsWith(ones, inOnes).doesNotContain(elsewhere);
        assertThat(seenBy("faraday", "?limit=1")).containsExactly(ones);
        assertThat(seenBy("faraday", "?limit=1&before=" + ones)).containsExactly(inOnes);
        assertThat(world.get(EXPORTS, BridgeWorld.basic("client", "client")).statusCode())
                .as("without jira:read")
                .isEqualTo(403);
    }

    @Test
    void the_list_says_how_far_each_is() {
        long batch = batch(SampleFaraday.ADMIN, vulnerabilityIn(SampleFaraday.ACME_EXTERNAL));
        refuse(batch);

        JsonNode shown = BridgeWorld.json(
                        world.get(EXPORTS + "?limit=1&before=" + (batch + 1), BridgeWorld.basic("faraday", "faraday"))
                                .body())
                .get(0);

        assertThat(shown.path("id").asLong()).isEqualTo(batch);
        assertThat(shown.path("finished").asBoolean()).isTrue();
        assertThat(shown.at("/counts/refused").asInt()).isEqualTo(1);
        assertThat(shown.path("project").asText()).isEqualTo("GONE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        UPDATE faraday_user SET active = false WHERE id = 6 | UPDATE faraday_user SET active = true WHERE id = 6
        UPDATE roles_users SET role_id = 4 WHERE user_id = 6 | UPDATE roles_users SET role_id = 3 WHERE user_id = 6
        UPDATE workspace SET public = false WHERE id = 6 | UPDATE workspace SET public = true WHERE id = 6
        """)
    void a_stream_ends_with_the_right_to_see_it(String ended, String given) throws Exception {
        long batch = batch(SampleFaraday.ADMIN, vulnerabilityIn(SampleFaraday.PUBLIC_LAB));
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        HttpRequest request = HttpRequest.newBuilder(world.url(EXPORTS + "/" + batch + "/events"))
                .header(
                        "Authorization",
                        BridgeWorld.basic("outsider", "outsider").get("Authorization"))
                .build();
        CompletableFuture<Void> following = CompletableFuture.runAsync(() -> follow(request, lines));
        await().until(() -> lines.contains("event:progress"));

        world.rows().sql(ended).update();
        try {
            refuse(batch);
            following.get(40, TimeUnit.SECONDS);
        } finally {
            world.rows().sql(given).update();
        }

        assertThat(lines).contains("event:missing").noneMatch(line -> line.contains("refused"));
        assertThat(lines).filteredOn("event:progress"::equals).hasSize(1);
    }

    private static void follow(HttpRequest request, List<String> lines) {
        try {
            HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofLines())
                    .body()
                    .forEach(lines::add);
        } catch (IOException cut) {
            lines.add(String.valueOf(cut));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
