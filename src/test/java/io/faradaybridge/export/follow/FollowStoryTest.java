package io.faradaybridge.export.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.TemporaryFiles;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.ReceivedCall.Kind;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

/** Fields of an issue follow its vulnerability, unless a user changes them in Jira; on Data Center 10. */
class FollowStoryTest {

    private static final String CALLS = "io.faradaybridge.jira.client.JiraCall";
    private static final String FOLLOW = "projects/SEC/follow";

    private static Path routes;

    private static BridgeWorld world;
    private static Administrator administrator;

    @BeforeAll
    static void start() {
        begin(SandboxJira.Options.dataCenter());
    }

    static void begin(SandboxJira.Options options) {
        routes = TemporaryFiles.directory("follow-routes");
        try {
            FileSystemUtils.copyRecursively(Path.of("routes/templates"), routes.resolve("templates"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        world = BridgeWorld.asleep(options)
                .with("bridge.routes.dir", routes.toString())
                .start();
        administrator = Administrator.of(world);
    }

    @AfterAll
    static void stop() {
        world.close();
        TemporaryFiles.delete(routes);
    }

    @BeforeEach
    void follow() {
        world.jira().calm();
        administrator.put(FOLLOW, "{'fields': ['Summary', 'description']}");
    }

    private static Link exported() {
        Link link = Link.exported(world, "SEC");
        awaitInStep(link);
        return link;
    }

    private static void awaitInStep(Link link) {
        FollowedRow.awaitInStep(link);
    }

    private static void change(Link link, String change) {
        world.rows()
                .sql("UPDATE vulnerability SET " + change + " WHERE id = ?")
                .param(link.vulnerability())
                .update();
    }

    private static SandboxIssue issue(Link link) {
        return world.jira().issue(link.issueKey());
    }

    private static String description(Link link) {
        return issue(link).fields().get("description").asText();
    }

    private static String lastDetail(Link link) {
        return world.rows()
                .sql("SELECT detail FROM faraday_bridge.activity WHERE vulnerability_id = ? ORDER BY id DESC LIMIT 1")
                .param(link.vulnerability())
                .query(String.class)
                .single();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void the_calls_for_a_vulnerability_and_their_row_in_the_activity_have_one_correlation_id(CapturedOutput log) {
        Link link = exported();
        LoggingSystem levels = LoggingSystem.get(getClass().getClassLoader());
        levels.setLogLevel(CALLS, LogLevel.DEBUG);
        try {
            change(link, "name = 'Renamed with an id'");
            awaitInStep(link);
        } finally {
            levels.setLogLevel(CALLS, null);
        }

        String id = world.rows()
                .sql(
                        "SELECT correlation_id FROM faraday_bridge.activity WHERE vulnerability_id = ? ORDER BY id DESC LIMIT 1")
                .param(link.vulnerability())
                .query(String.class)
                .single();
        assertThat(id).startsWith("follow-");
        assertThat(log.getAll().lines().filter(line -> line.contains("[" + id + "]")))
                .anyMatch(line -> line.contains("PUT /rest/api/2/issue/"));
    }

    @Test
    void only_what_has_changed_is_sent() {
        Link link = exported();
        String before = description(link);
        world.jira().clearRequests();

        change(link, "name = 'Renamed in Faraday'");
        awaitInStep(link);

        assertThat(issue(link).summary()).contains("Renamed in Faraday");
        assertThat(issue(link).changelog()).singleElement().satisfies(entry -> assertThat(entry.items())
                .extracting(SandboxIssue.Item::field)
                .contains("summary"));
        assertThat(link.count(Kind.EDIT)).isEqualTo(1);
        assertThat(lastDetail(link)).contains("Summary").contains("as it changed in Faraday");
        assertThat(world.rows()
                        .sql("SELECT method || ' ' || status || ' ' || body FROM faraday_bridge.last_request"
                                + " WHERE vulnerability_id = ?")
                        .param(link.vulnerability())
                        .query(String.class)
                        .single())
                .startsWith("PUT 204 {\"fields\":{\"summary\":")
                .contains("Renamed in Faraday");

        change(link, "description = 'Described anew'");
        awaitInStep(link);
        assertThat(description(link)).contains("Described anew").isNotEqualTo(before);
        assertThat(link.jira()).as("the status is another matter").isEqualTo("To Do");
        assertThat(link.isQuiet()).isTrue();
    }

    @Test
    void a_change_that_is_not_rendered_costs_no_call() {
        Link link = exported();
        world.jira().clearRequests();

        change(link, "resolution = resolution, update_date = now()");
        awaitInStep(link);

        assertThat(link.count(Kind.EDIT)).isZero();
        assertThat(link.count(Kind.READ_ISSUE)).isZero();
    }

    @Test
    void what_a_user_changed_in_jira_is_left_alone_and_said() {
        Link link = exported();
        change(link, "name = 'First name', description = 'First text'");
        awaitInStep(link);
        world.jira().editPerson(link.issueKey(), "summary", "Jane's summary");

        change(link, "name = 'Second name', description = 'Second text'");
        awaitInStep(link);

        assertThat(issue(link).summary()).isEqualTo("Jane's summary");
        assertThat(description(link)).contains("Second text");
        assertThat(link.outcomes()).contains("ignored");
        assertThat(world.rows()
                        .sql(
                                "SELECT detail FROM faraday_bridge.activity WHERE vulnerability_id = ? AND outcome = 'IGNORED'")
                        .param(link.vulnerability())
                        .query(String.class)
                        .list())
                .singleElement()
                .asString()
                .contains("Summary changed in Faraday, but is left as it is in " + link.issueKey());
    }

    @Test
    void a_user_s_value_from_right_after_the_creation_is_left_alone() {
        Link link = exported();
        world.jira().editPerson(link.issueKey(), "summary", "Jane was first");

        change(link, "name = 'Too late'");
        awaitInStep(link);

        assertThat(issue(link).summary()).isEqualTo("Jane was first");
    }

    @Test
    void an_edit_whose_answer_was_lost_is_recognised_and_a_later_value_of_a_user_is_kept() {
        Link kept = exported();
        Link repeated = exported();
        world.jira().faults().next(2, "PUT", "/issue/[^/]+$", Fault.lostAfter());
        change(kept, "name = 'Lost answer'");
        await().until(() -> issue(kept).summary().contains("Lost answer"));
        world.jira().editPerson(kept.issueKey(), "summary", "Jane's after the loss");
        change(repeated, "name = 'Lost as well'");
        await().until(() -> issue(repeated).summary().contains("Lost as well"));
        int changes = issue(repeated).changelog().size();

        awaitInStep(kept);
        awaitInStep(repeated);

        assertThat(issue(kept).summary()).isEqualTo("Jane's after the loss");
        assertThat(issue(repeated).changelog()).hasSize(changes);
        change(repeated, "name = 'And on'");
        awaitInStep(repeated);
        assertThat(issue(repeated).summary()).contains("And on");
    }

    @Test
    void a_value_whose_answer_was_lost_counts_as_the_bridge_s_own() {
        Link link = exported();
        world.jira().faults().next(1, "PUT", "/issue/[^/]+$", Fault.lostAfter());
        change(link, "name = 'Never answered'");
        await().until(() -> issue(link).summary().contains("Never answered"));
        world.jira().editPerson(link.issueKey(), "description", "Jane's text");
        change(link, "name = 'The next name', description = 'New text'");

        awaitInStep(link);

        assertThat(issue(link).summary()).contains("The next name");
        assertThat(description(link)).isEqualTo("Jane's text");
    }

    @Test
    void a_field_that_jira_refuses_does_not_keep_the_others() {
        administrator.put("projects/WEB/follow", "{'fields': ['summary', 'description']}");
        Link link = Link.exported(world, "WEB");
        awaitInStep(link);
        world.jira().takeOffScreen("WEB", "Description");

        change(link, "name = 'Seen all the same', description = 'Refused text'");
        awaitInStep(link);

        assertThat(issue(link).summary()).contains("Seen all the same");
        assertThat(description(link)).doesNotContain("Refused text");
        assertThat(link.outcomes()).contains("refused", "driven");
    }

    @Test
    void a_message_that_names_the_vulnerability_makes_it_follow() {
        Link link = exported();
        world.jira().clearRequests();
        world.rows()
                .sql("UPDATE vulnerability_reference SET name = 'https://example.com/named' WHERE vulnerability_id = ?")
                .param(link.vulnerability())
                .update();

        world.bean(ProducerTemplate.class)
                .sendBody("jms:queue:vuln-status", "{\"vulnerability_id\": " + link.vulnerability() + "}");

        await().until(() -> description(link).contains("example.com/named"));
    }

    @Test
    void a_changed_template_sends_nothing_until_the_vulnerability_changes() throws IOException {
        Link link = exported();
        world.jira().clearRequests();
        String before = settings(link);
        Path template = routes.resolve("templates/summary.ftl");
        String shipped = Files.readString(template);
        Files.writeString(template, "In another form: ${vuln.name}");
        try {
            await().until(() -> !settings(link).equals(before));
            awaitInStep(link);
            assertThat(link.count(Kind.EDIT)).isZero();

            await("the new form, which is read some seconds later").until(() -> {
                change(link, "name = name || '.'");
                awaitInStep(link);
                return issue(link).summary().startsWith("In another form: ");
            });
        } finally {
            Files.writeString(template, shipped);
        }
        await().until(() -> settings(link).equals(before));
    }

    private static String settings(Link link) {
        return world.rows()
                .sql(
                        "SELECT coalesce(f.settings, '') FROM faraday_bridge.followed_link f JOIN faraday_bridge.issue_link l"
                                + " ON l.id = f.link_id WHERE l.vulnerability_id = ?")
                .param(link.vulnerability())
                .query(String.class)
                .single();
    }

    @Test
    void without_the_key_nothing_follows() {
        administrator.put(FOLLOW, "{'fields': []}");
        Link link = Link.exported(world, "SEC");
        Link other = Link.exported(world, "SEC");

        change(link, "name = 'Nobody follows'");
        world.setStatus(other.vulnerability(), "closed");
        other.awaitJira("Done");

        assertThat(issue(link).summary()).doesNotContain("Nobody follows");
        assertThat(FollowedRow.count(link)).isZero();
    }

    @Test
    void the_row_of_a_link_ends_with_it() {
        Link link = exported();
        change(link, "name = 'Followed to the end'");
        awaitInStep(link);
        world.jira().clearRequests();

        administrator.delete("vulnerabilities/" + link.vulnerability() + "/issue-link");

        assertThat(FollowedRow.count(link)).isZero();
        assertThat(link.count(Kind.REMOTE_LINK)).isZero();
    }

    @Test
    void a_remote_link_needs_the_address_of_faraday() {
        HttpResponse<String> refused = administrator.tryPut("projects/SEC/remote-link", "{'remote_link': true}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(BridgeWorld.json(refused.body())
                        .at("/messages/json/remote_link")
                        .toString())
                .contains("bridge.faraday.url");
        assertThat(administrator.row().at("/projects/SEC").has("remote_link")).isFalse();
    }

    @Test
    void the_list_is_checked_when_it_is_saved() {
        HttpResponse<String> refused =
                administrator.tryPut(FOLLOW, "{'fields': ['summary', 'Labels', 'Nonsense', 'Environment']}");

        assertThat(refused.statusCode()).isEqualTo(400);
        JsonNode problems = BridgeWorld.json(refused.body()).at("/messages/json");
        assertThat(problems.has("fields.summary")).isFalse();
        assertThat(problems.path("fields.Labels").toString()).contains("cannot follow");
        assertThat(problems.path("fields.Nonsense").toString()).contains("is not on the create screen");
        assertThat(administrator.row().at("/projects/SEC/follow").toString())
                .isEqualTo("[\"Summary\",\"description\"]");
    }
}
