package io.faradaybridge.faraday;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.faraday.IntegrationConfiguration.Stored;
import io.faradaybridge.sandbox.SampleFaraday;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.OptimisticLockingFailureException;

class IntegrationConfigurationTest {

    private FaradayWorld world;
    private IntegrationConfiguration configuration;

    @BeforeEach
    void open() {
        world = FaradayWorld.sample();
        configuration = world.bean(IntegrationConfiguration.class);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void the_first_change_makes_the_row_with_author_and_dates() {
        configuration.change(value -> value.put("url", "https://jira.example"), SampleFaraday.ADMIN);

        assertThat(world.sql()
                        .sql(
                                "SELECT value ->> 'url' AS url, creator_id, update_user_id, create_date IS NOT NULL AS dated"
                                        + " FROM configuration WHERE key = 'jira_integration'")
                        .query()
                        .singleRow())
                .containsEntry("url", "https://jira.example")
                .containsEntry("creator_id", SampleFaraday.ADMIN)
                .containsEntry("update_user_id", SampleFaraday.ADMIN)
                .containsEntry("dated", true);
    }

    @Test
    void keys_of_faraday_that_we_do_not_know_survive_a_change() {
        store("{\"url\": \"https://old\", \"project_key\": \"SEC\", \"theirs\": {\"deep\": [1, 2.50, null, \"ü\"]}}");

        configuration.change(value -> value.put("url", "https://new"), null);

        assertThat(world.sql()
                        .sql("SELECT value = :expected::jsonb FROM configuration WHERE key = 'jira_integration'")
                        .param(
                                "expected",
                                "{\"url\": \"https://new\", \"project_key\": \"SEC\","
                                        + " \"theirs\": {\"deep\": [1, 2.50, null, \"ü\"]}}")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void nothing_is_saved_over_a_change_that_was_not_seen() {
        store("{\"enabled\": false}");
        Stored seen = configuration.read().orElseThrow();
        store("{\"enabled\": true}");

        ObjectNode mine = seen.value().put("enabled", false);

        assertThatThrownBy(() -> configuration.save(mine, seen.version(), SampleFaraday.ADMIN))
                .isInstanceOf(OptimisticLockingFailureException.class)
                .hasMessageContaining("load it again");
        assertThat(configuration.read().orElseThrow().value().get("enabled").asBoolean())
                .isTrue();
    }

    @Test
    void the_second_of_two_first_saves_is_refused() {
        ObjectNode value = configuration.change(first -> first.put("url", "https://first"), null);

        assertThatThrownBy(() -> configuration.save(value, Stored.NOTHING_YET, null))
                .isInstanceOf(OptimisticLockingFailureException.class);
    }

    @Test
    void changes_made_at_once_are_all_there_at_the_end() {
        List<CompletableFuture<?>> changes = IntStream.range(0, 4)
                .<CompletableFuture<?>>mapToObj(number -> CompletableFuture.runAsync(
                        () -> configuration.change(value -> value.put("project-" + number, true), null)))
                .toList();
        changes.forEach(CompletableFuture::join);

        assertThat(configuration.read().orElseThrow().value()).hasSize(4);
    }

    @Test
    void a_row_that_holds_no_object_is_named() {
        store("[]");

        assertThatThrownBy(configuration::read).hasMessageContaining("'jira_integration' holds ARRAY");
    }

    private void store(String json) {
        world.sql().sql("""
                        INSERT INTO configuration (key, value) VALUES ('jira_integration', :json::jsonb)
                        ON CONFLICT (key) DO UPDATE SET value = excluded.value""").param("json", json).update();
    }
}
