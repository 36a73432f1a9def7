package io.faradaybridge.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's description.ftl has a mistake in its second line; in one test the enrichment SQL has one too. */
class BrokenTemplateFileTest {

    @SuppressWarnings("NullAway.Init")
    private static BridgeWorld world;

    @TempDir
    private static Path routes;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectory(routes.resolve("templates"));
        Files.writeString(routes.resolve("templates/description.ftl"), "one\n${vuln.nme}");
        world = BridgeWorld.asleep(SandboxJira.Options.dataCenter())
                .with("bridge.routes.dir", routes)
                .start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static HttpResponse<String> preview(String config) {
        return world.post(
                "/_api/v3/integrations/jira/projects/SEC/preview",
                "{\"vulnerability_ids\": [" + world.vulnerabilities(1).get(0) + "]" + config + "}",
                BridgeWorld.basic("faraday", "faraday"));
    }

    private static JsonNode previewed(String config) {
        HttpResponse<String> answer = preview(config);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return BridgeWorld.json(answer.body()).at("/vulnerabilities/0");
    }

    @Test
    void a_preview_reports_it_with_its_line() {
        JsonNode problem = previewed("").at("/problems/0");

        assertThat(problem.path("field").asText()).isEqualTo("description.ftl");
        assertThat(problem.path("message").asText()).contains("line 2", "vuln.nme");
    }

    @Test
    void a_preview_with_broken_enrichment_sql_names_the_file_and_the_databases_complaint() throws IOException {
        Path statement = routes.resolve("export-vulnerability.sql");
        Files.writeString(statement, "SELECT v.id, v.nme FROM vulnerability v WHERE v.id IN (:?ids)");
        try {
            HttpResponse<String> answer = preview("");

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
            assertThat(BridgeWorld.json(answer.body()).path("message").asText())
                    .contains(
                            "export-vulnerability.sql", "column v.nme does not exist", "remove it to use the shipped");
        } finally {
            Files.delete(statement);
        }
    }

    @Test
    void an_item_that_needs_it_ends_with_its_line() {
        int vulnerability = world.vulnerabilities(1).get(0);

        long batch = world.export(List.of(vulnerability), "SEC").path("id").asLong();

        await().untilAsserted(() ->
                assertThat(world.batch(batch).at("/items/0/state").asText()).isEqualTo("refused"));
        assertThat(world.batch(batch).at("/items/0/reason").asText()).contains("description.ftl", "line 2", "vuln.nme");
    }

    @Test
    void a_project_with_a_description_of_its_own_exports_without_it() {
        int vulnerability = world.vulnerabilities(1).get(0);
        world.configure("""
                jsonb_set(value, '{projects,SEC,ticket_config,issue_types,Bug,fields,Description}',
                  '{"value": "Own {{ 6 * 7 }}"}')""");
        try {
            world.export(List.of(vulnerability), "SEC");

            await().until(() -> !world.issueKey(vulnerability).isEmpty());
            assertThat(world.jira()
                            .issue(world.issueKey(vulnerability))
                            .fields()
                            .get("description")
                            .asText())
                    .isEqualTo("Own 42");
        } finally {
            world.configure("value #- '{projects,SEC,ticket_config,issue_types,Bug,fields,Description}'");
        }
    }

    @Test
    void issues_with_a_description_of_their_own_do_without_it() {
        JsonNode draft =
                previewed(", \"ticket_config\": {\"issue_type\": \"Bug\", \"fields\": {\"Description\": {\"value\":"
                        + " \"Own {{ 6 * 7 }}\"}, \"Priority\": {\"value\": \"Low\"}}}");

        assertThat(draft.path("problems")).isEmpty();
        assertThat(draft.at("/request/fields/description").asText()).isEqualTo("Own 42");
    }
}
