package io.faradaybridge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.EachJira;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.Markdown;
import io.faradaybridge.sandbox.jira.Edition;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Faraday's database comes back from a backup, while Jira has gone on. */
@Tag("long")
class RestoreStoryTest {

    private BridgeWorld world;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void without_the_bridges_schema_the_links_are_adopted_again_and_nothing_is_created_twice() {
        world = BridgeWorld.of(SandboxJira.Options.dataCenter());
        List<Link> links = Link.exported(world, "SEC", 3);
        links.forEach(Link::awaitQuiet);
        int created = world.jira().issues().size();
        world.stop();
        world.rows().sql("DROP SCHEMA faraday_bridge CASCADE").update();
        world.role().grant();

        world.start();
        long batch = world.export(links.stream().map(Link::vulnerability).toList(), "SEC")
                .path("id")
                .asLong(); // before or after they are adopted

        await().until(() -> world.batch(batch).path("finished").asBoolean());
        await().until(() -> world.rows()
                        .sql("SELECT count(*) FROM faraday_bridge.issue_link WHERE ended_at IS NULL AND adopted")
                        .query(Integer.class)
                        .single()
                == 3);
        links.forEach(Link::awaitQuiet);
        world.setStatus(links.get(0).vulnerability(), "closed");
        world.jira().movePerson(links.get(1).issueKey(), "Done");
        links.get(1).webhooksCome();
        links.get(0).awaitJira("Done");
        links.get(1).awaitFaraday("closed");
        assertThat(world.jira().issues()).hasSize(created);
    }

    @Test
    void from_an_older_backup_an_issue_that_was_made_since_is_found_by_its_marker() {
        world = BridgeWorld.of(SandboxJira.Options.dataCenter());
        Link link = Link.exported(world, "SEC");
        link.awaitQuiet();
        int created = world.jira().issues().size();
        world.stop();
        // the backup is from when the export was only reserved
        world.rows()
                .sql("DELETE FROM faraday_bridge.issue_link WHERE vulnerability_id = ?")
                .param(link.vulnerability())
                .update();
        world.rows()
                .sql("UPDATE vulnerability SET issuetracker = '' WHERE id = ?")
                .param(link.vulnerability())
                .update();
        world.rows().sql("""
                    UPDATE faraday_bridge.export_item
                       SET state = 'reserved', issue_id = NULL, issue_key = NULL, sent_at = NULL, labelled = false
                     WHERE vulnerability_id = ?""").param(link.vulnerability()).update();
        String afterRestore = Markdown.of("docs/operations.md").lines().stream()
                .filter(line -> line.strip().startsWith("UPDATE faraday_bridge.export_item SET look_first"))
                .findFirst()
                .orElseThrow();
        world.rows().sql(afterRestore.strip().replaceFirst(";$", "")).update();

        world.start();

        await().until(() -> world.issueKey(link.vulnerability()).equals(link.issueKey()));
        link.awaitQuiet();
        assertThat(world.jira().issues()).hasSize(created);
    }

    /** By what is told in docs/operations.md, with a database that was really taken back. */
    @EachJira
    void issues_that_were_made_after_the_backup_are_linked_again_and_not_made_again(Edition edition) {
        world = BridgeWorld.of(edition.options());
        Link before = Link.exported(world, "SEC");
        before.awaitQuiet();
        List<Integer> exportedSince = world.vulnerabilities(230);
        Instant backup = Instant.now();
        world.stop();
        world.database().dump();
        world.start();
        List<Integer> madeSince = world.vulnerabilities(20);
        List<Integer> since = new ArrayList<>(exportedSince);
        since.addAll(madeSince);
        Map<Integer, String> keys = new HashMap<>();
        export(since);
        since.forEach(id -> keys.put(id, world.issueKey(id)));
        int created = world.jira().issues().size();
        world.jira().movePerson(keys.get(exportedSince.get(0)), "Done");
        world.stop();
        world.database().restore();
        switchOff();
        world.start();
        assertThat(world.vulnerabilities(10)).as("the ids are given again").isEqualTo(madeSince.subList(0, 10));

        Map<String, Integer> shown = reclaim(backup, false);
        assertThat(shown)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("already_linked", 1, "linkable", 230, "other_vulnerability", 10, "gone", 10));
        assertThat(exportedSince).allMatch(id -> world.issueKey(id).isEmpty());

        assertThat(reclaim(backup, true)).containsEntry("linked", 230);
        assertThat(reclaim(backup, true)).containsEntry("already_linked", 231).doesNotContainKey("linked");

        assertThat(exportedSince).allMatch(id -> world.issueKey(id).equals(keys.get(id)));
        switchOn();
        JsonNode again =
                world.batch(world.export(exportedSince, "SEC").path("id").asLong());
        assertThat(again.at("/counts/refused").asInt()).as(again.toString()).isEqualTo(230);
        assertThat(again.at("/items/0/reason").asText()).contains("is linked to SEC-");
        assertThat(world.jira().issues()).hasSize(created);
        Link linked = new Link(world, exportedSince.get(1), keys.get(exportedSince.get(1)));
        world.setStatus(linked.vulnerability(), "closed");
        linked.awaitJira("Done");
        Link moved = new Link(world, exportedSince.get(0), keys.get(exportedSince.get(0)));
        assertThat(moved.faraday()).as("differs, until a person chooses a side").isEqualTo("open");
        call("adoption/follow-jira", "{\"project\": \"SEC\", \"confirm\": true}");
        moved.awaitFaraday("closed");
    }

    private void export(List<Integer> vulnerabilities) {
        long batch = world.export(vulnerabilities, "SEC").path("id").asLong();
        await().until(() -> world.batch(batch).path("finished").asBoolean());
    }

    private JsonNode call(String path, String body) {
        HttpResponse<String> answer =
                world.post("/_api/v3/integrations/jira/" + path, body, BridgeWorld.basic("faraday", "faraday"));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
        return BridgeWorld.json(answer.body());
    }

    /** The verdicts of all pages. */
    private Map<String, Integer> reclaim(Instant since, boolean confirm) {
        Map<String, Integer> counts = new HashMap<>();
        String after = "";
        int pages = 0;
        do {
            JsonNode page = call(
                    "adoption/reclaim",
                    "{\"project\": \"SEC\", \"since\": \"" + since + "\", \"confirm\": " + confirm + after + "}");
            page.path("counts")
                    .properties()
                    .forEach(one -> counts.merge(one.getKey(), one.getValue().asInt(), Integer::sum));
            after = page.hasNonNull("next")
                    ? ", \"after\": \"" + page.path("next").asText() + "\""
                    : "";
            pages++;
        } while (!after.isEmpty());
        assertThat(pages).isEqualTo(3);
        return counts;
    }

    private void switchOff() {
        String sql = Markdown.of("docs/operations.md").lines().stream()
                .filter(line -> line.strip().startsWith("UPDATE configuration SET value"))
                .findFirst()
                .orElseThrow();
        world.rows().sql(sql.strip().replaceFirst(";$", "")).update();
    }

    private void switchOn() {
        HttpRequest.Builder request = HttpRequest.newBuilder(world.url("/_api/v3/integrations/jira/enabled"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"enabled\": true}"));
        BridgeWorld.basic("faraday", "faraday").forEach(request::header);
        assertThat(world.send(request.build()).statusCode()).isEqualTo(200);
    }
}
