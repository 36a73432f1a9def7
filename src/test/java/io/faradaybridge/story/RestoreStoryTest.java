package io.faradaybridge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.Markdown;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Faraday's database comes back from a backup, while Jira has gone on. */
@Tag("long")
class RestoreStoryTest {

    private BridgeWorld world;

    @BeforeEach
    void start() {
        world = BridgeWorld.of(SandboxJira.Options.dataCenter());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void without_the_bridges_schema_the_links_are_adopted_again_and_nothing_is_created_twice() {
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
}
